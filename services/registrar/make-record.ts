/**
 * POST /enrolment/record: the record and its first credential, in one round (PROTOCOL §3.3–3.5). `join` draws
 * a record for a person who has none; `reset` gives a known person a new secret, after the wait. A wallet that
 * lost the answer asks again: the same call gets the same answer, and who shows the same secret is sealed anew.
 * Must never: give two secrets to one person, or sign before the record is on disk.
 */
import { fromBase64url, toBase64url } from '@answerable/core/bytes';
import {
  type AcceptedRequest,
  drawEntropy,
  issueCredential,
  recordKeyFrom,
  verifyRecordRequest,
} from '@answerable/core/presentation/issuance';
import type { Proven } from '@answerable/core/proven';
import { type Clock, dayOf } from '@answerable/kit/clock';
import type { PolicySource } from '@answerable/kit/policy-source';
import { readJson } from '@answerable/kit/read-json';
import { recordBinding } from '@answerable/protocol/enrolment/binding';
import { type RecordResponse, recordRequest } from '@answerable/protocol/enrolment/session';
import { Refusal } from '@answerable/protocol/refusal';
import { epochAt, type TrustPolicy } from '@answerable/protocol/trust-policy';
import type { Context } from 'hono';
import type { EvidenceShelf, OnShelf } from './evidence-shelf.ts';
import { issuerSecretAt, type RegistrarKeys } from './keys.ts';
import {
  attributesOf,
  decideMatch,
  decideReset,
  type Flags,
  flagsFrom,
  type Match,
  type Matches,
  mayBe,
} from './policy.ts';
import { randomId, randomLineage } from './random-id.ts';
import { requireLive, requireRevivable } from './record-standing.ts';
import { type SealedRecord, sealRecord } from './seal-record.ts';
import { countJoin, openCall, ownOnShelf } from './session-call.ts';
import type { RecordKeyRow, RegistrarStore, SessionRow } from './store.ts';
import { listed } from './subject.ts';

interface Needs {
  policies: PolicySource;
  store: RegistrarStore;
  clock: Clock;
  shelf: EvidenceShelf;
  keys: RegistrarKeys;
}

/** A request that holds, from a person whose evidence is here. */
interface Asked {
  session: SessionRow;
  kept: OnShelf;
  accepted: Proven<AcceptedRequest>;
  day: string;
  policy: TrustPolicy;
}

/** What was recorded and can now be signed. */
interface Recorded {
  sealed: SealedRecord;
  entropy: Uint8Array;
  flags: Flags;
  resetDay: string | null;
}

export function makeRecord(needs: Needs) {
  return async (c: Context) => {
    const asked = await readJson(c, recordRequest);
    const { session, body } = await openCall(asked, ['proven', 'recorded'], needs);
    const kept = ownOnShelf(session.id, needs);
    if (kept.answer) return c.json(repeated(kept.answer, asked.signature));

    const policy = needs.policies.current();
    const binding = recordBinding(policy.registrar.name, session.id);
    const accepted = verifyRecordRequest(secretPointOf(session), binding, {
      commitmentWithProof: fromBase64url(body.commitmentWithProof, 'commitmentWithProof'),
      bindingProof: fromBase64url(body.bindingProof, 'bindingProof'),
    });

    const one: Asked = { session, kept, accepted, policy, day: dayOf(needs.clock.now()) };
    const recorded =
      session.purpose === 'reset'
        ? await reset(one, needs)
        : ((await resume(one, needs)) ?? (await join(one, needs).catch(counted(one, needs))));

    // From here on the record is on disk; a wallet that does not get this answer can ask for it again.
    const response = sign(one, recorded, needs);
    kept.answer = { asked: asked.signature, response };
    await needs.store.count(one.day, 'credentials');
    await countJoin(session, 'completed', one.day, needs.store);
    return c.json(response);
  };
}

/** Counts why somebody did not join, and refuses all the same. */
const counted =
  ({ session, day }: Asked, { store }: Needs) =>
  async (error: unknown): Promise<never> => {
    if (error instanceof Refusal) await countJoin(session, `refused.${error.code}`, day, store);
    throw error;
  };

async function join(
  { session, kept, accepted, day, policy }: Asked,
  { store, keys }: Needs,
): Promise<Recorded> {
  const recordId = randomId();
  const recallId = randomId();
  const entropy = drawEntropy(keys.entropySecret, fromBase64url(recordId), 0, accepted);
  const recordKey = recordKeyFrom(secretPointOf(session), entropy);
  const flags = flagsFrom(kept.evidence, randomLineage(), day);
  const sealed = sealRecord(policy, { ...kept, recordKey, entropy, day });
  await store.drawRecord(
    session.id,
    listed(kept, recallId, keys),
    { id: recordId, flags: JSON.stringify(flags), enrolled: day, recall_id: recallId },
    { recordPoint: toBase64url(recordKey), entropy: toBase64url(entropy), leaf: sealed.leaf },
    (matches) => {
      const match = decideMatch(matches);
      if (match.is === 'known') throw new Refusal('person_known');
      if (match.is !== 'new' && !settled(kept, matches)) throw new Refusal('person_unsure');
    },
  );
  return { sealed, entropy, flags, resetDay: null };
}

