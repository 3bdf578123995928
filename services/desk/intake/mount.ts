/** What anybody, and the platform itself, sends in; and the pictures among it, for those who work here. */
import type { ServiceApp } from '@answerable/kit/service';
import { staffRoles } from '../casework/event.ts';
import { givePack } from '../evidence/give-pack.ts';
import type { DeskParts } from '../parts.ts';
import { addToReport, changeWishes } from './change-report.ts';
import { pictureBytesMax } from './decode-picture.ts';
import { createGate } from './gate.ts';
import { submissionBytesMax } from './read-submission.ts';
import { describeMedia, showMedia } from './show-media.ts';
import { lookUpReceipt, showReceipt } from './show-receipt.tsx';
import { showComplaintForm, takeComplaintForm } from './take-complaint-form.tsx';
import { takeMedia } from './take-media.ts';
import { takeComplaint, takeReport } from './take-report.ts';
import { showReportForm, takeReportForm } from './take-report-form.tsx';

export function mountIntake(app: ServiceApp, parts: DeskParts): void {
  const gate = createGate(parts);
  const staff = parts.signIn.require(...staffRoles);
  app.get('/report', showReportForm(parts));
  app.post('/report', takeReportForm(parts, gate));
  app.get('/complain', showComplaintForm(parts));
  app.post('/complain', takeComplaintForm(parts, gate));
  app.post('/reports', takeReport(parts, gate));
  app.post('/complaints', takeComplaint(parts, gate));
  app.get('/receipts', lookUpReceipt(parts));
  app.get('/receipts/:receipt', showReceipt(parts));
  app.get('/receipts/:receipt/evidence', givePack(parts, gate));
  app.post('/receipts/:receipt/additions', addToReport(parts, gate));
  app.post('/receipts/:receipt/wishes', changeWishes(parts, gate));
  app.post('/media', takeMedia(parts, gate));
  app.get('/media/:hash', staff, showMedia(parts, 'picture'));
  app.get('/media/:hash/blurred', staff, showMedia(parts, 'preview'));
  app.post('/media/:hash/description', staff, describeMedia(parts));
}

/** So much more than it reads is let in, so that a person gets a page that says it was too much. */
const tooMuchBytesMax = 4 * submissionBytesMax;

/** Addresses that take pictures, and how large a body may be there. */
export function largerBodies(path: string): number | undefined {
  if (path === '/report' || path === '/complain') return tooMuchBytesMax;
  if (/^\/receipts\/[\w-]{22}\/additions$/.test(path)) return submissionBytesMax;
  return path === '/media' ? pictureBytesMax : undefined;
}
