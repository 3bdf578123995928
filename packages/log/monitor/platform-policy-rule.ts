// The policies of each platform stand in the log in a chain: serials without a gap, each naming the hash of the
// one before, none binding sooner than 14 days after it stood here. Entries carry no time; the log is at least
// as late as the latest day that a census before the entry names, so what is objected to is certain.
import type { LogEntry } from '../verify/entry.ts';
import type { Objection, Rule } from './rules.ts';

const noticeMs = 14 * 86_400_000;

interface Before {
  readonly serial: number;
  readonly policy: unknown;
}

export const platformPoliciesFollow: Rule = {
  name: 'platform policies follow each other',
  start() {
    const newest = new Map<string, Before>();
    let day = '';
    return {
      *see(entry, index) {
        if (entry.kind === 'census' && typeof entry.day === 'string' && entry.day > day) day = entry.day;
        if (entry.kind !== 'platform-policy' || typeof entry.serial !== 'number') return;
        const chain = JSON.stringify([entry.gateway, entry.platform]);
        yield* chained(entry, index, newest.get(chain));
        if (
          entry.serial > 1 &&
          day !== '' &&
          !(Date.parse(String(entry.effective)) >= Date.parse(day) + noticeMs)
        )
          yield { entry: index, says: 'This platform-policy binds less than 14 days after it stands here.' };
        newest.set(chain, { serial: entry.serial, policy: entry.policy });
      },
      finish: () => [],
    };
  },
};

function* chained(entry: LogEntry, index: number, before: Before | undefined): Iterable<Objection> {
  if (entry.serial !== (before?.serial ?? 0) + 1)
    yield { entry: index, says: 'This platform-policy does not carry the next serial of its platform.' };
  if (entry.previous !== (before?.policy ?? null))
    yield { entry: index, says: 'This platform-policy does not name the one before it.' };
}
