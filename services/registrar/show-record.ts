/**
 * POST /record/view: everything that is held about a person, to who proves the record's secret (PROTOCOL §3.8).
 * What is sealed is given as it is sealed, with its place in the log, so that the person can check both.
 * Must never: answer to a sign-in alone.
 */
import { type Clock, dayOf } from '@answerable/kit/clock';
import type { PolicySource } from '@answerable/kit/policy-source';
import { readJson } from '@answerable/kit/read-json';
import { type ViewResponse, viewRequest } from '@answerable/protocol/enrolment/record-life';
import type { Context } from 'hono';
import type { Challenges } from './challenge.ts';
import type { LeafStore } from './leaf-store.ts';
import type { Flags } from './policy.ts';
import { receiptsOf } from './receipt.ts';
import { openRecordCall } from './record-call.ts';
import { keptUntil, pendingEndOf, type RecordDays } from './record-days.ts';
import type { RegistrarStore } from './store.ts';

interface Needs {
  policies: PolicySource;
  store: RegistrarStore;
  leaves: LeafStore;
  challenges: Challenges;
  clock: Clock;
  days: RecordDays;
}

export function showRecord(needs: Needs) {
  const { store, leaves, clock, days } = needs;
  return async (c: Context) => {
    const { record, key } = await openRecordCall(await readJson(c, viewRequest), needs);
    const routes = await store.routesOf(record.id);
    const devices = await store.devicesOf(record.id);
    const reply: ViewResponse = {
      enrolled: record.enrolled,
      entropy: key.entropy,
      attributes: { ...(JSON.parse(record.flags) as Flags) },
      standing: record.standing,
      reason: record.standing_reason,
      since: record.standing_day,
      end: pendingEndOf(record, days, dayOf(clock.now())),
      resets: {
        count: record.resets,
        last: record.reset_day,
        asked: record.reset_asked && dayOf(record.reset_asked),
      },
      words: { set: record.recall_blob !== null, version: record.recall_version },
      identifiers: await store.identifiersOf(record.id),
      routes: routes.map(({ purpose, route, day }) => ({ purpose, route, day })),
      devices: devices.map(({ device, label, day }) => ({ device, sealedLabel: label, day })),
      sealed: await sealedOf(key.record_point, leaves),
      keeps: { ...days, ...keptUntil(record, days) },
    };
    return c.json(reply);
  };
}

async function sealedOf(recordPoint: string, leaves: LeafStore): Promise<ViewResponse['sealed']> {
  const { leaf, batch } = (await leaves.currentLeaf(recordPoint)) ?? {};
  if (!leaf || leaf.sealed === null || leaf.tag === null || leaf.salt === null) return null;
  const identity = { sealed: leaf.sealed, tag: leaf.tag, salt: leaf.salt };
  if (!batch || batch.entry_index === null) return { identity, leaf: leaf.leaf, receipt: null };
  const all = await leaves.leavesOf(batch.id);
  const place = { index: batch.entry_index, proof: batch.entry_proof! };
  const receipt = receiptsOf(
    all.map((one) => one.leaf),
    place,
  )(leaf.leaf_index!);
  return { identity, leaf: leaf.leaf, receipt };
}
