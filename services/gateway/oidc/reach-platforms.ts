/**
 * How the OpenID library reaches platforms: where their public keys are, and where they hear that a session ended.
 * Keys are fetched by https only (loopback when trying), whole in a few seconds and a few octets, and looked at again
 * after a minute whatever the answer says of itself. Anybody can have them looked at, with a proof that does not
 * hold: what they gave counts for its time whoever asked, and an address that gave none is asked again after a
 * second, so that nobody keeps a platform out by asking first.
 * The address for the end of a session stands in the operator's settings, and may be inside their own network: a
 * forum often runs on the same machine. For keys the library's dispatcher reaches no such address.
 * Assumes: the library sets the time limit, and that dispatcher (require-guard.ts).
 * Must never: follow a redirect; what is sent would reach whoever the answer names.
 */
import type { Clock } from '@answerable/kit/clock';
import { Refusal } from '@answerable/protocol/refusal';
import type { GatewayConfig } from '../config.ts';
import type { LiveProvider } from './live-provider.ts';

/** Of a set of public keys. */
export const keysBytesMax = 64 * 1024;
/** After keys were given; after none were. */
const pauseMs = { given: 10_000, none: 1_000 };

type Options = RequestInit & { dispatcher?: unknown };

export function reachPlatforms(practice: boolean, clock: Clock) {
  const asked = new Map<string, { at: number; pause: keyof typeof pauseMs }>();
  const reach = (url: string, options: Options): Promise<Response> =>
    fetch(url, { ...options, redirect: 'manual' } as RequestInit);

  return async (url: string, { dispatcher, ...options }: Options): Promise<Response> => {
    if (options.method !== 'GET') return reach(url, options);
    if (!mayHoldKeys(url, practice)) throw new Error('keys are fetched by https');
    const now = () => clock.now().getTime();
    const { at, pause } = asked.get(url) ?? { at: 0, pause: 'none' };
    if (Math.abs(now() - at) < pauseMs[pause]) throw new Error('asked just now');
    try {
      // Practice platforms live on loopback, which the library's own dispatcher refuses to reach.
      const keys = await keysIn(await reach(url, practice ? options : { ...options, dispatcher }));
      asked.set(url, { at: now(), pause: 'given' });
      // Without what it says of how long it keeps: the library would believe any time.
      return new Response(keys, { status: 200 });
    } catch (error) {
      asked.set(url, { at: now(), pause: 'none' });
      throw error;
    }
  };
}

/** The text of the answer, if it is a set of keys as far as its shape goes; the library looks at each of them. */
async function keysIn({ status, body }: Response): Promise<string> {
  if (status !== 200 || body === null) {
    await body?.cancel();
    throw new Error('no keys there');
  }
  const parts: Uint8Array[] = [];
  let bytes = 0;
  // Leaving the loop ends the answer.
  for await (const part of body as AsyncIterable<Uint8Array> & typeof body) {
    bytes += part.length;
    if (bytes > keysBytesMax) throw new Error('no keys there: too long');
    parts.push(part);
  }
  const text = Buffer.concat(parts).toString();
  if (!Array.isArray((JSON.parse(text) as { keys?: unknown } | null)?.keys)) throw new Error('no keys there');
  return text;
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
