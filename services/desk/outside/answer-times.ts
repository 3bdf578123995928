/** How long companies take to answer: by company, from the notices that were sent. Nothing about any person. */
import { type Kysely, sql } from 'kysely';
import type { DeskTables } from '../schema.ts';

const companiesMax = 500;

export interface AnswerTimes {
  company: string;
  sent: number;
  answered: number;
  /** answered with `removed` or `restricted` */
  acted: number;
  /** hours from sending to the answer, of those answered; null while there is none */
  medianHours: number | null;
  /** hours that the oldest unanswered one has been waiting; null if none is */
  oldestOpenHours: number | null;
}

/** Most notices first. `now` is ISO 8601 in UTC. */
export async function answerTimes(db: Kysely<DeskTables>, now: string): Promise<AnswerTimes[]> {
  const { rows } = await sql<AnswerTimes>`
    select
      (array_agg(state->'draft'->>'company' order by sent_at desc))[1] as company,
      count(*)::int as sent,
      count(answered_at)::int as answered,
      (count(*) filter (where outcome in ('removed', 'restricted')))::int as acted,
      percentile_cont(0.5) within group (
        order by extract(epoch from answered_at::timestamptz - sent_at::timestamptz) / 3600
      )::float8 as "medianHours",
      (extract(epoch from ${now}::timestamptz - min(sent_at::timestamptz)
        filter (where phase in ('sent', 'acknowledged'))) / 3600)::float8 as "oldestOpenHours"
    from outside_notice where sent_at is not null
    group by outside_notice.company
    order by sent desc, company
    limit ${companiesMax}`.execute(db);
  return rows;
}

/** `5 h`, `3.5 days`: a median as people say it. */
export function hoursInWords(hours: number | null): string {
  if (hours === null) return '–';
  if (hours < 1) return 'under an hour';
  if (hours < 48) return `${Math.round(hours)} h`;
  return `${Math.round((hours / 24) * 10) / 10} days`;
}
