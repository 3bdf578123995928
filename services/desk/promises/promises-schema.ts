/** The table of the room: what a platform's policy promises, as the gateway said last, for when it is away. */
import type { Migration } from '@answerable/kit/database';
import type { PromisesResponse } from '@answerable/protocol/report/promises';
import type { ColumnType } from 'kysely';

/** What the policy in force promises, whichever account is concerned. */
export type Promised = Omit<PromisesResponse, 'accounts'>;

export interface PromisesTables {
  platform_promise: { platform: string; promised: ColumnType<Promised, string, string> };
}

export const promisesMigrations: readonly Migration[] = [
  {
    name: 'promises-001-platform-promise',
    up: 'create table platform_promise (platform text primary key, promised jsonb not null)',
  },
];
