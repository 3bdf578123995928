/** Tables of intake: pictures by hash, what came with a report, what was added to it afterwards. */
import type { Migration } from '@answerable/kit/database';
import type { IntimateImage } from '@answerable/protocol/report/intimate-image';
import type { ColumnType, Generated } from 'kysely';

type Json<T> = ColumnType<T, string, string>;

export interface IntakeTables {
  media: {
    /** SHA-256 of `picture`, base64url */
    hash: string;
    /** SHA-256 of the bytes as they were sent */
    source: string;
    width: number;
    height: number;
    picture: Buffer;
    preview: Buffer;
    /** what can be seen, in a moderator's words */
    description: Generated<string>;
    described_by: string | null;
    day: string;
  };
  report_media: { receipt: string; hash: string; kind: 'picture' | 'video-still' };
  report_detail: {
    receipt: string;
    /** the same form sent twice is one report */
    form_key: string | null;
    evidence: string;
    links: Json<string[]>;
    declared_by: IntimateImage['madeBy'] | null;
    /** erased some time after the decision */
    contact: string | null;
    complaint: string | null;
  };
  report_addition: { id: Generated<number>; receipt: string; day: string; words: string; evidence: string };
}

export const intakeMigrations: readonly Migration[] = [
  {
    name: 'intake-001-media',
    up: `
      create table media (
        hash text primary key,
        source text not null,
        width integer not null,
        height integer not null,
        picture bytea not null,
        preview bytea not null,
        description text not null default '',
        described_by text,
        day date not null
      );
      create table report_media (
        receipt text not null references report,
        hash text not null references media,
        kind text not null check (kind in ('picture', 'video-still')),
        primary key (receipt, hash)
      );
      create index report_media_hash on report_media (hash);
      create table report_detail (
        receipt text primary key references report,
        form_key text unique,
        evidence text not null,
        links jsonb not null,
        declared_by text check (declared_by in ('subject', 'acting-for-subject')),
        contact text,
        complaint text
      );
      create table report_addition (
        id bigint generated always as identity primary key,
        receipt text not null references report,
        day date not null,
        words text not null,
        evidence text not null
      );
      create index report_addition_receipt on report_addition (receipt);
    `,
  },
];
