/** Tables of the room: every policy that a platform of this gateway ever had, from the day it was announced. */
import type { Migration } from '@answerable/kit/database';
import type { PlatformPolicy } from '@answerable/protocol/platform-policy';
import type { ColumnType } from 'kysely';

export interface PoliciesTables {
  platform_policy: {
    platform: string;
    serial: number;
    hash: string;
    policy: ColumnType<PlatformPolicy, string, string>;
    announced: string;
    effective: string;
    log_key: string;
    /** when this gateway first saw where its entry stands in the log */
    placed_day: string | null;
  };
}

export const policiesMigration: Migration = {
  name: 'policies-history',
  up: `
    create table platform_policy (
      platform text not null,
      serial integer not null check (serial > 0),
      hash text not null,
      policy jsonb not null,
      announced date not null,
      effective date not null,
      log_key text not null,
      placed_day date,
      primary key (platform, serial)
    );
  `,
};
