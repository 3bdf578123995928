/** The addresses of the console. Every role signs in with a passkey; each page says who may open it. */
import { requireBearer } from '@answerable/kit/bearer';
import { showPasskeyScript } from '@answerable/kit/passkey-script';
import type { ServiceApp } from '@answerable/kit/service';
import type { GatewayParts } from '../parts.ts';
import { makeToken, removeToken } from './api-tokens-page.tsx';
import type { ConsoleParts } from './console-parts.ts';
import { emergencyByHand, showEmergency, showEmergencyForm } from './emergency-pages.tsx';
import { makeKeys, showKeys } from './keys-page.tsx';
import {
  invitePerson,
  linkPerson,
  placePerson,
  removePerson,
  showPeople,
  showPerson,
} from './people-pages.tsx';
import { sanctionByHand, showSanctionForm } from './sanction-form.tsx';
import { endByHand, showOneSanction, showSanctions } from './sanction-pages.tsx';
import { showPlatform } from './show-platform.tsx';
import { showRecord } from './show-record.tsx';
import { showStart } from './show-start.tsx';
import {
  beginPasskey,
  beginPasskeySignIn,
  join,
  machineLink,
  makePasskey,
  passkeySignIn,
  removePasskey,
  showInvitation,
  showPasskeySignIn,
  showYou,
} from './sign-in-pages.tsx';

import { lookAtUndone, retryUndone, showUndone, tickOffUndone } from './undone-pages.tsx';

export function mountConsole(app: ServiceApp, parts: GatewayParts): void {
  const own = parts.console;
  mountDoors(app, own);
  app.get('/', showStart(parts));
  app.get('/you', showYou(own));
  app.post('/you/passkeys/challenge', beginPasskey(own));
  app.post('/you/passkeys', makePasskey(own));
  app.post('/you/passkeys/removal', removePasskey(own));
  app.post('/you/tokens', makeToken(own));
  app.post('/you/tokens/removal', removeToken(own));
  app.get('/platforms/:platform', showPlatform(parts));
  app.get('/platforms/:platform/sanction', showSanctionForm(parts));
  app.post('/platforms/:platform/sanction', sanctionByHand(parts));
  app.get('/sanctions', showSanctions(parts));
  app.get('/sanctions/:sanction', showOneSanction(parts));
  app.post('/sanctions/:sanction/end', endByHand(parts));
  app.get('/emergency', showEmergency(parts));
  app.get('/platforms/:platform/emergency', showEmergencyForm(parts));
  app.post('/platforms/:platform/emergency', emergencyByHand(parts));
  app.get('/undone', showUndone(parts));
  app.post('/undone', retryUndone(parts));
  app.post('/undone/:act/look', lookAtUndone(parts));
  app.post('/undone/:act/done', tickOffUndone(parts));
  app.get('/keys', showKeys(parts));
  app.post('/keys', makeKeys(parts));
  app.get('/people', showPeople(own));
  app.post('/people', invitePerson(own));
  app.get('/people/:id', showPerson(own));
  app.post('/people/:id/role', placePerson(own));
  app.post('/people/:id/links', linkPerson(own));
  app.post('/people/:id/removal', removePerson(own));
  app.get('/record', showRecord(parts));
}

/** For who is not signed in yet. */
function mountDoors(app: ServiceApp, parts: ConsoleParts): void {
  const { adminToken } = parts.config;
  if (adminToken) app.post('/operator/sign-in-links', requireBearer(adminToken), machineLink(parts));
  app.get('/join', showInvitation(parts));
  app.post('/join', join(parts));
  app.get('/scripts/passkeys.js', showPasskeyScript);
  app.get('/sign-in/passkey', showPasskeySignIn(parts));
  app.post('/sign-in/passkey/challenge', beginPasskeySignIn(parts));
  app.post('/sign-in/passkey', passkeySignIn(parts));
  parts.signIn.mount(app);
}
