/**
 * POST /desk/sanctions, /desk/sanctions/:sanction/lift: decode → record, with the end of every session and with
 * what platforms must be told, in one transaction → tell → reply. The reply waits a moment for the telling, and
 * not longer: what is not told by then is told from the outbox.
 */
import { checkShape, readJson } from '@answerable/kit/read-json';
import { Refusal } from '@answerable/protocol/refusal';
import {
  type LadderStep,
  type SanctionRequest,
  type SanctionResponse,
  sanctionRequest,
} from '@answerable/protocol/report/sanction';
import { id } from '@answerable/protocol/wire';
import type { Context } from 'hono';
import type { GatewayParts } from '../parts.ts';
import { endsByItself, kindsOf } from './holding.ts';

/** The desk waits for our answer; a platform that hangs is not waited for. */
const tellMsMax = 1_500;

/** POST /desk/sanctions */
export function imposeSanction(parts: GatewayParts) {
  return async (c: Context) => {
    const request = await readJson(c, sanctionRequest);
    requireOrder(request);
    const accounts = await parts.sanctions.store.impose(request, parts.clock.now());
    // From here on the sanction holds, whatever happens to the telling: the outbox repeats that.
    parts.events.sanctioned(request.step);
    return c.json(await toldOf(accounts, request.step, parts));
  };
}

/** POST /desk/sanctions/:sanction/lift */
export function liftSanction(parts: GatewayParts) {
  return async (c: Context) => {
    const lifted = checkShape(c.req.param('sanction'), id);
    const accounts = await parts.sanctions.store.lift(lifted, parts.clock.now());
    const step = (await parts.sanctions.store.row(lifted))?.step ?? 'bar';
    return c.json(await toldOf(accounts, step, parts));
  };
}

/** Refuses what would end before it begins. */
export function requireOrder({ from, until, step }: SanctionRequest): void {
  if (from && until && endsByItself(step) && Date.parse(from) >= Date.parse(until))
    throw new Refusal('malformed', 'from');
}

async function toldOf(
  accounts: string[],
  step: LadderStep,
  { sanctions }: GatewayParts,
): Promise<SanctionResponse> {
  const { teller, tellings } = sanctions;
  // Nothing of the record depends on what follows: a database that goes away now does not make it undone.
  await teller.settle(accounts, tellMsMax).catch(() => {});
  const acts = await tellings.newestActs(accounts, kindsOf(step));
  if (acts.length === 0) return { accounts };
  const states = { pending: 'waits', done: 'done', undone: 'by-hand', dropped: 'done' } as const;
  return {
    accounts,
    acts: acts.map(({ sub, act, state, could }) => ({ sub, act, state: states[state], could })),
  };
}
