/** What was reported with which receipt, and the evidence files that were made: hashes only, never what is in them. */
import type { Migration } from '@answerable/kit/database';
import type { PackManifest } from '@answerable/protocol/report/evidence-pack';
import type { ColumnType } from 'kysely';

type Json<T> = ColumnType<T, string, string>;

export interface EvidenceTables {
  /** absent for reports from before there were evidence files */
  report_item: { receipt: string; locator: string };
  evidence_pack: {
    id: string;
    receipt: string;
    /** hash over everything in it but its day */
    content: string;
    made: string;
    manifest: Json<PackManifest>;
    salt: string;
    /** C2SP tlog-proof, once the log has its commitment */
    proof: string | null;
  };
}

export const evidenceMigrations: readonly Migration[] = [
  {
    name: 'evidence-001',
    up: `
      create table report_item (
        receipt text not null references report on delete cascade,
        locator text not null,
        primary key (receipt, locator)
      );
      create table evidence_pack (
        id text primary key,
        receipt text not null references report on delete cascade,
        content text not null,
        made text not null,
        manifest jsonb not null,
        salt text not null,
        proof text
      );
      create index evidence_pack_receipt on evidence_pack (receipt, made);
    `,
  },
];
