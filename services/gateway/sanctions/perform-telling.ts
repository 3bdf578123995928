/**
 * Does one telling: a back-channel logout at the platform's OpenID client, or an act through its connector.
 * Nothing that follows is kept in memory; done twice is done once.
 */
import { connect } from '@answerable/connector/connect';
import type { ConnectorMemory } from '@answerable/connector/memory';
import { notThere } from '@answerable/connector/perform';
import { type ActKind, byHand, type Platform } from '@answerable/connector/platform';
import type { Clock } from '@answerable/kit/clock';
import { Refusal } from '@answerable/protocol/refusal';
import type { GatewayConfig } from '../config.ts';
import type { Account } from '../store.ts';
import type { PerformTelling, Told } from './tell.ts';
import type { Telling } from './telling-store.ts';
import { noClient, noConnector, notFoundThere } from './words.ts';

/** An account that is not there may still be on its way: its holder has signed in here and is going there. */
const arrivalSeconds = 900;
const undoing: ReadonlySet<ActKind> = new Set(['restore-account', 'end-restriction']);
const done: Told = { done: true, could: '' };

export interface TellingParts {
  config: Pick<GatewayConfig, 'platforms'>;
  clock: Clock;
  memory: ConnectorMemory;
  accountBySub(sub: string): Promise<Account | undefined>;
  /** the address that was made for the account, if its platform insists on one */
  emailOf(account: Account): string | undefined;
  /** Tells the client. False if there is no such client; a client without an address counts as told. */
  signOut(clientId: string, sub: string): Promise<boolean>;
}

export function performTelling(parts: TellingParts): PerformTelling {
  const connectors = new Map<string, Platform>();
  for (const { name, connector } of parts.config.platforms)
    if (connector) connectors.set(name, connect(connector, parts.memory));

  return async (telling) => {
    if (telling.way === 'sign-out')
      return (await parts.signOut(telling.target, telling.sub)) ? done : { done: false, could: noClient };
    const kind = telling.kind!;
    const platform = connectors.get(telling.target);
    if (platform && telling.legacy !== null) return endClaim(platform, telling, telling.legacy, kind, parts);
    return platform ? act(platform, telling, kind, parts) : { done: false, could: noConnector(kind) };
  };
}

/** On an account that has no `sub`: under a word for it that the connector finds again, with the platform's own name. */
async function endClaim(
  platform: Platform,
  { act: id, sub, target: name, notice }: Telling,
  account: string,
  kind: ActKind,
  { memory }: TellingParts,
): Promise<Told> {
  const target = `account/${sub}`;
  await memory.keepNames([{ locator: target, platform: name, address: account, url: null }]);
  const told = await platform.act({ act: id, kind, target, account, notice });
  // Nobody has seen this account there before: a name that leads nowhere may be a wrong name, and is a person's.
  return told.could === notThere ? byHand(notFoundThere(kind)) : told;
}

async function act(platform: Platform, telling: Telling, kind: ActKind, parts: TellingParts): Promise<Told> {
  const { sub, act: id, notice } = telling;
  const account = await parts.accountBySub(sub);
  // An account whose record is gone is nobody's any more, here and there.
  if (!account) return done;
  const sought = { sub, handle: account.handle, email: parts.emailOf(account) };
  const target = platform.account ? await platform.account(sought) : `account/${sub}`;
  if (target !== undefined) return platform.act({ act: id, kind, target, notice });
  if (undoing.has(kind)) return done;
  const since = telling.since ?? parts.clock.now();
  if (parts.clock.now().getTime() - since.getTime() < arrivalSeconds * 1000) throw new Refusal('not_ready');
  return byHand(notFoundThere(kind));
}
