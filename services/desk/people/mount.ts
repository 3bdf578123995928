/**
 * The people who work here: who may see which case, and that an observer changes nothing. Mounted before every
 * other room, so that no address is left out.
 */
import type { ServiceApp } from '@answerable/kit/service';
import { Refusal } from '@answerable/protocol/refusal';
import type { Context, Next } from 'hono';
import { refusalPage } from '../console/refusal-page.tsx';
import { wantsJson } from '../deciding/staff-verb.ts';
import type { DeskParts } from '../parts.ts';
import { requireTheirs } from './queue-access.ts';

/** What an observer may send: things of their own. */
const ownAddresses = ['/sign-out', '/you/', '/shift/exposure', '/shift/break', '/shift/limits'];

export function mountPeople(app: ServiceApp, parts: DeskParts): void {
  app.use(observersRead(parts));
  app.use('/cases/:caseId/*', onlyTheirs(parts));
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
