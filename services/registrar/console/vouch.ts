/**
 * POST /vouch/challenge and /vouch: a referee signs with a passkey that the person in front of them is who they
 * say (PROTOCOL §3.1). What was typed is in memory while this lasts, and goes on with the person's own session;
 * of the vouching only organisation, referee, day and a count are kept.
 * Must never: write down who was vouched for.
 */
import type { Clock } from '@answerable/kit/clock';
import { dayOf } from '@answerable/kit/clock';
import { passkeyUsed } from '@answerable/kit/passkey';
import type { PolicySource } from '@answerable/kit/policy-source';
import { checkShape, readJson } from '@answerable/kit/read-json';
import type { Session } from '@answerable/kit/sign-in';
import { nameKey } from '@answerable/kit/working-name';
import { hashOf } from '@answerable/protocol/canonical';
import {
  type RefereeAssertion,
  type RefereeWord,
  refereeChallenge,
} from '@answerable/protocol/enrolment/referee-word';
import { messageLabels } from '@answerable/protocol/labels';
import { Refusal } from '@answerable/protocol/refusal';
import { refereeRoute } from '@answerable/protocol/trust-policy';
import { z } from 'zod';
import type { AskTags } from '../ask-tags.ts';
import type { EvidenceShelf, OnShelf } from '../evidence-shelf.ts';
import { recognise } from '../identify.ts';
import type { RegistrarKeys } from '../keys.ts';
import type { Match } from '../policy.ts';
import type { RegistrarStore, SessionRow } from '../store.ts';
import { listingOf } from '../subject.ts';
import type { WaitingCodes } from '../waiting-codes.ts';
import { door } from './console-page.tsx';
import type { ConsoleParts } from './console-parts.ts';
import { known } from './sign-in-pages.tsx';
import { evidenceOf, nameIn, type VouchForm, vouchForm } from './vouch-form.ts';

/** Codes that were none, by one referee on one day. */
const wrongCodesMax = 20;
/** People whom one referee compared with what is on record on one day, and then did not vouch for. */
const unsignedMax = 20;
const pendingMax = 1_000;

export interface VouchNeeds {
  policies: PolicySource;
  store: RegistrarStore;
  shelf: EvidenceShelf;
  codes: WaitingCodes;
  askTags: AskTags;
  keys: RegistrarKeys;
  clock: Clock;
  /** Says to keepers how referees' passkeys stand; what cannot be said now is said later. */
  tellReferees(): Promise<unknown>;
}

/** Typed, compared, and not yet signed. */
interface Pending {
  staffId: string;
  typed: string;
  session: SessionRow;
  found: Pick<OnShelf, 'who' | 'match' | 'evidence'>;
  recallId: string | null;
  organisation: string;
  word?: RefereeWord;
}

export type Vouching = ReturnType<typeof vouching>;

