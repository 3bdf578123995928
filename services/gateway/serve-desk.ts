/**
 * What the desk of this trust domain asks (ARCHITECTURE, "Who talks to whom"): numbers for persons within a
 * case, words for holders (sanctions: sanctions/). The desk never sees a pseudonym.
 */
import { readJson } from '@answerable/kit/read-json';
import { commitmentRequest, inboxRequest, personsRequest } from '@answerable/protocol/report/sanction';
import type { Context } from 'hono';
import type { GatewayParts } from './parts.ts';

/** POST /desk/persons */
export function numberPersons({ cases }: GatewayParts) {
  return async (c: Context) => {
    const { caseId, subs } = await readJson(c, personsRequest);
    return c.json({ persons: await cases.numberPersons(caseId, subs) });
  };
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
