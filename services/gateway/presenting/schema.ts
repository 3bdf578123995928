/** The newest presentation of an account after its admission; the admission record itself never changes. */
import type { Migration } from '@answerable/kit/database';
import type { PresentAgain } from '@answerable/protocol/admission/answer';
import type { AdmissionRequest } from '@answerable/protocol/admission/request';
import type { ColumnType } from 'kysely';

export interface PresentedRecord {
  v: 1;
  request: AdmissionRequest;
  requestSignature: string;
  answer: PresentAgain;
  day: string;
}

export interface PresentedAgain {
  sub: string;
  epoch: number;
  record: ColumnType<PresentedRecord, string, string>;
}

export const presentingMigration: Migration = {
  name: 'presenting-001',
  up: `
    create table presented_again (
      sub text primary key references account (sub) on delete cascade,
      epoch bigint not null,
      record jsonb not null
    );
  `,
};
