/**
 * POST /issuance/challenge and /issuance: the next credential for a known record, to whoever proves its secret;
 * nothing else is asked (PROTOCOL §3.3, §3.8). After a recall the proof also says whose evidence was shown:
 * a new document or evidence account of that session is added to the record. Who asks for it has their name in
 * that one credential, from the evidence just shown; it is not kept here, and the next one is blank again (§3.5).
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
  type issuanceResponse,
} from '@answerable/protocol/enrolment/issuance';
import { messageLabels } from '@answerable/protocol/labels';
import { Refusal } from '@answerable/protocol/refusal';
import { openSigned } from '@answerable/protocol/signed';
import { epochAt } from '@answerable/protocol/trust-policy';
import type { Context } from 'hono';
import type { z } from 'zod';
import type { Challenges } from './challenge.ts';
import { fullName } from './evidence/evidence.ts';
import type { EvidenceShelf } from './evidence-shelf.ts';
import { issuerSecretAt, type RegistrarKeys } from './keys.ts';
import { attributesOf, type Flags, flagsAfter, mayBe } from './policy.ts';
import { requireLive, requireRevivable } from './record-standing.ts';
import { type SealedRecord, sealRecord } from './seal-record.ts';
import { ownOnShelf } from './session-call.ts';
import type { RecordKeyRow, RecordRow, RegistrarStore } from './store.ts';
import { listed } from './subject.ts';
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
    // Who comes back with evidence and secret revives what they had ended; nobody else does.
    if (asked.session === undefined) requireLive(record);
    else requireRevivable(record);
    await requireDevice(asked, record, store);
    const day = dayOf(clock.now());
    const back =
      asked.session === undefined ? undefined : await welcomeBack(asked.session, { record, key, day }, needs);
    const flags = back?.flags ?? (JSON.parse(record.flags) as Flags);

    await store.count(day, 'credentials');
    const epoch = epochAt(policy, clock.now().getTime());
    const name = asked.named && back ? back.name : '';
    const attributes = attributesOf(flags, record.reset_day, day, name);
    const blindSignature = issueCredential(
      issuerSecretAt(keys, policy, epoch),
      accepted,
      entropy,
      epoch,
      attributes,
    );
    const reply: z.infer<typeof issuanceResponse> = {
      epoch,
      entropy: key.entropy,
      attributes,
      blindSignature: toBase64url(blindSignature),
      ...(back?.anew
        ? { anew: { identity: back.anew.identity, sealRandomness: back.anew.sealRandomness } }
        : {}),
    };
    return c.json(reply);
  };
}

/** Once a record has devices, a renewal comes from one of them. Refuses `device_removed`, `signature_refused`. */
async function requireDevice(
  { device: signed, nonce, session }: IssuanceRequest,
  record: RecordRow,
  store: RegistrarStore,
): Promise<void> {
  if (!signed) {
    if (session === undefined && (await store.devicesOf(record.id)).length > 0)
      throw new Refusal('device_removed');
    return;
  }
  const { device, nonce: signedNonce } = openSigned(
    signed.message.device,
    messageLabels.deviceRenewal,
    signed,
  );
  if (signedNonce !== nonce) throw new Refusal('signature_refused');
  const row = await store.device(device, record.id);
  if (!row || row.removal_proof !== null) throw new Refusal('device_removed');
}

/**
 * Adds the evidence of a returning session to the record whose secret was just proved: a document shown later
 * joins a record that began with a referee’s word, and what it shows is signed from now on. The identity sealed
 * anew, if what was sealed had been erased.
 */
async function welcomeBack(
  session: NonNullable<IssuanceRequest['session']>,
  { record, key, day }: { record: RecordRow; key: RecordKeyRow; day: string },
  needs: Needs,
): Promise<{ anew: SealedRecord | undefined; flags: Flags; name: string }> {
  const { policies, store, clock, keys, tellKeepers } = needs;
  const row = await store.session(session, clock.now());
  if (!row) throw new Refusal('session_unknown');
  if (row.purpose !== 'return' || row.state !== 'proven') throw new Refusal('session_state');
  const kept = ownOnShelf(row.id, needs);
  // The evidence must have led to this very record: nobody can hang a stranger's document on their own.
  if (!mayBe(kept.match, record.id)) throw new Refusal('person_unknown');
  const point = { recordKey: fromBase64url(key.record_point), entropy: fromBase64url(key.entropy) };
  const who = listed(kept, record.recall_id, keys);
  const anew =
    record.identity_erased === null
      ? undefined
      : sealRecord(policies.current(), { ...kept, who, ...point, day });
  const flags = flagsAfter(JSON.parse(record.flags) as Flags, kept.evidence, day);
  await store.addEvidence(row.id, record, who, { day, leaf: anew?.leaf, flags: JSON.stringify(flags) });
  if (record.recall_blob !== null) {
    const subjects = await store.subjectsOf(record.id);
    await tellKeepers.subjects(record.recall_id, record.recall_version, subjects);
  }
  return { anew, flags, name: fullName(kept.evidence) };
}
