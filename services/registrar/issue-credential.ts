/**
 * POST /issuance/challenge and /issuance: the next credential for a known record, to whoever proves its secret;
 * nothing else is asked (PROTOCOL §3.3, §3.8). After a recall the proof also says whose evidence was shown:
 * a new document or evidence account of that session is added to the record.
 */
import { fromBase64url, toBase64url } from '@answerable/core/bytes';
import { issueCredential, verifyCredentialRequest } from '@answerable/core/presentation/issuance';
import { type Clock, dayOf } from '@answerable/kit/clock';
import type { PolicySource } from '@answerable/kit/policy-source';
import { readJson } from '@answerable/kit/read-json';
import { issuanceBinding } from '@answerable/protocol/enrolment/binding';
import {
  type IssuanceRequest,
  issuanceChallengeRequest,
  type issuanceChallengeResponse,
  issuanceRequest,
} from '@answerable/protocol/enrolment/issuance';
import type { CredentialGrant } from '@answerable/protocol/enrolment/session';
import { Refusal } from '@answerable/protocol/refusal';
import { epochAt } from '@answerable/protocol/trust-policy';
import type { Context } from 'hono';
import type { z } from 'zod';
import type { Challenges } from './challenge.ts';
import type { EvidenceShelf } from './evidence-shelf.ts';
import type { RegistrarKeys } from './keys.ts';
import { attributesOf, type Flags } from './policy.ts';
import { requireLive } from './record-standing.ts';
import { onShelf } from './session-call.ts';
import type { RecordRow, RegistrarStore } from './store.ts';
import type { TellKeepers } from './tell-keepers.ts';

interface Needs {
  policies: PolicySource;
  store: RegistrarStore;
  clock: Clock;
  keys: RegistrarKeys;
  challenges: Challenges;
  shelf: EvidenceShelf;
  tellKeepers: TellKeepers;
}

export function challengeIssuance({ store, challenges }: Pick<Needs, 'store' | 'challenges'>) {
  return async (c: Context) => {
    const { recordPoint } = await readJson(c, issuanceChallengeRequest);
    const key = await store.keyOf(recordPoint);
    if (!key) throw new Refusal('person_unknown');
    const reply: z.infer<typeof issuanceChallengeResponse> = {
      nonce: challenges.draw(recordPoint),
      entropy: key.entropy,
    };
    return c.json(reply);
  };
}

export function issue(needs: Needs) {
  const { policies, store, clock, keys, challenges } = needs;
  return async (c: Context) => {
    const asked = await readJson(c, issuanceRequest);
    const policy = policies.current();
    const key = await store.keyOf(asked.recordPoint);
    if (!key) throw new Refusal('person_unknown');
    challenges.spend(asked.nonce, asked.recordPoint);
    const entropy = fromBase64url(key.entropy);
    const accepted = verifyCredentialRequest(
      fromBase64url(asked.recordPoint, 'recordPoint'),
      entropy,
      issuanceBinding(policy.registrar.name, asked.nonce, asked.session),
      {
        commitmentWithProof: fromBase64url(asked.commitmentWithProof, 'commitmentWithProof'),
        bindingProof: fromBase64url(asked.bindingProof, 'bindingProof'),
      },
    );
    const record = await store.record(key.record_id);
    if (!record) throw new Refusal('person_unknown');
    requireLive(record);
    if (asked.session !== undefined) await welcomeBack(asked.session, record, needs);

    const day = dayOf(clock.now());
    await store.count(day, 'credentials');
    const epoch = epochAt(policy, clock.now().getTime());
    const attributes = attributesOf(JSON.parse(record.flags) as Flags, record.reset_day, day);
    const blindSignature = issueCredential(keys.issuer.secretKey, accepted, entropy, epoch, attributes);
    const reply: CredentialGrant = {
      epoch,
      entropy: key.entropy,
      attributes,
      blindSignature: toBase64url(blindSignature),
    };
    return c.json(reply);
  };
}

/** Adds the evidence of a returning session to the record whose secret was just proved. */
async function welcomeBack(
  session: NonNullable<IssuanceRequest['session']>,
  record: RecordRow,
  needs: Needs,
) {
  const { store, clock, tellKeepers } = needs;
  const row = await store.session(session, clock.now());
  if (!row) throw new Refusal('session_unknown');
  if (row.purpose !== 'return' || row.state !== 'proven') throw new Refusal('session_state');
  const { match, who } = onShelf(row.id, needs);
  // The evidence must have led to this very record: nobody can hang a stranger's document on their own.
  if (!('recordId' in match) || match.recordId !== record.id) throw new Refusal('person_unknown');
  await store.addEvidence(row.id, record.id, who);
  if (record.recall_blob !== null) {
    const subjects = await store.subjectsOf(record.id);
    await tellKeepers.subjects(record.recall_id, record.recall_version, subjects);
  }
}
