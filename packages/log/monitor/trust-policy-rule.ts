// The trust policies of a network stand in the log in a chain: one per serial, without a gap, each successor naming
// the hash of the one before, none binding before its whole notice is over. Entries carry no time; the log is at
// least as late as the latest day that a census before the entry names, so what is objected to is certain. What a
// successor says is judged by who has its text (packages/kit/successor-rule.ts).
import type { LogEntry } from '../verify/entry.ts';
import type { Objection, Rule } from './rules.ts';

const msPerDay = 86_400_000;

interface Before {
  readonly serial: number;
  readonly policy: unknown;
}

/** `noticeSeconds`: as the first policy says. */
export const trustPoliciesFollow = (noticeSeconds: number): Rule => ({
  name: 'trust policies follow each other',
  start() {
    const newest = new Map<unknown, Before>();
    let day = '';
    return {
      *see(entry, index) {
        if (entry.kind === 'census' && typeof entry.day === 'string' && entry.day > day) day = entry.day;
        const later = entry.kind === 'trust-policy-successor';
        if ((entry.kind !== 'trust-policy' && !later) || typeof entry.serial !== 'number') return;
        // A first one again is a serial given twice, which another rule names.
        if (!later && entry.serial === 1 && newest.has(entry.network)) return;
        yield* chained(entry, index, newest.get(entry.network), later);
        const earliest =
          day === '' ? 0 : Date.parse(day) + Math.floor((noticeSeconds * 1000) / msPerDay) * msPerDay;
        if (later && !(Date.parse(String(entry.effective)) >= earliest))
          yield { entry: index, says: 'This trust policy binds before its whole notice is over.' };
        newest.set(entry.network, { serial: entry.serial, policy: entry.policy });
      },
      finish: () => [],
    };
  },
});

function* chained(
  entry: LogEntry,
  index: number,
  before: Before | undefined,
  later: boolean,
): Iterable<Objection> {
  if (entry.serial !== (before?.serial ?? 0) + 1)
    yield { entry: index, says: 'This trust policy does not carry the next serial of its network.' };
  if (later !== (before !== undefined))
    yield { entry: index, says: 'Only the first trust policy of a network follows nothing.' };
  if (later && entry.previous !== before?.policy)
    yield { entry: index, says: 'This trust policy does not name the one before it.' };
}
