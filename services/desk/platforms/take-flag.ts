/**
 * POST /platforms/activitypub/inbox: a `Flag` from another server of the Fediverse, signed by the actor that sends
 * it (Mastodon: the server's own actor, so no person is named). What it flags must be on our platform; what stands
 * there the connector fetches. Everything else that is sent here is taken and nothing is done.
 */
import { checkShape } from '@answerable/kit/read-json';
import { Refusal } from '@answerable/protocol/refusal';
import type { Context } from 'hono';
import { z } from 'zod';
import type { DeskParts } from '../parts.ts';
import type { ActorKeys } from './actor-key.ts';
import { readSignature } from './http-signature.ts';
import { jsonOf } from './json-of.ts';
import { recordForeign, unseen } from './record-foreign.ts';

const bodyCharsMax = 200_000;
const objectsMax = 100;
const types = ['application/activity+json', 'application/ld+json'];

const uri = z.string().min(1).max(2_000);
const reference = z.union([uri, z.object({ id: uri }).transform((one) => one.id)]);
const activity = z.object({ type: z.string().max(100), actor: reference });
const flag = z.object({
  id: uri,
  content: z.string().max(20_000).nullish(),
  object: z.union([reference.transform((one) => [one]), z.array(reference).min(1).max(objectsMax)]),
});

/** `accept`: the hosts whose reports are taken, or anybody's. */
export function takeFlag(parts: DeskParts, keys: ActorKeys, accept: readonly string[] | 'anybody') {
  const { config, clock, platform } = parts;
  return async (c: Context) => {
    const type = c.req.header('content-type')?.split(';')[0]?.trim().toLowerCase() ?? '';
    if (!types.includes(type)) throw new Refusal('wrong_content_type');
    const { pathname, search } = new URL(c.req.url);
    const body = await c.req.text();
    if (body.length > bodyCharsMax) throw new Refusal('body_too_large');
    const request = { method: c.req.method, target: pathname + search, headers: c.req.header(), body };
    const claimed = readSignature(request, config.origin, clock.now());
    requireAccepted(claimed.keyId, accept);
    const signer = await keys.signer(claimed);
    const value = jsonOf(body, bodyCharsMax);
    const { type: kind, actor } = checkShape(value, activity);
    if (actor !== signer) throw new Refusal('signature_refused');
    if (kind !== 'Flag') return c.body(null, 202);
    const { id, content, object } = checkShape(value, flag);
    // An activity has its id at its sender's: nobody takes up another server's number.
    if (!URL.canParse(id) || new URL(id).origin !== new URL(signer).origin)
      throw new Refusal('malformed', 'id');
    const found = new Set<string>();
    for (const one of object) {
      const locator = await platform.locate(one, 'post');
      if (locator) found.add(locator);
    }
    // Mastodon names the account beside its posts; it is meant itself only where no post is named.
    const posts = [...found].filter((one) => !one.startsWith('account/'));
    const locators = posts.length > 0 ? posts : [...found];
    if (locators.length === 0) throw new Refusal('malformed', 'object');
    const at = clock.now().toISOString();
    await recordForeign(parts, {
      id: `activitypub/${id}`,
      seen: false,
      items: locators.map((locator) => unseen(config.platform.name, locator, at)),
      reasons: ['other'],
      statement: content ?? '',
    });
    return c.body(null, 202);
  };
}

function requireAccepted(keyId: string, accept: readonly string[] | 'anybody'): void {
  const host = URL.canParse(keyId) ? new URL(keyId).host : '';
  if (accept !== 'anybody' && !accept.includes(host)) throw new Refusal('forbidden');
}
