/** Tables of the life of a record: devices, ways that were used, ends. Who may do what with them: life-store.ts. */
import type { Migration } from '@answerable/kit/database';

export const lifeMigration: Migration = {
  name: '005-record-life',
  up: `
      create table device (
        device text primary key,
        record_id text not null references record,
        label text not null,
        day date not null,
        removal_nonce text,
        removal_proof text
      );
      create index device_record on device (record_id);
      create table route_used (
        record_id text not null references record,
        purpose text not null,
        route text not null,
        day date not null,
        primary key (record_id, purpose, route, day)
      );
      alter table record add column end_asked date, add column identity_erased date;
      alter table leaf
        alter column record_point drop not null,
        alter column sealed drop not null,
        alter column tag drop not null,
        alter column salt drop not null;
    `,
};
