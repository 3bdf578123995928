/** Tables of the platforms' room: names that stand for things elsewhere, and what people do there by hand. */
import type { Migration } from '@answerable/kit/database';
import type { ConnectorAct } from '@answerable/protocol/report/connector';

export interface PlatformsTables {
  foreign_name: { locator: string; platform: string; address: string; url: string | null };
  platform_before: { target: string; before: string };
  hand_act: {
    act: string;
    case_id: string;
    kind: ConnectorAct['kind'];
    target: string;
    notice: string;
    /** what a person could do, in the adapter's words */
    could: string;
    asked_at: string;
    /** `dropped`: undone before anybody did it */
    state: 'waiting' | 'done' | 'cannot' | 'dropped';
    /** working name of whoever ticked it off, or the act that made it needless */
    ended_by: string | null;
    ended_at: string | null;
  };
}

export const platformsMigrations: readonly Migration[] = [
  {
    name: 'platforms-001-names-and-hands',
    up: `
      create table foreign_name (
        locator text primary key,
        platform text not null,
        address text not null,
        url text
      );
      create table platform_before (target text primary key, before text not null);
      create table hand_act (
        act text primary key,
        case_id text not null references case_file,
        kind text not null,
        target text not null,
        notice text not null,
        could text not null,
        asked_at text not null,
        state text not null default 'waiting' check (state in ('waiting', 'done', 'cannot', 'dropped')),
        ended_by text,
        ended_at text
      );
      create index hand_act_case on hand_act (case_id);
      create index hand_act_waiting on hand_act (target) where state = 'waiting';
    `,
  },
];
