/**
 * Tables of the sanctions room: when a sanction begins and whether it is over, what holds an account at its
 * platform because of us, the outbox of tellings, and what connectors remember.
 */

import type { ActKind } from '@answerable/connector/platform';
import type { Migration } from '@answerable/kit/database';
import type { ColumnType, Generated } from 'kysely';
import type { Hold } from './holding.ts';

export type Phase = 'scheduled' | 'begun' | 'over';
/** `undone`: left to a person, in words; `dropped`: needless before it was tried */
export type TellingState = 'pending' | 'done' | 'undone' | 'dropped';
/** `claim`: an act on an account from before the gateway, with workers of its own, so that it delays no sanction */
export type Way = 'sign-out' | 'act' | 'claim';

export interface SanctionTables {
  account_hold: { sub: string; hold: Hold; sanction: string; act: string };
  telling: {
    id: Generated<number>;
    /** under which the other side does it once */
    act: string;
    /** what is done in order: one account, one way */
    lane: string;
    way: Way;
    /** an OpenID client for sign-outs, else a platform */
    target: string;
    /** of an account from before the gateway: the word for it in the shape of a `sub` */
    sub: string;
    /** and what its platform calls it */
    legacy: ColumnType<string | null, string | null | undefined, never>;
    sanction: string | null;
    kind: ActKind | null;
    notice: string;
    state: TellingState;
    attempts: Generated<number>;
    next_at: Date;
    leased_until: Date | null;
    /** when it was first tried */
    since: Date | null;
    code: string | null;
    could: Generated<string>;
  };
  connector_name: { locator: string; platform: string; address: string; url: string | null };
  connector_before: { target: string; before: string };
}

export const sanctionsMigration: Migration = {
  name: 'sanctions-001',
  up: `
    alter table sanction
      add column starts_at timestamptz,
      add column phase text not null default 'begun' check (phase in ('scheduled', 'begun', 'over')),
      add column sessions_ended integer not null default 0;
    -- What ended before gateways looked for that was nobody's news any more.
    update sanction set phase = 'over'
      where lifted or (step in ('restrict', 'suspend') and until <= (now() at time zone 'UTC')::date);
    create index sanction_scheduled on sanction (starts_at) where phase = 'scheduled';
    create index sanction_ending on sanction (until) where phase = 'begun' and not lifted;
    create table account_hold (
      sub text not null,
      hold text not null check (hold in ('shut', 'restricted')),
      sanction text not null,
      act text not null,
      primary key (sub, hold)
    );
    create table telling (
      id bigint generated always as identity primary key,
      act text not null unique,
      lane text not null,
      way text not null check (way in ('sign-out', 'act')),
      target text not null,
      sub text not null,
      sanction text,
      kind text,
      notice text not null,
      state text not null check (state in ('pending', 'done', 'undone', 'dropped')),
      attempts integer not null default 0,
      next_at timestamptz not null,
      leased_until timestamptz,
      since timestamptz,
      code text,
      could text not null default ''
    );
    create index telling_waiting on telling (way, target, id) where state = 'pending';
    create index telling_lane on telling (lane, id) where state = 'pending';
    create index telling_undone on telling (id) where state = 'undone';
    create index telling_sanction on telling (sanction);
    create index telling_sub on telling (sub);
    insert into telling (act, lane, way, target, sub, notice, state, next_at)
      select 'earlier ' || client_id || ' ' || sub, 'sign-out ' || sub, 'sign-out', client_id, sub, '',
        'pending', to_timestamp(0) from ended_session;
    delete from ended_session;
    create table connector_name (
      locator text primary key,
      platform text not null,
      address text not null,
      url text
    );
    create table connector_before (target text primary key, before text not null);
  `,
};
