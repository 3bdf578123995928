/** Yesterday's counts into the log, so that keepers, gateways and anybody can reconcile them (PROTOCOL §3.9). */
import type { LogEntry } from '@answerable/protocol/log/entries';
import type { RegistrarStore } from './store.ts';

/** Closes every day before `today`. `live-records` is as of now. */
export async function logCensus(store: RegistrarStore, party: string, today: string): Promise<void> {
  for (const day of await store.openDays(today)) {
    const live = await store.liveRecords();
    const entryOf = (counts: Record<string, number>): LogEntry => ({
      v: 1,
      kind: 'census',
      party,
      day,
      counts: { ...counts, 'live-records': live },
    });
    await store.closeDay(day, entryOf);
  }
}
