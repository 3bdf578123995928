/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
/** GET and POST /complain: anybody complains with a browser (`/complain?receipt=…&kind=…` fills some of it in). */
import { Refusal } from '@answerable/protocol/refusal';
import type { Context } from 'hono';
import { displayText } from '../console/display-text.tsx';
import type { DeskParts } from '../parts.ts';
import { storable } from '../storable.ts';
import {
  type ComplaintFields,
  complaintFaults,
  complaintFields,
  receiptIn,
  toComplaint,
} from './complaint-form.ts';
import { ComplaintPage } from './complaint-page.tsx';
import type { Gate } from './gate.ts';
import { publicPage } from './public-page.tsx';
import { newId, recordComplaint } from './record-report.ts';
import { type Fault, formKey } from './report-form.ts';
import { type FormStatus, takeForm } from './take-form.ts';

const blank = (): ComplaintFields => ({
  token: newId(),
  kind: '',
  receipt: '',
  at: '',
  what: '',
  capacity: '',
  goodFaith: false,
  tell: true,
});

export const showComplaintForm = (parts: DeskParts) => (c: Context) => {
  const asked = (name: string) => displayText(storable(c.req.query(name) ?? ''));
  const fields = { ...blank(), kind: asked('kind'), receipt: receiptIn(asked('receipt')), at: asked('at') };
  return complaintPage(c, parts, fields, []);
};

export const takeComplaintForm = (parts: DeskParts, gate: Gate) =>
  takeForm(parts, gate, {
    read: complaintFields,
    show: (c, fields, faults, status) => complaintPage(c, parts, fields ?? blank(), faults, status),
    async take(fields) {
      const faults = complaintFaults(fields);
      if (faults.length > 0) return { faults };
      try {
        const given = await toComplaint(parts, fields);
        return await recordComplaint(parts, given, { platform: false, formKey: formKey(fields, []) });
      } catch (error) {
        if (!(error instanceof Refusal) || error.pointer !== 'receipt') throw error;
        return { faults: [{ field: 'receipt', words: 'There is no report with this code.' }] };
      }
    },
  });

function complaintPage(
  c: Context,
  { config }: DeskParts,
  fields: ComplaintFields,
  faults: readonly Fault[],
  status: FormStatus = 200,
) {
  const title = faults.length > 0 ? 'Please look again' : 'Complain';
  const options = { title, heading: 'Complain about this service', status };
  return publicPage(c, config, options, <ComplaintPage config={config} fields={fields} faults={faults} />);
}
