/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
/**
 * GET and POST /report: anybody reports with a browser. Whoever links here may fill some of it in
 * (`/report?at=…&reason=…`); that is shown to be read and changed, and believed no more than what is typed.
 */
import { reportReasons } from '@answerable/protocol/report/report';
import type { Context } from 'hono';
import { displayText } from '../console/display-text.tsx';
import type { DeskParts } from '../parts.ts';
import { storable } from '../storable.ts';
import type { Gate } from './gate.ts';
import { publicPage } from './public-page.tsx';
import { newId, recordReport } from './record-report.ts';
import {
  type Fault,
  faultsOf,
  formKey,
  keepPictures,
  type ReportFields,
  reportFields,
  toReport,
} from './report-form.ts';
import { placesMax, ReportPage } from './report-page.tsx';
import { type FormStatus, takeForm } from './take-form.ts';

const empty: Omit<ReportFields, 'token'> = {
  at: '',
  copy: '',
  reasons: [],
  characteristics: [],
  capacity: '',
  what: '',
  stills: false,
  goodFaith: false,
  tell: true,
  isIntimateImage: false,
  madeBy: '',
  trueToBelief: false,
  canBeFound: false,
  contact: '',
};

export const showReportForm = (parts: DeskParts) => (c: Context) => {
  const at = displayText(storable(c.req.query('at') ?? '')).slice(0, placesMax);
  const reasons = reportReasons.filter((one) => c.req.queries('reason')?.includes(one));
  return reportPage(c, parts, { ...empty, token: newId(), at, reasons }, []);
};

export const takeReportForm = (parts: DeskParts, gate: Gate) =>
  takeForm(parts, gate, {
    read: reportFields,
    show: (c, fields, faults, status) =>
      reportPage(c, parts, fields ?? { ...empty, token: newId() }, faults, status),
    async take(fields, form) {
      const faults = faultsOf(fields);
      if (faults.length > 0) return { faults };
      const files = await form.files('pictures');
      const media = await keepPictures(parts, files, fields.stills);
      if (!Array.isArray(media)) return { faults: [media] };
      const given = await toReport(parts, fields, media);
      const recorded = await recordReport(parts, given, { platform: false, formKey: formKey(fields, files) });
      // From here on the report is on the record; what it sets off stands in the outbox.
      if (recorded.fresh) parts.events.reported(given);
      return { receipt: recorded.receipt };
    },
  });

function reportPage(
  c: Context,
  { config }: DeskParts,
  fields: ReportFields,
  faults: readonly Fault[],
  status: FormStatus = 200,
) {
  const title = faults.length > 0 ? 'Please look again' : 'Report something';
  return publicPage(
    c,
    config,
    { title, heading: 'Report something', status },
    <ReportPage config={config} fields={fields} faults={faults} />,
  );
}
