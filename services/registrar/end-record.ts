/**
 * POST /record/end: ended by who proves its secret, twice, with a wait between in which any device can say no
 * (PROTOCOL §3.8). Ended is not forgotten: what was done before can still be answered for until the days in
 * record-days.ts are over (life-store.ts erases).
 * Must never: be possible with the evidence login alone, or at one sitting.
 */
import { type Clock, dayOf } from '@answerable/kit/clock';
import type { PolicySource } from '@answerable/kit/policy-source';
import { readJson } from '@answerable/kit/read-json';
import { type EndResponse, type EndStep, endRequest } from '@answerable/protocol/enrolment/record-life';
import type { Context } from 'hono';
import type { Challenges } from './challenge.ts';
import { openRecordCall } from './record-call.ts';
import { pendingEndOf, type RecordDays, requireConfirmable } from './record-days.ts';
import { requireLive } from './record-standing.ts';
import type { RecordRow, RegistrarStore } from './store.ts';

interface Needs {
  policies: PolicySource;
  store: RegistrarStore;
  challenges: Challenges;
  clock: Clock;
  days: RecordDays;
}

export function endRecord(needs: Needs) {
  return async (c: Context) => {
    const { record, call } = await openRecordCall(await readJson(c, endRequest), needs);
    // A suspended record cannot end itself: coming back would lift what was decided. Stopping an end always may be.
    if (call.step !== 'veto') requireLive(record);
    const today = dayOf(needs.clock.now());
    await take(call.step, record, today, needs);
    const now = (await needs.store.record(record.id)) ?? record;
    const reply: EndResponse = { standing: now.standing, end: pendingEndOf(now, needs.days, today) };
    return c.json(reply);
  };
}

async function take(step: EndStep, record: RecordRow, today: string, { store, days }: Needs): Promise<void> {
  const pending = pendingEndOf(record, days, today);
  if (step === 'veto') return store.dropEnd(record.id);
  // Asked again, the wait goes on as it was.
  if (step === 'ask') return pending ? undefined : store.askEnd(record.id, today);
  requireConfirmable(pending, today);
  await store.endByWish(record.id, today);
}
