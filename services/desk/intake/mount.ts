/** What anybody, and the platform itself, sends in. */
import type { ServiceApp } from '@answerable/kit/service';
import type { DeskParts } from '../parts.ts';
import { showReceipt } from './show-receipt.ts';
import { takeComplaint, takeReport } from './take-report.ts';

export function mountIntake(app: ServiceApp, parts: DeskParts): void {
  app.post('/reports', takeReport(parts));
  app.post('/complaints', takeComplaint(parts));
  app.get('/receipts/:receipt', showReceipt(parts));
}
