/** After a death: the page for those who are left, and what the people on duty can begin. */
import type { ServiceApp } from '@answerable/kit/service';
import { staffRoles } from '../casework/event.ts';
import { welcome } from '../deciding/welcome.ts';
import type { DeskParts } from '../parts.ts';
import { askAfterDeath, showAfterDeath } from './after-death.tsx';
import { addTerm, agreeToVigil, removeTerm, startVigil, stopVigil } from './vigil-verb.ts';
import { showVigils } from './vigils-page.tsx';

export function mountVigil(app: ServiceApp, parts: DeskParts): void {
  const staff = parts.signIn.require(...staffRoles);
  app.get('/after-a-death', showAfterDeath(parts));
  app.post('/after-a-death', askAfterDeath(parts));
  for (const path of ['/vigils', '/vigils/*']) app.use(path, welcome(parts), staff);
  app.get('/vigils', showVigils(parts));
  app.post('/vigils', startVigil(parts));
  app.post('/vigils/terms', addTerm(parts));
  app.post('/vigils/terms/:term/end', removeTerm(parts));
  app.post('/vigils/:vigil/agree', agreeToVigil(parts));
  app.post('/vigils/:vigil/end', stopVigil(parts));
}
