/** The addresses of the console. Every role signs in with a passkey; each page says who may open it. */
import { requireBearer } from '@answerable/kit/bearer';
import { showPasskeyScript } from '@answerable/kit/passkey-script';
import type { ServiceApp } from '@answerable/kit/service';
import type { Context } from 'hono';
import type { ConsoleParts } from './console-parts.ts';
import { addOrganisation, showOrganisations, standOrganisation } from './manage-organisations.tsx';
import { invitePerson, linkPerson, removePerson, showPeople, showPerson } from './manage-people.tsx';
import { judgeReview, showReview, showReviews } from './review-pages.tsx';
import { showRecord } from './show-record.tsx';
import {
  beginPasskey,
  beginPasskeySignIn,
  join,
  makePasskey,
  operatorLink,
  passkeySignIn,
  removePasskey,
  showInvitation,
  showPasskeySignIn,
  showStart,
  showYou,
} from './sign-in-pages.tsx';
import { saySuspension, showSuspensions, withdrawSuspension } from './suspension-pages.tsx';

import { beginVouch, vouch } from './vouch.ts';
import { checkVouch, showVouch, vouchDone } from './vouch-page.tsx';

export function mountConsole(app: ServiceApp, parts: ConsoleParts): void {
  mountDoors(app, parts);
  app.get('/', showStart(parts));
  app.get('/you', showYou(parts));
  app.post('/you/passkeys/challenge', beginPasskey(parts));
  app.post('/you/passkeys', thenTold(parts, makePasskey(parts)));
  app.post('/you/passkeys/removal', thenTold(parts, removePasskey(parts)));
  app.get('/people', showPeople(parts));
  app.post('/people', invitePerson(parts));
  app.get('/people/:id', showPerson(parts));
  app.post('/people/:id/links', thenTold(parts, linkPerson(parts)));
  app.post('/people/:id/removal', thenTold(parts, removePerson(parts)));
  app.get('/organisations', showOrganisations(parts));
  app.post('/organisations', addOrganisation(parts));
  app.post('/organisations/:id/standing', thenTold(parts, standOrganisation(parts)));
  app.get('/vouch', showVouch(parts));
  app.post('/vouch/check', checkVouch(parts));
  app.post('/vouch/challenge', beginVouch(parts));
  app.post('/vouch', vouch(parts));
  app.get('/vouch/done', vouchDone(parts));
  app.get('/reviews', showReviews(parts));
  app.get('/reviews/:id', showReview(parts));
  app.post('/reviews/:id', judgeReview(parts));
  app.get('/suspensions', showSuspensions(parts));
  app.post('/suspensions', saySuspension(parts));
  app.post('/suspensions/withdrawal', withdrawSuspension(parts));
  app.get('/record', showRecord(parts));
}

/** After what changes who may vouch, keepers hear of it; one that cannot be reached hears of it later. */
const thenTold = (parts: ConsoleParts, work: (c: Context) => Promise<Response>) => async (c: Context) => {
  const answer = await work(c);
  await parts.enrolment.tellReferees().catch(() => {});
  return answer;
};

/** For who is not signed in yet. */
function mountDoors(app: ServiceApp, parts: ConsoleParts): void {
  app.post('/operator/sign-in-links', requireBearer(parts.operatorToken), operatorLink(parts));
  app.get('/join', showInvitation(parts));
  app.post('/join', join(parts));
  app.get('/scripts/passkeys.js', showPasskeyScript);
  app.get('/sign-in/passkey', showPasskeySignIn(parts));
  app.post('/sign-in/passkey/challenge', beginPasskeySignIn(parts));
  app.post('/sign-in/passkey', passkeySignIn(parts));
  parts.signIn.mount(app);
}