/**
 * Two people looked: the same name and birth date, and yet somebody else than those who were on record then. A
 * document never lies in that.
 */
const settled = ({ different, match }: OnShelf, { strong, weak }: Matches): boolean =>
  different === true && strong.length === 0 && weak.every((record) => mayBe(match, record));

/** The same person with the same secret, whose first answer never arrived. */
async function resume(one: Asked, { store }: Needs): Promise<Recorded | undefined> {
  const { session, kept, day, policy } = one;
  const match = decideMatch(await store.matches(kept.who));
  // Where no document says so, the secret does.
  if (match.is !== 'known' && match.is !== 'unsure') return undefined;
  const key = await store.currentKey(match.recordId);
  const record = await store.record(match.recordId);
  if (!key || !record || !isSameSecret(session, key)) return undefined;
  requireLive(record);
  const entropy = fromBase64url(key.entropy);
  const recordKey = fromBase64url(key.record_point);
  const sealed = sealRecord(policy, { ...kept, recordKey, entropy, day });
  if (session.state === 'recorded') throw new Refusal('session_state');
  await store.sealAnew(session.id, record.id, sealed.leaf, day);
  return { sealed, entropy, flags: JSON.parse(record.flags) as Flags, resetDay: record.reset_day };
}

async function reset(one: Asked, { store, keys, clock }: Needs): Promise<Recorded> {
  const { session, kept, accepted, day, policy } = one;
  const match: Match = kept.same
    ? { is: 'known', recordId: kept.same }
    : decideMatch(await store.matches(kept.who));
  if (match.is === 'new') throw new Refusal('person_unknown');
  if (match.is !== 'known') throw new Refusal('person_unsure');
  const record = await store.record(match.recordId);
  if (!record) throw new Refusal('person_unknown');
  requireRevivable(record);
  const state = { resetDay: record.reset_day, resetAsked: record.reset_asked };
  if (decideReset(state, clock.now(), policy.limits.resetWaitSeconds) === 'ask') {
    await store.askReset(record.id, clock.now());
    throw new Refusal('reset_waiting');
  }
  const entropy = drawEntropy(keys.entropySecret, fromBase64url(record.id), record.resets + 1, accepted);
  const recordKey = recordKeyFrom(secretPointOf(session), entropy);
  const { lineage } = JSON.parse(record.flags) as Flags;
  const flags = flagsFrom(kept.evidence, lineage, day);
  const sealed = sealRecord(policy, { ...kept, recordKey, entropy, day });
  await store.resetRecord(
    session.id,
    listed(kept, record.recall_id, keys),
    { recordId: record.id, day, flags: JSON.stringify(flags) },
    { recordPoint: toBase64url(recordKey), entropy: toBase64url(entropy), leaf: sealed.leaf },
    (locked) => {
      requireRevivable(locked);
      const now = { resetDay: locked.reset_day, resetAsked: locked.reset_asked };
      if (locked.resets !== record.resets) throw new Refusal('reset_too_soon');
      if (decideReset(now, clock.now(), policy.limits.resetWaitSeconds) === 'ask')
        throw new Refusal('reset_waiting');
    },
  );
  return { sealed, entropy, flags, resetDay: day };
}

function sign({ accepted, policy, day }: Asked, recorded: Recorded, { keys, clock }: Needs): RecordResponse {
  const { sealed, entropy, flags, resetDay } = recorded;
  const epoch = epochAt(policy, clock.now().getTime());
  const attributes = attributesOf(flags, resetDay, day);
  const blindSignature = issueCredential(
    issuerSecretAt(keys, policy, epoch),
    accepted,
    entropy,
    epoch,
    attributes,
  );
  return {
    recordPoint: sealed.leaf.record_point,
    grant: {
      epoch,
      entropy: toBase64url(entropy),
      attributes,
      blindSignature: toBase64url(blindSignature),
    },
    identity: sealed.identity,
    sealRandomness: sealed.sealRandomness,
  };
}

function repeated(answer: NonNullable<OnShelf['answer']>, signature: string): RecordResponse {
  if (answer.asked !== signature) throw new Refusal('session_state');
  return answer.response;
}

function isSameSecret(session: SessionRow, key: RecordKeyRow): boolean {
  const point = recordKeyFrom(secretPointOf(session), fromBase64url(key.entropy));
  return toBase64url(point) === key.record_point;
}

function secretPointOf({ secret_point }: SessionRow): Uint8Array {
  // A session to return has no secret point and makes no record.
  if (secret_point === null) throw new Refusal('session_state');
  return fromBase64url(secret_point, 'secretPoint');
}
