/** Tables of a guardian: the cases it was sent, what its people decided, what it released. */

import type { Migration } from '@answerable/kit/database';
import { logOutboxMigration } from '@answerable/kit/log-outbox';
import { witnessMigration } from '@answerable/kit/witness';

export interface GuardianTables {
  case_file: {
    case_id: string;
    /** signed filing, JSON */
    filing: string;
    salt: string;
    filing_commitment: string;
    filing_index: number;
    ciphertext_hash: string;
    received: Date;
    /** signed ask, JSON; gone when the case is refused */
    ask: string | null;
    /** the package as it was sealed to us; gone when the case is refused */
    sealed: string | null;
    /** signed approval or refusal, JSON */
    judgement: string | null;
    judgement_salt: string | null;
    judgement_key: string | null;
  };
  case_reply: { case_id: string; reply: string };
  /** the approvals' places in the log, JSON */
  share_release: { case_id: string; approvals: string };
  identity_release: { case_id: string; sealed_hash: string };
  case_notice: { case_id: string; key: string };
  /** quarters whose refusals are counted in public, by their last day */
  refusals_given: { quarter: string; key: string };
}

export const migrations: readonly Migration[] = [
  logOutboxMigration,
  witnessMigration,
  {
    name: '001-guardian',
    up: `
      create table case_file (
        case_id text primary key,
        filing text not null,
        salt text not null,
        filing_commitment text not null,
        filing_index int8 not null,
        ciphertext_hash text not null,
        received timestamptz not null,
        ask text,
        sealed text,
        judgement text,
        judgement_salt text,
        judgement_key text references log_outbox (key),
        check ((judgement is null) = (judgement_key is null))
      );
      create table case_reply (
        case_id text not null references case_file (case_id),
        reply text not null,
        primary key (case_id, reply)
      );
      create table share_release (
        case_id text primary key references case_file (case_id),
        approvals text not null
      );
      create table identity_release (
        case_id text primary key references share_release (case_id),
        sealed_hash text not null
      );
      create table case_notice (
        case_id text primary key references share_release (case_id),
        key text not null references log_outbox (key)
      );
    `,
  },
  {
    // Who agreed publishes too, also when nobody asked it for its share.
    name: '002-notice-by-approval',
    up: `
      alter table case_notice drop constraint case_notice_case_id_fkey;
      alter table case_notice add foreign key (case_id) references case_file (case_id);
    `,
  },
  {
    name: '003-refusals-given',
    up: `
      create table refusals_given (
        quarter date primary key,
        key text not null references log_outbox (key)
      );
    `,
  },
];
