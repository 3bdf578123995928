/** What the window may ask about the person's own record, and what it gets to see: neither ε nor lineage. */
import type { EndStep, PendingEnd, ViewResponse } from '@answerable/protocol/enrolment/record-life';
import type { ClosedAccounts } from '../../engine/end-record.ts';
import type { ShownRecord } from '../../engine/show-record.ts';
import type { Seen } from '../../engine/state.ts';

export interface RecordView {
  record: Omit<ViewResponse, 'entropy' | 'sealed' | 'devices'>;
  devices: ShownRecord['devices'];
  seal: ShownRecord['seal'];
}

/** What was last seen of the record, and whether this device was removed. */
export interface RecordNews {
  seen: Seen | null;
  removed: boolean;
}

export interface RecordActions {
  record: [undefined, RecordView];
  /** One file, to be saved. */
  exportRecord: [undefined, { name: string; text: string }];
  endRecord: [{ step: EndStep }, { end: PendingEnd | null }];
  closeAccounts: [undefined, ClosedAccounts];
  nameDevice: [{ label: string }, null];
  removeDevice: [{ device: string }, null];
}
