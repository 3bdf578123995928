// Compares the day's totals of registrar and keepers, as they stand in the log (PROTOCOL §3.2, §3.9;
// DIVERGENCES D14). Every batch
// of tags that a keeper evaluated belongs to an enrolment session that the registrar counts in the same day; so a
// registrar that searches for names must either say in public that it enrolled more people than it did, or show up
// here. What it then says is compared with what became of its sessions.
//
// The words are those of services/keeper/count.ts and services/registrar, named as text: this package knows none.
import type { LogEntry } from '../verify/entry.ts';
import type { Objection, Rule } from './rules.ts';

export interface CensusParties {
  readonly registrar: string;
  readonly keepers: readonly string[];
  /** Keepers that must answer for a session to find anything. */
  readonly threshold: number;
}

type Counts = Readonly<Record<string, number>>;
interface Said {
  readonly entry: number;
  readonly counts: Counts;
}

const sessions = 'tag-sessions';
const evaluations = 'tag-evaluations';
const unanswered = 'tag-sessions-unanswered';
const outcomes = ['sessions-recorded', 'sessions-returned', 'sessions-unfinished', unanswered];

const of = (said: Said | undefined, kind: string): number => said?.counts[kind] ?? 0;

/** Tag evaluations per day equal the enrolment sessions of the registrar, at every keeper that was there. */
export const censusesAgree = ({ registrar, keepers, threshold }: CensusParties): Rule => ({
  name: 'censuses agree',
  start() {
    const byParty = new Map<string, Map<string, Said>>();
    return {
      see(entry, index) {
        const census = readCensus(entry);
        if (!census) return [];
        const days = byParty.get(census.party) ?? new Map<string, Said>();
        byParty.set(census.party, days.set(census.day, { entry: index, counts: census.counts }));
        return [];
      },
      *finish() {
        const own = byParty.get(registrar) ?? new Map<string, Said>();
        const theirs = keepers.map((name) => ({ name, days: byParty.get(name) ?? new Map<string, Said>() }));
        // A day is over for a party once it gave a census of that day or of a later one.
        const over = (days: Map<string, Said>, day: string) => [...days.keys()].some((known) => known >= day);
        const allDays = new Set([...own.keys(), ...theirs.flatMap(({ days }) => [...days.keys()])]);
        for (const day of [...allDays].sort()) {
          if (!over(own, day)) continue;
          yield* compareDay(day, own.get(day), theirs, { threshold, over });
        }
        yield* compareOutcomes(own);
      },
    };
  },
});

function* compareDay(
  day: string,
  own: Said | undefined,
  theirs: readonly { name: string; days: Map<string, Said> }[],
  { threshold, over }: { threshold: number; over: (days: Map<string, Said>, day: string) => boolean },
): Iterable<Objection> {
  const declared = of(own, sessions);
  for (const { name, days } of theirs) {
    const said = days.get(day);
    if (!said) continue;
    const more = (kind: string) => of(said, kind) > of(own, kind);
    if (more(sessions))
      yield {
        entry: said.entry,
        says: `On ${day} ${name} evaluated tags for ${of(said, sessions)} sessions; the registrar counts ${declared}.`,
      };
    else if (more(evaluations))
      yield {
        entry: said.entry,
        says: `On ${day} ${name} made ${of(said, evaluations)} tag evaluations; the registrar counts ${of(own, evaluations)}.`,
      };
    else if (of(said, sessions) === declared && of(said, evaluations) !== of(own, evaluations))
      yield {
        entry: said.entry,
        says: `On ${day} ${name} and the registrar count the same sessions and other tag evaluations.`,
      };
  }
  // Every session that found something was answered by t keepers.
  if (!own || !theirs.every(({ days }) => over(days, day))) return;
  const answered = theirs.reduce((sum, { days }) => sum + of(days.get(day), sessions), 0);
  if (answered < threshold * (declared - of(own, unanswered)))
    yield {
      entry: own.entry,
      says: `On ${day} the registrar counts ${declared} sessions, more than the keepers together evaluated for.`,
    };
}

/** Up to any day no more sessions ended than began, whatever turn of a day they were open over. */
function* compareOutcomes(own: Map<string, Said>): Iterable<Objection> {
  let [began, ended] = [0, 0];
  for (const [day, said] of [...own].sort(([a], [b]) => (a < b ? -1 : 1))) {
    began += of(said, sessions);
    ended += outcomes.reduce((sum, kind) => sum + of(said, kind), 0);
    if (ended > began)
      yield {
        entry: said.entry,
        says: `Up to ${day} the registrar counts ${ended} ends of sessions, and ${began} sessions.`,
      };
    const people = of(said, 'enrolments') + of(said, 'resets');
    if (people > of(said, 'sessions-recorded'))
      yield { entry: said.entry, says: `On ${day} the registrar enrolled more people than it had sessions.` };
  }
}

function readCensus(entry: LogEntry): { party: string; day: string; counts: Counts } | undefined {
  const { kind, party, day, counts } = entry;
  if (kind !== 'census' || typeof party !== 'string' || typeof day !== 'string') return undefined;
  if (typeof counts !== 'object' || counts === null) return undefined;
  const numbers = Object.entries(counts).filter((pair): pair is [string, number] =>
    Number.isSafeInteger(pair[1]),
  );
  return { party, day, counts: Object.fromEntries(numbers) };
}
