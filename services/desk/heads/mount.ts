/** Where the record ended on each day: for staff with a check of it, and in public as bare hashes. */
import type { ServiceApp } from '@answerable/kit/service';
import { staffRoles } from '../casework/event.ts';
import { welcome } from '../deciding/welcome.ts';
import type { DeskParts } from '../parts.ts';
import { showHeads, showPublicHeads } from './show-heads.tsx';

export function mountHeads(app: ServiceApp, parts: DeskParts): void {
  app.get('/public/heads', showPublicHeads(parts));
  app.get('/heads', welcome(parts), parts.signIn.require(...staffRoles), showHeads(parts));
}
