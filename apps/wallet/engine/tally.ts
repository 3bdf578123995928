/**
 * What a wallet counts as it reads the log: openings, refusals, how many people there are. Pure. Entries carry
 * no time, so an opening has the latest day that any count before it named (spec/counts.md).
 * Must never: count one opening twice because several guardians published it.
 */
import type { LogEntry, NoticeEntry } from '@answerable/protocol/log/entries';
import { quarterOver, refusalsIn } from '@answerable/protocol/log/refusals';
import type { TrustPolicy } from '@answerable/protocol/trust-policy';

const msPerDay = 86_400_000;
const daysInYear = 365;
const quartersInYear = 4;
/** Quarters kept for each guardian: those of a year and the one before, so that a gap shows. */
const quartersKept = 6;

export interface Tally {
  /** Entries read so far: those below this index. */
  read: number;
  /** The latest day that a count named. */
  day: string;
  /** Openings, by the place of what was filed. */
  openings: { filing: number; day: string }[];
  /** How many requests a guardian refused in a quarter, by its last day. */
  refused: Record<string, Record<string, number>>;
  /** Records ever made. */
  leaves: number;
  /** Records that live, as the registrar last said; null if it never did. */
  live: number | null;
  /** Distinct people at each platform, as its gateway last said. */
  here: Record<string, number>;
  /** Whose notices were looked for: the record key; null while there is no record here. */
  of: string | null;
  /** Notices about this person's own accounts: where they stand, and of which opening. */
  own: { index: number; filing: number }[];
}

export const emptyTally = (of: Tally['of']): Tally => ({
  read: 0,
  day: '',
  openings: [],
  refused: {},
  leaves: 0,
  live: null,
  here: {},
  of,
  own: [],
});

/** Whose words count for what. */
export type Speakers = Pick<TrustPolicy, 'registrar' | 'opening' | 'gateways'>;

/** The tally with one more entry, which stands at `tally.read`. `isOwn`: whether a notice is about this person. */
export function counted(
  tally: Tally,
  entry: LogEntry | undefined,
  policy: Speakers,
  isOwn: (notice: NoticeEntry) => boolean,
): Tally {
  const next = { ...tally, read: tally.read + 1 };
  if (entry?.kind === 'record-root') return { ...next, leaves: tally.leaves + entry.leaves };
  if (entry?.kind === 'disclosure-notice') {
    const known = tally.openings.some(({ filing }) => filing === entry.filing);
    const opening = { filing: entry.filing, day: tally.day };
    return {
      ...next,
      openings: known ? tally.openings : [...tally.openings, opening],
      own: isOwn(entry) ? [...tally.own, { index: tally.read, filing: entry.filing }] : tally.own,
    };
  }
  return entry?.kind === 'census' ? { ...next, ...ofCensus(tally, entry, policy) } : next;
}

type Census = Extract<LogEntry, { kind: 'census' }>;

function ofCensus(tally: Tally, census: Census, policy: Speakers): Partial<Tally> {
  const { party, counts } = census;
  const day = census.day > tally.day ? census.day : tally.day;
  if (party === policy.registrar.name) return { day, live: counts['live-records'] ?? tally.live };
  if (policy.opening.guardians.some(({ name }) => name === party)) {
    const refused = refusalsIn(census);
    if (refused === undefined) return { day };
    const quarters = { ...tally.refused[party], [census.day]: refused };
    return { day, refused: { ...tally.refused, [party]: newest(quarters) } };
  }
  const gateway = policy.gateways.find(({ name }) => name === party);
  if (!gateway) return { day };
  const here = Object.fromEntries(
    gateway.platforms.map((platform) => [platform, counts[platform] ?? tally.here[platform] ?? 0]),
  );
  return { day, here: { ...tally.here, ...here } };
}

const newest = (quarters: Record<string, number>): Record<string, number> =>
  Object.fromEntries(Object.entries(quarters).sort().slice(-quartersKept));

/** What a person is told. */
export interface Counts {
  /** Accounts opened in the last year, in the whole network. */
  opened: number;
  /** Requests that at least one guardian refused in the last four quarters: at least, at most. */
  refused: { least: number; most: number };
  /** The last day of the newest quarter that is over. */
  until: string;
  /** Guardians that have not said how many they refused in that quarter, or left one out. */
  silent: string[];
  /** People who have a record. */
  people: number;
  /** Entries read. */
  read: number;
}

export function countsOf(tally: Tally, policy: Speakers, today: string): Counts {
  const yearAgo = new Date(Date.parse(today) - daysInYear * msPerDay).toISOString().slice(0, today.length);
  const until = quarterOver(today);
  const quarters = lastQuarters(until);
  const sums = policy.opening.guardians.map(({ name }) => {
    const given = tally.refused[name] ?? {};
    return quarters.reduce((sum, quarter) => sum + (given[quarter] ?? 0), 0);
  });
  return {
    // One that no count came before may be of any day, and is counted.
    opened: tally.openings.filter(({ day }) => day === '' || day >= yearAgo).length,
    refused: { least: Math.max(0, ...sums), most: sums.reduce((a, b) => a + b, 0) },
    until,
    silent: policy.opening.guardians
      .filter(({ name }) => isSilent(tally.refused[name] ?? {}, quarters))
      .map(({ name }) => name),
    people: Math.min(tally.live ?? tally.leaves, tally.leaves),
    read: tally.read,
  };
}

/** Nothing said for the newest quarter, or one left out after the first that was given. */
function isSilent(given: Record<string, number>, quarters: readonly string[]): boolean {
  const said = quarters.map((quarter) => given[quarter] !== undefined);
  return !said.slice(Math.max(0, said.indexOf(true))).every(Boolean);
}

/** The last days of the four quarters up to `until`, oldest first. */
function lastQuarters(until: string): string[] {
  const quarters = [until];
  while (quarters.length < quartersInYear) quarters.unshift(quarterOver(quarters[0]!));
  return quarters;
}

/** How many accounts of the person with this record key were opened. */
export const openedOf = ({ of, own }: Tally, recordPoint: string | undefined): number =>
  recordPoint !== undefined && of === recordPoint ? new Set(own.map(({ filing }) => filing)).size : 0;
