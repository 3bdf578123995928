/**
 * The OpenID provider with the keys of the hour. The library takes its keys once, so that a change of keys is a
 * new provider in the place of the old one; its state is all in the database, and whatever is under way goes on
 * with the one that it began with.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Clock } from '@answerable/kit/clock';
import type { Provider } from 'oidc-provider';
import { type KeySet, planAt } from './key-plan.ts';
import { readKeySets } from './keys.ts';

/** How often the folder is looked into for what another gateway or a command did there. */
const lookMs = 30_000;

/** What everybody else uses of the provider: always that of the keys in force. */
export type LiveProvider = Pick<Provider, 'Client' | 'Interaction' | 'interactionDetails' | 'callback'>;

export interface KeyFolder {
  keysDir: string;
  overlapMs: number;
  clock: Clock;
}

/** `make` is called once for each new plan; its sets are in the plan's order, the signing one first. */
export function liveProvider(
  { keysDir, overlapMs, clock }: KeyFolder,
  make: (shown: readonly KeySet[]) => Provider,
): LiveProvider {
  const planNow = () => planAt(readKeySets(keysDir), clock.now().getTime(), overlapMs);
  const made = (plan: ReturnType<typeof planNow>) => {
    const provider = make(plan.shown);
    return { plan, provider, handle: provider.callback(), lookedAt: clock.now().getTime() };
  };
  const name = (shown: readonly KeySet[]) => shown.map(({ serial }) => serial).join();
  let live = made(planNow());

  const current = () => {
    const now = clock.now().getTime();
    const { plan, lookedAt } = live;
    const due = now >= (plan.changesAt ?? Number.POSITIVE_INFINITY) || Math.abs(now - lookedAt) >= lookMs;
    if (!due) return live;
    const next = planNow();
    // A folder that is empty for a moment (a copy under way) takes nothing away.
    if (next.shown.length > 0 && name(next.shown) !== name(plan.shown)) live = made(next);
    else live = { ...live, plan: { ...plan, changesAt: next.changesAt }, lookedAt: now };
    return live;
  };

  return {
    get Client() {
      return current().provider.Client;
    },
    get Interaction() {
      return current().provider.Interaction;
    },
    interactionDetails: (req: IncomingMessage, res: ServerResponse) =>
      current().provider.interactionDetails(req, res),
    callback: () => (req: IncomingMessage, res: ServerResponse) => current().handle(req, res),
  };
}
