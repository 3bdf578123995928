/** The care path: alarms, looking in again, whom to call, which numbers are shown. */
import type { ServiceApp } from '@answerable/kit/service';
import { staffRoles } from '../casework/event.ts';
import { welcome } from '../deciding/welcome.ts';
import type { DeskParts } from '../parts.ts';
import { addStep, endAlarm, raiseAlarm, raiseAnywhere } from './alarm-verb.ts';
import { checkWelfare } from './check-welfare.ts';
import { showHelp } from './help-page.tsx';
import { lookForAlarms } from './look-for-alarms.ts';
import { addOnCall, endOnCall, showOnCall } from './on-call-page.tsx';
import { showAlarm, showAlarmFront } from './show-alarm.tsx';
import { compareSignpost, showSignposts } from './signposts-page.tsx';
import { takeWish } from './take-wish.ts';

/** Before every page of the console, so that an alarm is on each of them. */
export function mountCare(app: ServiceApp, parts: DeskParts): void {
  const staff = parts.signIn.require(...staffRoles);
  app.use(lookForAlarms(parts));
  app.get('/help', showHelp(parts));
  for (const path of ['/alarm', '/alarms/*', '/on-call', '/on-call/*', '/signposts', '/signposts/*'])
    app.use(path, welcome(parts), staff);
  app.get('/alarm', showAlarmFront(parts));
  app.post('/alarm', raiseAnywhere(parts));
  app.get('/alarms/:caseId', showAlarm(parts));
  app.post('/alarms/:caseId/alarm', raiseAlarm(parts));
  app.post('/alarms/:caseId/steps', addStep(parts));
  app.post('/alarms/:caseId/end', endAlarm(parts));
  app.get('/on-call', showOnCall(parts));
  app.post('/on-call', addOnCall(parts));
  app.post('/on-call/:id/end', endOnCall(parts));
  app.get('/signposts', showSignposts(parts));
  app.post('/signposts/:entry', compareSignpost(parts));
  // Behind the sign-in of /cases/*, which is mounted with the verbs of deciding.
  app.post('/cases/:caseId/welfare', staff, checkWelfare(parts));
}

/** Behind the domain token, with what else holders say. */
export function mountWishes(app: ServiceApp, parts: DeskParts): void {
  app.post('/holder/wishes', takeWish(parts));
}
