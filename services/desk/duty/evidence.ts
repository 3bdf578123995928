/**
 * What the desk itself can show for a duty: counts and medians of its own work, in sentences that can be read
 * aloud. Pure. Must never: say whether that is enough, or name anybody.
 */
import type { EvidencePart } from '../law/pack.ts';
import type { Distribution } from '../measures/distribution.ts';
import type { Figures } from '../measures/figures.ts';
import type { Beside } from './duty-store.ts';
import { clausesOn, type DutyRecord } from './record.ts';

export interface Grounds {
  figures: Figures;
  beside: Beside;
  record: DutyRecord;
  /** kinds of harm that an assessment goes through */
  harms: readonly { id: string }[];
  today: string;
}

const minutesPerHour = 60;
const minutesPerDay = 1440;
const sum = (counts: Record<string, number>): number => Object.values(counts).reduce((a, b) => a + b, 0);
const times = (n: number, word: string): string => `${n} ${n === 1 ? word : `${word}s`}`;

/** `40 minutes`, `5 hours`, `3 days`; rounded up. */
export function spanWords(minutes: number): string {
  if (minutes <= 2 * minutesPerHour) return times(minutes, 'minute');
  if (minutes <= 2 * minutesPerDay) return times(Math.ceil(minutes / minutesPerHour), 'hour');
  return times(Math.ceil(minutes / minutesPerDay), 'day');
}
const medianWords = ({ median }: Distribution): string =>
  median === null ? '' : `, in the median after ${spanWords(median)}`;
const percent = (share: number | null): string => (share === null ? '' : `${Math.round(share * 100)} %`);

const say: Record<EvidencePart, (grounds: Grounds) => string[]> = {
  reports: ({ figures: { reports } }) => [
    `${times(reports.total, 'report')} came in; ${reports.byCapacity.user ?? 0} from people who use the forum and ${reports.total - (reports.byCapacity.user ?? 0)} from others who are affected.`,
  ],
  decisions: ({ figures: { decided } }) => [
    `${times(decided.count, 'case')} decided${medianWords(decided)}${decided.inTimeShare === null ? '' : `; ${percent(decided.inTimeShare)} within their time`}.`,
    `${decided.byGround.illegal ?? 0} found against the law, ${decided.byGround.terms ?? 0} against the terms, ${decided.byPath.none ?? 0} with nothing to be done.`,
  ],
  holds: ({ figures: { holds } }) => [
    `${times(holds.placed ?? 0, 'hold')} placed at once; ${holds.confirmed ?? 0} confirmed by a second person, ${holds.lapsed ?? 0} lapsed by themselves.`,
  ],
  statements: ({ beside }) => [
    `${times(beside.statements, 'statement')} of reasons written, each checked before it was recorded: law or clause, facts, how to appeal, right to claim.`,
  ],
  appeals: ({ figures: { appeals } }) => [
    `${times(sum(appeals.made), 'appeal')} made, ${appeals.heard} heard by somebody who had no part in the decision${medianWords(appeals.minutes)}.`,
    `${appeals.byOutcome.upheld ?? 0} decisions stood, ${appeals.byOutcome.varied ?? 0} were varied, ${appeals.byOutcome.overturned ?? 0} overturned and put back.`,
  ],
  complaints: ({ figures: { cases, decided } }) => [
    `${times(cases.byKind.complaint ?? 0, 'complaint')} taken, ${decided.byPath.complaint ?? 0} answered.`,
  ],
  'intimate-images': ({ beside: { intimateImages: one } }) => [
    `${times(one.cases, 'report case')} of intimate images; ${one.decided.count} decided${medianWords(one.decided)}, ${one.late} after more than 48 hours, ${one.waiting} waiting.`,
  ],
  care: ({ figures: { care, distress } }) => [
    `${times(care.opened, 'case')} of somebody who may need help; ${care.helped} helped. ${distress.sanctioned} of ${distress.found} items of somebody’s own distress had been sanctioned.`,
  ],
  disclosure: ({ beside }) => [`${times(beside.disclosures, 'request')} of an authority to open an account.`],
  staff: ({ beside }) => [`${beside.staff === 1 ? 'One person' : `${beside.staff} people`} worked on cases.`],
  terms: ({ record, today }) => {
    const standing = clausesOn(record, today);
    const last = standing
      .map((one) => one.from)
      .sort()
      .at(-1);
    return [`${times(standing.length, 'clause')} in force${last ? `, the newest since ${last}` : ''}.`];
  },
  'risk-assessment': ({ record, harms, today }) => {
    const done = harms.filter((harm) => record.risks.some((one) => one.harm === harm.id)).length;
    const overdue = record.risks.filter((one) => one.nextReview <= today).length;
    return [`${done} of ${times(harms.length, 'kind')} of harm assessed; ${overdue} to be looked at again.`];
  },
  measures: ({ record }) => {
    const by = (use: string) => record.measures.filter((one) => one.use === use).length;
    return [
      `${times(by('in-use'), 'measure')} recorded as in use, ${by('alternative')} with something else in their place, ${by('not-used')} not used.`,
    ];
  },
  figures: ({ figures: { decided, appeals } }) => [
    `Counted by day with every event. Decided within their time: ${percent(decided.inTimeShare) || 'nothing yet'}; reversed on appeal: ${percent(appeals.reversalShare) || 'nothing yet'}. Nothing is decided by software.`,
  ],
};

/** The sentences for these parts of the desk; none where the desk has nothing to show. */
export const evidenceFor = (parts: readonly EvidencePart[], grounds: Grounds): string[] =>
  parts.flatMap((part) => say[part](grounds));
