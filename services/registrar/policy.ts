/** What the registrar decides, without looking anything up. Pure. */
import type { Attributes } from '@answerable/core/presentation/schema';
import { Refusal } from '@answerable/protocol/refusal';
import type { Evidence } from './evidence/evidence.ts';

const resetAgainMonths = 24;
const ageYearsMin = 13;
/** People per bucket that an authority may at most tell apart (PROTOCOL §6.5). */
const bucketRecordsMin = 1000;
const bucketDigitsMax = 4;

/** Stored for renewal: changing one needs fresh evidence. */
export type Flags = Omit<Attributes, 'reset_recent' | 'name'>;

/** Flags and bands of the evidence, on the day it was given. */
export function flagsFrom(evidence: Evidence, lineage: string, today: string): Flags {
  const isOver = (years: number) => (hasTurned(years, evidence.birthDate, today) ? 'yes' : 'no');
  return {
    lineage,
    over_13: isOver(13),
    over_16: isOver(16),
    over_18: isOver(18),
    residence: evidence.residence,
    assurance: evidence.assurance,
  };
}

const assuranceRank = { referee: 0, medium: 1, high: 2 } as const;

/** After fresh evidence of the same person: what it shows counts, unless what is on record rests on better. */
export function flagsAfter(flags: Flags, evidence: Evidence, today: string): Flags {
  const rank = (assurance: string) => assuranceRank[assurance as keyof typeof assuranceRank];
  if (rank(evidence.assurance) < rank(flags.assurance)) return flags;
  const fresh = flagsFrom(evidence, flags.lineage, today);
  return fresh.residence === 'unknown' ? { ...fresh, residence: flags.residence } : fresh;
}

/** What is signed today. `resetDay`: the day of the last reset, if any; `name`: blank but for who asks for it. */
export function attributesOf(flags: Flags, resetDay: string | null, today: string, name = ''): Attributes {
  return { ...flags, reset_recent: isResetRecent(resetDay, today) ? 'yes' : 'no', name };
}

/** Whose the evidence may be, by what is on record. */
export interface Matches {
  /** By evidence account or by document: the same person. */
  strong: readonly string[];
  /** By name and birth date only. */
  weak: readonly string[];
}

export type Match =
  | { is: 'new' }
  | { is: 'known' | 'unsure'; recordId: string }
  | { is: 'unclear'; among: readonly string[] };

/** Two strong matches, or several weak ones, are for people to settle. */
export function decideMatch({ strong, weak }: Matches): Match {
  const [one, ...others] = new Set(strong);
  if (one !== undefined)
    return others.length === 0 ? { is: 'known', recordId: one } : { is: 'unclear', among: [one, ...others] };
  const [maybe, ...more] = new Set(weak);
  if (maybe === undefined) return { is: 'new' };
  return more.length === 0 ? { is: 'unsure', recordId: maybe } : { is: 'unclear', among: [maybe, ...more] };
}

/** Whether this record is one of those that were found. */
export function mayBe(match: Match, recordId: string): boolean {
  if (match.is === 'new') return false;
  return match.is === 'unclear' ? match.among.includes(recordId) : match.recordId === recordId;
}

export interface ResetState {
  resetDay: string | null;
  resetAsked: Date | null;
}

/** `ask`: begin the wait. `go`: it is over. Refuses `reset_waiting` and `reset_too_soon`. */
export function decideReset(state: ResetState, now: Date, waitSeconds: number): 'ask' | 'go' {
  if (isResetRecent(state.resetDay, now.toISOString().slice(0, 10))) throw new Refusal('reset_too_soon');
  if (state.resetAsked === null) return 'ask';
  if (now.getTime() < state.resetAsked.getTime() + waitSeconds * 1000) throw new Refusal('reset_waiting');
  return 'go';
}

/** The days on which a reset was asked for and on which its wait is over. */
export function resetDays(asked: Date, waitSeconds: number): { asked: string; ends: string } {
  const ends = new Date(asked.getTime() + waitSeconds * 1000);
  return { asked: asked.toISOString().slice(0, 10), ends: ends.toISOString().slice(0, 10) };
}

/** Hex digits of H(R) that may be asked for: so few that a bucket holds a thousand, where there are as many. */
export function bucketDigits(records: number): number {
  const digits = Math.floor(Math.log(records / bucketRecordsMin) / Math.log(16));
  return Math.max(0, Math.min(bucketDigitsMax, Number.isFinite(digits) ? digits : 0));
}

function isResetRecent(resetDay: string | null, today: string): boolean {
  if (resetDay === null) return false;
  const until = new Date(`${resetDay}T00:00:00Z`);
  until.setUTCMonth(until.getUTCMonth() + resetAgainMonths);
  return today < until.toISOString().slice(0, 10);
}

/** From thirteen on a person may have a record of their own. */
export const isOldEnough = (birthDate: string, today: string): boolean =>
  hasTurned(ageYearsMin, birthDate, today);

const hasTurned = (years: number, birthDate: string, today: string): boolean =>
  addYears(birthDate, years) <= today;

// Born on 29 February: of age on 1 March, as the law of England counts it.
function addYears(day: string, years: number): string {
  const [year, month, date] = day.split('-').map(Number);
  return new Date(Date.UTC(year! + years, month! - 1, date!)).toISOString().slice(0, 10);
}
