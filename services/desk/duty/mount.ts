/** The duty record: read by everybody who works here, kept and exported by an admin; the terms are for all. */
import type { ServiceApp } from '@answerable/kit/service';
import { staffRoles } from '../casework/event.ts';
import { welcome } from '../deciding/welcome.ts';
import type { DeskParts } from '../parts.ts';
import { keepRecord } from './record-verbs.ts';
import {
  exportJson,
  exportStatements,
  exportTable,
  showDocument,
  showDuties,
  showExport,
  showMeasures,
  showRisks,
  showTerms,
  showTermsToAll,
} from './show-duties.tsx';

export function mountDuty(app: ServiceApp, parts: DeskParts): void {
  const { signIn } = parts;
  const [reading, keeping] = [signIn.require(...staffRoles), signIn.require('admin')];
  app.get('/terms', showTermsToAll(parts));
  app.get('/duties', welcome(parts), reading, showDuties(parts));
  app.get('/duties/risks', welcome(parts), reading, showRisks(parts));
  app.get('/duties/measures', welcome(parts), reading, showMeasures(parts));
  app.get('/duties/terms', welcome(parts), reading, showTerms(parts));
  app.get('/duties/export', welcome(parts), keeping, showExport(parts));
  app.get('/duties/record.html', keeping, showDocument(parts));
  app.get('/duties/record.json', keeping, exportJson(parts));
  app.get('/duties/figures.csv', keeping, exportTable(parts));
  app.get('/duties/statements/:n', keeping, exportStatements(parts));
  app.post('/duties/risks', keeping, keepRecord(parts, 'risk', '/duties/risks'));
  app.post('/duties/measures', keeping, keepRecord(parts, 'measure', '/duties/measures'));
  app.post('/duties/clauses', keeping, keepRecord(parts, 'clause', '/duties/terms'));
  app.post('/duties/clauses/end', keeping, keepRecord(parts, 'clause-ended', '/duties/terms'));
}
