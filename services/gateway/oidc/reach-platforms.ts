/**
 * How the OpenID library reaches platforms: where their public keys are, and where they hear that a session ended.
 * Keys are fetched by https only (loopback when trying), whole in a few seconds and a few octets, looked at again
 * after a minute whatever the answer says of itself, and not more often than every ten seconds, whoever asks.
 * The address for the end of a session stands in the operator's settings, and may be inside their own network: a
 * forum often runs on the same machine. For keys the library's dispatcher reaches no such address.
 * Assumes: the library sets the time limit, and that dispatcher.
 * Must never: follow a redirect; what is sent would reach whoever the answer names.
 */
import type { Clock } from '@answerable/kit/clock';
import { Refusal } from '@answerable/protocol/refusal';
import type { GatewayConfig } from '../config.ts';
import type { LiveProvider } from './live-provider.ts';

/** Of a set of public keys. */
export const keysBytesMax = 64 * 1024;
const askAgainMs = 10_000;

type Options = RequestInit & { dispatcher?: unknown };

export function reachPlatforms(practice: boolean, clock: Clock) {
  const askedAt = new Map<string, number>();
  const reach = (url: string, options: Options): Promise<Response> =>
    fetch(url, { ...options, redirect: 'manual' } as RequestInit);

  return async (url: string, { dispatcher, ...options }: Options): Promise<Response> => {
    if (options.method !== 'GET') return reach(url, options);
    if (!mayHoldKeys(url, practice)) throw new Error('keys are fetched by https');
    const now = clock.now().getTime();
    if (Math.abs(now - (askedAt.get(url) ?? 0)) < askAgainMs) throw new Error('asked just now');
    askedAt.set(url, now);
    // Practice platforms live on loopback, which the library's own dispatcher refuses to reach.
    const { status, body } = await reach(url, practice ? options : { ...options, dispatcher });
    if (status !== 200) {
      await body?.cancel();
      throw new Error('no keys there');
    }
    // Without what it says of how long it keeps: the library would believe any time.
    return new Response(body, { status });
  };
}

/** Whether a platform's keys may lie at this address: who is between would sign in as the platform. */
export function mayHoldKeys(address: string, practice: boolean): boolean {
  const { protocol, hostname, username, password } = new URL(address);
  if (username || password) return false;
  const loopback = practice && protocol === 'http:' && ['localhost', '127.0.0.1'].includes(hostname);
  return loopback || protocol === 'https:';
}

/** Upkeep: a key that a platform took back counts no longer, also while nobody uses the new one. */
export async function renewClientKeys({
  config,
  provider,
}: {
  config: Pick<GatewayConfig, 'platforms'>;
  provider: Pick<LiveProvider, 'Client'>;
}): Promise<void> {
  const renewed = config.platforms
    .filter(({ clientJwksUri }) => clientJwksUri !== undefined)
    .map(async ({ clientId }) => (await provider.Client.find(clientId))?.asymmetricKeyStore.refresh());
  const ends = await Promise.allSettled(renewed);
  // Where its address is away, the keys that are known go on.
  if (ends.some(({ status }) => status === 'rejected')) throw new Refusal('unavailable');
}
