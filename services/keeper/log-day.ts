/** The totals of days that are over into the log, to reconcile with the registrar's census (PROTOCOL §3.9). */
import type { LogEntry } from '@answerable/protocol/log/entries';
import type { KeeperStore } from './store.ts';

export async function logDays(store: KeeperStore, party: string, today: string): Promise<void> {
  for (const day of await store.openDays(today)) {
    const entryOf = (counts: Record<string, number>): LogEntry => ({
      v: 1,
      kind: 'census',
      party,
      day,
      counts,
    });
    await store.closeDay(day, entryOf);
  }
}
