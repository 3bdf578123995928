/** Requests to open one account: what authorities ask, and what the people here see of it. */
import type { ServiceApp } from '@answerable/kit/service';
import { staffRoles } from '../casework/event.ts';
import { welcome } from '../deciding/welcome.ts';
import type { DeskParts } from '../parts.ts';
import { askDisclosure, showDisclosure } from './ask-disclosure.ts';
import { showRequests } from './show-requests.tsx';

export function mountDisclosure(app: ServiceApp, parts: DeskParts): void {
  // Without a trust policy there is nobody who could ask, and nothing that could be opened.
  if (!parts.config.policyPath) return;
  app.post('/disclosures', askDisclosure(parts));
  app.get('/disclosures/:caseId', showDisclosure(parts));
  app.get('/requests', welcome(parts), parts.signIn.require(...staffRoles), showRequests(parts));
}
