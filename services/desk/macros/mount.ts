/** Reasons kept ready: who decides here keeps them, everybody who works here reads them. */
import type { ServiceApp } from '@answerable/kit/service';
import { staffRoles } from '../casework/event.ts';
import { welcome } from '../deciding/welcome.ts';
import type { DeskParts } from '../parts.ts';
import { addMacro, editMacro, retireMacro, showMacro, showMacros } from './show-macros.tsx';

export function mountMacros(app: ServiceApp, parts: DeskParts): void {
  const staff = parts.signIn.require(...staffRoles);
  const keepers = parts.signIn.require('moderator', 'appeals', 'admin');
  app.get('/reasons', welcome(parts), staff, showMacros(parts));
  app.get('/reasons/:macro', welcome(parts), staff, showMacro(parts));
  app.post('/reasons', keepers, addMacro(parts));
  app.post('/reasons/:macro', keepers, editMacro(parts));
  app.post('/reasons/:macro/retire', keepers, retireMacro(parts));
}
