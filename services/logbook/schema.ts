/** Tables of the logbook. All of it becomes public but `submission`, which joins a random key to a leaf. */
import type { Migration } from '@answerable/kit/database';
import type { Generated } from 'kysely';

export interface LogbookTables {
  /** One row. */
  head: {
    one: Generated<boolean>;
    size: number;
    root: Buffer;
    appended_at: number;
    verifier_key: string | null;
  };
  entry: { index: number; leaf: Buffer; bytes: Buffer };
  waiting: { leaf: Buffer; arrival: Generated<number>; bytes: Buffer };
  submission: { key: string; leaf: Buffer };
  policy_serial: { network: string; serial: number; leaf: Buffer };
  checkpoint: { size: number; note: Buffer };
  successor_policy: { serial: number; file: string; proven: boolean };
}

export const migrations: readonly Migration[] = [
  {
    name: '001-logbook',
    up: `
      create table head (
        one boolean primary key default true check (one),
        size int8 not null check (size >= 0),
        root bytea not null check (length(root) = 32),
        appended_at int8 not null,
        verifier_key text
      );
      insert into head (size, root, appended_at) values (0, sha256(''), 0);
      create table entry (
        index int8 primary key check (index >= 0),
        leaf bytea not null unique check (length(leaf) = 32),
        bytes bytea not null
      );
      create table waiting (
        leaf bytea primary key,
        arrival int8 generated always as identity,
        bytes bytea not null
      );
      create table submission (key text primary key, leaf bytea not null);
      create table policy_serial (
        network text not null,
        serial int8 not null,
        leaf bytea not null,
        primary key (network, serial)
      );
      create table checkpoint (size int8 primary key, note bytea not null);
    `,
  },
  {
    name: 'successors-policy',
    up: `
      create table successor_policy (
        serial int8 primary key check (serial > 1),
        file text not null,
        proven boolean not null
      );
    `,
  },
];
