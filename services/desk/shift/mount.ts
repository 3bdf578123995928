/** What somebody's own shift is made of: what they saw, breaks, limits, notes, handing over. */
import type { ServiceApp } from '@answerable/kit/service';
import { staffRoles } from '../casework/event.ts';
import { welcome } from '../deciding/welcome.ts';
import type { DeskParts } from '../parts.ts';
import { handOver } from './hand-over.ts';
import {
  countExposure,
  countOpened,
  endBreak,
  leaveNote,
  setBounds,
  setLimits,
  takeBreak,
  takeDownNote,
} from './shift-verbs.ts';
import { showShift } from './show-shift.tsx';

export function mountShift(app: ServiceApp, parts: DeskParts): void {
  const staff = parts.signIn.require(...staffRoles);
  app.get('/shift', welcome(parts), staff, showShift(parts));
  app.use('/shift/*', staff);
  app.post('/shift/exposure', countExposure(parts));
  app.get('/shift/opened.svg', countOpened(parts));
  app.post('/shift/break', takeBreak(parts));
  app.post('/shift/break/end', endBreak(parts));
  app.post('/shift/limits', setLimits(parts));
  app.post('/shift/bounds', setBounds(parts));
  app.post('/shift/notes', leaveNote(parts));
  app.post('/shift/notes/:note/done', takeDownNote(parts));
  app.post('/shift/hand-over', handOver(parts));
}