export function vouching(parts: Omit<ConsoleParts, 'vouching'>) {
  const { enrolment, vouches, organisations, people, passkeys, clock } = parts;
  const { policies, store, shelf, codes, keys } = enrolment;
  const pending = new Map<string, Pending>();
  const wrongCodes = new Map<string, number>();
  const unsigned = new Map<string, number>();
  const today = () => dayOf(clock.now());

  /** The session that waits under this code. Refuses `code_unknown`, and guesses after a while. */
  const sessionUnder = async (code: string, staffId: string): Promise<SessionRow> => {
    const key = `${today()} ${staffId}`;
    if ((wrongCodes.get(key) ?? 0) >= wrongCodesMax) throw new Refusal('too_many_requests');
    const id = codes.look(code);
    const session = id === undefined ? undefined : await store.session(id, clock.now());
    if (session?.state === 'begun' && session.route === refereeRoute) return session;
    wrongCodes.set(key, (wrongCodes.get(key) ?? 0) + 1);
    await vouches.anomaly(today(), 'referee-code-unknown');
    throw new Refusal('code_unknown');
  };

  /** The organisation of a referee that may vouch now. Refuses `referee_paused`, `referee_limit`. */
  const organisationOf = async (staffId: string) => {
    const { organisation_id } = await people.find(staffId);
    if (organisation_id === null) throw new Refusal('forbidden');
    const organisation = await organisations.find(organisation_id);
    if (organisation.standing !== 'active' || !policies.current().referees)
      throw new Refusal('referee_paused');
    await vouches.requireRoom({ staffId, organisation: organisation.id }, today());
    return organisation;
  };

  /** All that can be said before anything is signed or compared. */
  const check = async ({ staff }: Session, form: VouchForm) => {
    const { id } = known({ staff, csrf: '' });
    const organisation = await organisationOf(id);
    if (nameKey(nameIn(form)) === nameKey(staff.name)) {
      await vouches.anomaly(today(), 'referee-own-word');
      throw new Refusal('own_word');
    }
    return { id, organisation, session: await sessionUnder(form.code, id) };
  };

  const begin = async (staff: Session, form: VouchForm): Promise<Pending & { word: RefereeWord }> => {
    const { id, organisation, session } = await check(staff, form);
    const typed = hashOf(messageLabels.refereeWord, form);
    const open = pending.get(session.id);
    // Keepers answer once in a session: who typed something else asks the person for a new code.
    if (open && (open.staffId !== id || open.typed !== typed)) throw new Refusal('code_unknown');
    const one = open ?? (await compare(session, id, typed, evidenceOf(form, organisation)));
    const policy = policies.current();
    const word: RefereeWord = {
      purpose: session.purpose,
      sessionKey: session.wallet_key,
      secretPoint: session.secret_point,
      registrar: policy.registrar.name,
      policySerial: policy.serial,
      recallId: one.recallId,
      organisation: organisation.id,
      at: clock.now().toISOString(),
    };
    return Object.assign(one, { word });
  };

  const compare = async (
    session: SessionRow,
    staffId: string,
    typed: string,
    evidence: OnShelf['evidence'],
  ) => {
    // What is to be signed says whether somebody is on record: nobody may look people up in this way.
    const key = `${today()} ${staffId}`;
    const before = unsigned.get(key) ?? 0;
    if (before >= unsignedMax) throw new Refusal('too_many_requests');
    unsigned.set(key, before + 1);
    const found = {
      evidence,
      ...(await recognise(session, evidence, { store, clock, askTags: enrolment.askTags })),
    };
    const organisation = evidence.vouched!.organisation;
    const recallId = await recallIdOf(session, found.match);
    const one: Pending = { staffId, typed, session, found, recallId, organisation };
    pending.set(session.id, one);
    const oldest = pending.keys().next();
    if (pending.size > pendingMax && !oldest.done) pending.delete(oldest.value);
    return one;
  };

  const recallIdOf = async ({ purpose }: SessionRow, match: Match): Promise<string | null> => {
    if (purpose !== 'return' || !('recordId' in match)) return null;
    return (await store.record(match.recordId))?.recall_id ?? null;
  };

  return {
    check,

    async challenge(staff: Session, form: VouchForm) {
      const { word } = await begin(staff, form);
      return passkeys.beginSigning(known(staff), refereeChallenge(word));
    },

    async sign(staff: Session, form: VouchForm, response: z.infer<typeof passkeyUsed>): Promise<void> {
      const signer = known(staff);
      const id = codes.look(form.code);
      const one = id === undefined ? undefined : pending.get(id);
      if (one?.staffId !== signer.id || one.typed !== hashOf(messageLabels.refereeWord, form) || !one.word)
        throw new Refusal('code_unknown');
      await organisationOf(signer.id);
      await passkeys.checkSigned(signer, refereeChallenge(one.word), response);
      if (!codes.take(form.code)) throw new Refusal('code_unknown');
      pending.delete(one.session.id);
      await vouches.count({ staffId: signer.id, organisation: one.organisation }, today());
      const key = `${today()} ${signer.id}`;
      unsigned.set(key, Math.max(0, (unsigned.get(key) ?? 0) - 1));

      // From here on it is counted; a wallet that hears nothing asks for a new code.
      const assertion = assertionOf(one, one.word, response);
      shelf.put(one.session.id, {
        ...one.found,
        code: null,
        ...(assertion ? { assertion } : {}),
        expires: one.session.expires,
      });
      await store.markProven(one.session.id);
    },

    /** Forgets what nobody signed. */
    sweep(now: Date): void {
      for (const [id, { session }] of pending)
        if (session.expires <= now || !codes.waits(id)) pending.delete(id);
      for (const counted of [wrongCodes, unsigned])
        for (const key of counted.keys()) if (!key.startsWith(dayOf(now))) counted.delete(key);
    },
  };

  function assertionOf(
    { recallId }: Pending,
    { organisation, at }: RefereeWord,
    { id: credential, response }: z.infer<typeof passkeyUsed>,
  ): RefereeAssertion | undefined {
    if (recallId === null) return undefined;
    const { clientDataJSON, authenticatorData, signature } = response;
    const listing = listingOf(recallId, keys);
    return { organisation, listing, at, credential, clientDataJSON, authenticatorData, signature };
  }
}

const signedForm = z.looseObject({ response: passkeyUsed });

export const beginVouch = (parts: ConsoleParts) =>
  door(parts, ['referee'], async (c, session) =>
    c.json(await parts.vouching.challenge(session, await readJson(c, vouchForm))),
  );

export const vouch = (parts: ConsoleParts) =>
  door(parts, ['referee'], async (c, session) => {
    const { response, ...form } = await readJson(c, signedForm);
    await parts.vouching.sign(session, checkShape(form, vouchForm), response);
    return c.json({ ok: true });
  });
