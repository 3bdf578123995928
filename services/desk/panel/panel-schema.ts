/** Tables of the panel: other forums, what was asked of them, what they ask of us. */
import type { Migration } from '@answerable/kit/database';
import type { panelAnswer, panelRequest } from '@answerable/protocol/report/panel';
import type { ColumnType } from 'kysely';
import type { z } from 'zod';

type JsonOrNull<T> = ColumnType<T | null, string | null, string | null>;
export type SignedRequest = z.infer<typeof panelRequest>;
export type SignedAnswer = z.infer<typeof panelAnswer>;

export interface PanelTables {
  panel_peer: { name: string; title: string; origin: string; key: string; added_by: string; day: string };
  /** what this desk asked; the message as it was sent, erased with the case */
  panel_sent: {
    request: string;
    case_id: string;
    forum: string;
    hash: string;
    message: JsonOrNull<SignedRequest>;
    answer: JsonOrNull<SignedAnswer>;
  };
  /** what other desks ask; the message goes some time after the answer, the number stays so that it is not asked again */
  panel_received: {
    request: string;
    forum: string;
    hash: string;
    about: string;
    due: string;
    received_at: string;
    message: JsonOrNull<SignedRequest>;
    answer: JsonOrNull<SignedAnswer>;
    answered_at: string | null;
    withdrawn_at: string | null;
  };
  /** cases of which something waits for the panel, and from when it may be asked */
  panel_wait: { case_id: string; ask_at: string };
  hold_record: { hold: string; case_id: string; target: string; hash: string; ends_at: string };
}

export const panelMigrations: readonly Migration[] = [
  {
    name: 'appeals-003-panel',
    up: `
      create table panel_peer (
        name text primary key,
        title text not null,
        origin text not null,
        key text not null unique,
        added_by text not null,
        day date not null
      );
      create table panel_sent (
        request text primary key,
        case_id text not null references case_file,
        forum text not null,
        hash text not null,
        message jsonb,
        answer jsonb
      );
      create index panel_sent_case on panel_sent (case_id);
      create table panel_received (
        request text primary key,
        forum text not null,
        hash text not null,
        about text not null,
        due text not null,
        received_at text not null,
        message jsonb,
        answer jsonb,
        answered_at text,
        withdrawn_at text
      );
      create table panel_wait (case_id text primary key references case_file, ask_at text not null);
      create index panel_wait_at on panel_wait (ask_at);
      create table hold_record (
        hold text primary key,
        case_id text not null references case_file,
        target text not null,
        hash text not null,
        ends_at text not null
      );
      create index hold_record_target on hold_record (target);
      alter table event add column body_hash text;
    `,
  },
];
