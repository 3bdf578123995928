/**
 * What the desk of this trust domain asks (ARCHITECTURE, "Who talks to whom"): numbers for persons within a
 * case, sanctions at once and lifted, words for holders. The desk never sees a pseudonym.
 */
import { checkShape, readJson } from '@answerable/kit/read-json';
import {
  commitmentRequest,
  inboxRequest,
  personsRequest,
  sanctionRequest,
} from '@answerable/protocol/report/sanction';
import { id } from '@answerable/protocol/wire';
import type { Context } from 'hono';
import type { GatewayParts } from './parts.ts';

/** POST /desk/persons */
export function numberPersons({ cases }: GatewayParts) {
  return async (c: Context) => {
    const { caseId, subs } = await readJson(c, personsRequest);
    return c.json({ persons: await cases.numberPersons(caseId, subs) });
  };
}

/** POST /desk/sanctions: recorded with the end of every session it ends; then the platforms are told. */
export function sanction({ cases, events }: GatewayParts) {
  return async (c: Context) => {
    const request = await readJson(c, sanctionRequest);
    const accounts = await cases.sanction(request, request.step === 'suspend' || request.step === 'bar');
    // From here on the sanction holds, whatever happens to the telling: upkeep repeats that.
    events.sanctioned(request.step);
    await events.tellEndedSessions();
    return c.json({ accounts });
  };
}

/** POST /desk/sanctions/:sanction/lift */
export function liftSanction({ cases }: GatewayParts) {
  return async (c: Context) =>
    c.json({ accounts: await cases.lift(checkShape(c.req.param('sanction'), id)) });
}

/** POST /desk/inbox */
export function writeInbox({ cases }: GatewayParts) {
  return async (c: Context) => c.json({ accounts: await cases.writeInbox(await readJson(c, inboxRequest)) });
}

/** POST /desk/commitments: recorded with its entry for the log, once for an id; delivered from the outbox. */
export function commit({ cases, deliver }: GatewayParts) {
  return async (c: Context) => {
    const { id: given, commitment } = await readJson(c, commitmentRequest);
    const logKey = await cases.commit(given, { v: 1, kind: 'commitment', commitment });
    // From here on the entry waits in the outbox; when the log is away, upkeep brings it later.
    await deliver().catch(() => {});
    return c.json({ logKey });
  };
}
