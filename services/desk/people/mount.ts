/**
 * The people who work here: how they come in, who may see which case, and that an observer changes nothing.
 * Mounted before every other room, so that no address is left out.
 */
import { showPasskeyScript } from '@answerable/kit/passkey-script';
import type { ServiceApp } from '@answerable/kit/service';
import { Refusal } from '@answerable/protocol/refusal';
import type { Context, Next } from 'hono';
import { refusalPage } from '../console/refusal-page.tsx';
import { wantsJson } from '../deciding/staff-verb.ts';
import { welcome } from '../deciding/welcome.ts';
import type { DeskParts } from '../parts.ts';
import { joinDesk, showInvitation } from './join-desk.tsx';
import { inviteStaff, linkStaff, placeStaff, removeStaff, showPeople, showPerson } from './manage-staff.tsx';
import { requireTheirs } from './queue-access.ts';
import {
  beginPasskey,
  beginPasskeySignIn,
  makePasskey,
  passkeySignIn,
  removePasskey,
  showPasskeySignIn,
  showYou,
} from './use-passkeys.tsx';

/** What an observer may send: things of their own. */
const ownAddresses = [
  '/sign-out',
  '/you/',
  '/join',
  '/sign-in/',
  '/shift/exposure',
  '/shift/break',
  '/shift/limits',
];

export function mountPeople(app: ServiceApp, parts: DeskParts): void {
  app.use(observersRead(parts));
  app.use('/cases/:caseId/*', onlyTheirs(parts));
  mountDoors(app, parts);
  const { signIn } = parts;
  app.use('/you/*', welcome(parts), signIn.require());
  app.get('/you', showYou(parts));
  app.post('/you/passkeys/challenge', beginPasskey(parts));
  app.post('/you/passkeys', makePasskey(parts));
  app.post('/you/passkeys/removal', removePasskey(parts));
  app.use('/people/*', welcome(parts), signIn.require('admin'));
  app.get('/people', showPeople(parts));
  app.post('/people', inviteStaff(parts));
  app.get('/people/:id', showPerson(parts));
  app.post('/people/:id', placeStaff(parts));
  app.post('/people/:id/links', linkStaff(parts));
  app.post('/people/:id/removal', removeStaff(parts));
}

/** For who is not signed in yet. */
function mountDoors(app: ServiceApp, parts: DeskParts): void {
  app.get('/join', showInvitation(parts));
  app.post('/join', joinDesk(parts));
  app.get('/scripts/passkeys.js', showPasskeyScript);
  app.get('/sign-in/passkey', showPasskeySignIn(parts));
  app.post('/sign-in/passkey/challenge', beginPasskeySignIn(parts));
  app.post('/sign-in/passkey', passkeySignIn(parts));
}

const observersRead =
  ({ signIn, config }: DeskParts) =>
  async (c: Context, next: Next) => {
    if (c.req.method === 'GET' || c.req.method === 'HEAD') return next();
    const session = await signIn.find(c);
    const reads = session?.staff.roles.every((role) => role === 'observer') ?? false;
    if (!reads || ownAddresses.some((one) => c.req.path.startsWith(one))) return next();
    return refuse(c, config, new Refusal('forbidden'));
  };

const onlyTheirs =
  ({ signIn, store, config }: DeskParts) =>
  async (c: Context, next: Next) => {
    const session = await signIn.find(c);
    if (session?.staff.queues === undefined) return next();
    const state = await store.state(c.req.param('caseId') ?? '');
    try {
      if (state) requireTheirs(session.staff, state);
    } catch (error) {
      return refuse(c, config, error);
    }
    return next();
  };

function refuse(c: Context, config: DeskParts['config'], error: unknown) {
  if (wantsJson(c) || !(error instanceof Refusal)) throw error;
  return refusalPage(c, config, error, '/');
}
