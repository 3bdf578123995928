/** The rules that rank cases: staff read them, admins write them. */
import type { ServiceApp } from '@answerable/kit/service';
import { staffRoles } from '../casework/event.ts';
import { welcome } from '../deciding/welcome.ts';
import type { DeskParts } from '../parts.ts';
import { showRules, writeRules } from './show-rules.tsx';

export function mountRules(app: ServiceApp, parts: DeskParts): void {
  app.get('/rules', welcome(parts), parts.signIn.require(...staffRoles), showRules(parts));
  app.post('/rules', parts.signIn.require('admin'), writeRules(parts));
}
