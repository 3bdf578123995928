/**
 * The desk's part in opening one account (PROTOCOL §6.1–6.2): have it filed, wait until the log has it, bring
 * it to each guardian with the proof, tell the holder, pass on what they answer. Each step is recorded with
 * what follows from it; the order is kept, and nothing reaches a guardian that the log does not show.
 */
import { callJson } from '@answerable/kit/http-client';
import type { CaseDelivery } from '@answerable/protocol/disclosure/filing';
import { logPlaced } from '@answerable/protocol/log/entries';
import { guardianOf } from '@answerable/protocol/parties';
import { Refusal } from '@answerable/protocol/refusal';
import { tlogProof } from '@answerable/protocol/wire';
import { z } from 'zod';
import { derivedId } from '../casework/effects.ts';
import { type DeskEffect, effectOf, type NewEffect, type OutboxRow } from '../outbox.ts';
import type { DeskParts } from '../parts.ts';

const proofTimeoutMs = 5_000;

type Parts = Omit<DeskParts, 'outbox'>;
type DisclosureEffect = Extract<
  DeskEffect,
  { kind: 'file-disclosure' | 'prove-filing' | 'deliver-case' | 'forward-reply' }
>;

export async function performDisclosure(
  parts: Parts,
  { caseId }: OutboxRow,
  effect: DisclosureEffect,
): Promise<unknown> {
  switch (effect.kind) {
    case 'file-disclosure':
      return file(parts, caseId);
    case 'prove-filing':
      return prove(parts, caseId);
    case 'deliver-case':
      return deliver(parts, caseId, effect.guardian);
    case 'forward-reply': {
      const url = `${guardianOf(parts.policies.current(), effect.guardian).origin}/cases/${caseId}/reply`;
      const { reply, seal } = effect;
      return callJson(url, { body: { reply, seal }, schema: z.unknown() });
    }
  }
}

async function file(parts: Parts, caseId: string): Promise<unknown> {
  const { gateway, disclosures, clock } = parts;
  const row = await disclosures.find(caseId);
  if (!gateway || !row) throw new Refusal('not_ready');
  const filed = await gateway.file({ caseId, sub: row.sub, ask: row.ask, item: row.item });
  // From here on the commitment is on its way into the log; asked again, the gateway gives the same filing.
  await disclosures.advance(
    caseId,
    { filed },
    [effectOf(caseId, { kind: 'prove-filing' })],
    clock.now().toISOString(),
  );
  return null;
}

async function prove(parts: Parts, caseId: string): Promise<unknown> {
  const { disclosures, clock, policies } = parts;
  const row = await disclosures.find(caseId);
  if (!row?.filed) throw new Refusal('not_ready');
  const { log } = policies.current();
  const proof = await proofOf(log.origin, row.filed.logKey);
  const guardians = row.filed.packages.map(({ guardian }) =>
    effectOf(caseId, { kind: 'deliver-case', guardian }, guardian),
  );
  const effects = [
    ...guardians,
    hearing(parts, row.sub, caseId, row.filed.filing.message.heardUntil, row.item),
  ];
  await disclosures.advance(caseId, { proof }, effects, clock.now().toISOString());
  return null;
}

/** C2SP tlog-proof of the entry under `key`. Refuses `not_ready` until the log has it. */
export async function proofOf(origin: string, key: string): Promise<string> {
  const { index } = await callJson(`${origin}/entries/by-key/${key}`, { schema: logPlaced }).catch(
    (error) => {
      throw error instanceof Refusal && error.code === 'not_found' ? new Refusal('not_ready') : error;
    },
  );
  const response = await fetch(`${origin}/entries/${index}/proof`, {
    redirect: 'error',
    signal: AbortSignal.timeout(proofTimeoutMs),
  }).catch(() => {
    throw new Refusal('unavailable');
  });
  const proof = tlogProof.safeParse(response.ok ? await response.text() : undefined);
  if (!proof.success) throw new Refusal('not_ready');
  return proof.data;
}

async function deliver(parts: Parts, caseId: string, guardian: string): Promise<unknown> {
  const { disclosures, policies } = parts;
  const row = await disclosures.find(caseId);
  const sealed = row?.filed?.packages.find((one) => one.guardian === guardian)?.sealed;
  if (!row?.filed || !row.proof || !sealed) throw new Refusal('not_ready');
  // A guardian wants a fresh checkpoint: a delivery that comes late brings the proof of today.
  const proof = await proofOf(policies.current().log.origin, row.filed.logKey);
  const { filing, salt, ask } = row.filed;
  const body: CaseDelivery = { filing, salt, filingProof: proof, ask, sealed };
  return callJson(`${guardianOf(policies.current(), guardian).origin}/cases`, { body, schema: z.unknown() });
}

function hearing(
  parts: Parts,
  sub: string,
  caseId: string,
  heardUntil: string,
  item: { text: string },
): NewEffect {
  const until = heardUntil.slice(0, 16).replace('T', ' ');
  const body = [
    'An authority has asked who you are. Nothing was opened. Independent guardians decide, and what they decide is on the public record.',
    `It is about something you posted: “${item.text.slice(0, 300)}”`,
    `You can answer in your own words until ${until} UTC, without saying who you are. The guardians read your answer before they decide.`,
  ].join('\n\n');
  const day = parts.clock.now().toISOString().slice(0, 10);
  const words = { kind: 'hearing' as const, caseId, day, title: 'You are asked to be heard', body };
  const request = { message: derivedId(`${caseId}/hearing`), sub, holds: 'account' as const, item: words };
  return effectOf(caseId, { kind: 'inbox', request }, 'hearing');
}
