/**
 * The key of an actor of another server, fetched from that server and kept for a while. The key's document and
 * the actor are of the key's own origin, and each names the other; nobody speaks for another host.
 */
import { createPublicKey, type KeyObject, verify } from 'node:crypto';
import { after, type Clock } from '@answerable/kit/clock';
import { Refusal } from '@answerable/protocol/refusal';
import { z } from 'zod';
import { guardedGet, publicUrl } from './guarded-get.ts';
import type { Claimed } from './http-signature.ts';

const keptHours = 24;
/** Not asked for again sooner, whatever signatures fail meanwhile. */
const againSeconds = 300;
const keysMax = 500;
const fetchesAtOnceMax = 4;
const rsaBitsMin = 2_048;
const accept =
  'application/activity+json, application/ld+json; profile="https://www.w3.org/ns/activitystreams"';

const keyOf = z.object({ id: z.string(), owner: z.string(), publicKeyPem: z.string().max(5_000) });
const actorOf = z.object({ id: z.string(), publicKey: z.union([keyOf, z.array(keyOf).max(10)]) });

export interface ActorKey {
  actor: string;
  key: KeyObject;
}
interface Kept extends ActorKey {
  fetched: Date;
}
export type ActorKeys = ReturnType<typeof actorKeys>;

const no = () => new Refusal('signature_refused');

export function actorKeys(clock: Clock, practice: boolean) {
  const kept = new Map<string, Kept>();
  let fetching = 0;

  async function fetchKey(keyId: string): Promise<Kept> {
    if (fetching >= fetchesAtOnceMax) throw new Refusal('too_many_requests');
    fetching += 1;
    try {
      const found = { ...(await actorWithKey(keyId, practice)), fetched: clock.now() };
      kept.delete(keyId);
      kept.set(keyId, found);
      const oldest = kept.keys().next();
      if (kept.size > keysMax && !oldest.done) kept.delete(oldest.value);
      return found;
    } finally {
      fetching -= 1;
    }
  }

  return {
    /** The actor whose signature this is. Throws Refusal `signature_refused`, `unavailable`, `too_many_requests`. */
    async signer(claimed: Claimed): Promise<string> {
      publicUrl(claimed.keyId, practice);
      const now = clock.now();
      const known = kept.get(claimed.keyId);
      const current = known && now < after(known.fetched, { hours: keptHours }) ? known : undefined;
      const first = current ?? (await fetchKey(claimed.keyId));
      if (holds(claimed, first.key)) return first.actor;
      // Perhaps the key was changed since; but a wrong signature must not make us ask all the time.
      if (now < after(first.fetched, { seconds: againSeconds })) throw no();
      const fresh = await fetchKey(claimed.keyId);
      if (!holds(claimed, fresh.key)) throw no();
      return fresh.actor;
    },
  };
}

async function actorWithKey(keyId: string, practice: boolean): Promise<ActorKey> {
  const document = await documentAt(withoutFragment(keyId), practice);
  const direct = keyOf.safeParse(document);
  // A key with a document of its own: its owner is asked, and must name the key in turn.
  const actor = actorOf.safeParse(
    direct.success ? await documentAt(sameOrigin(direct.data.owner, keyId), practice) : document,
  );
  if (!actor.success) throw no();
  const { id, publicKey } = actor.data;
  const found = [publicKey].flat().find((one) => one.id === keyId);
  if (!found || found.owner !== id || sameOrigin(id, keyId) !== id) throw no();
  return { actor: id, key: usableKey(found.publicKeyPem) };
}

async function documentAt(url: string, practice: boolean): Promise<unknown> {
  try {
    return JSON.parse(await guardedGet(url, accept, practice));
  } catch (error) {
    throw error instanceof Refusal ? error : no();
  }
}

const withoutFragment = (url: string): string => url.split('#')[0] ?? '';

function sameOrigin(url: string, as: string): string {
  if (!URL.canParse(url) || new URL(url).origin !== new URL(as).origin) throw no();
  return url;
}

function usableKey(pem: string): KeyObject {
  try {
    const key = createPublicKey(pem);
    const bits = key.asymmetricKeyDetails?.modulusLength ?? 0;
    if (key.asymmetricKeyType === 'ed25519' || (key.asymmetricKeyType === 'rsa' && bits >= rsaBitsMin))
      return key;
  } catch {
    // Not a key at all: refused below.
  }
  throw no();
}

function holds({ base, signature, algorithm }: Claimed, key: KeyObject): boolean {
  const kind = key.asymmetricKeyType === 'rsa' ? 'rsa-v1_5-sha256' : 'ed25519';
  if (algorithm !== 'as-the-key' && algorithm !== kind) return false;
  const bytes = Buffer.from(base, 'utf8');
  return verify(kind === 'ed25519' ? null : 'sha256', bytes, key, signature);
}
