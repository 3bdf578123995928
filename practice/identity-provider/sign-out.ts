/**
 * What happens at a provider besides sign-ins: somebody signs out, which it tells its client, and its keys for
 * identities change. For whoever wants to try what that does to the client.
 */
import { randomUUID } from 'node:crypto';
import { unixSeconds } from '@answerable/kit/clock';
import { readJson } from '@answerable/kit/read-json';
import { Refusal } from '@answerable/protocol/refusal';
import type { Context } from 'hono';
import { SignJWT } from 'jose';
import { z } from 'zod';
import type { Provider } from './authorize.ts';
import { findClient } from './client.ts';
import { type ProviderKeys, tokenAlgorithm } from './provider-keys.ts';
import { account } from './sign-in.ts';

const logoutSeconds = 120;
const logoutEvent = 'http://schemas.openid.net/event/backchannel-logout';

const signOutRequest = z.object({
  client_id: z.string().max(200),
  person: z.string().max(60),
  account: account.default('first'),
});

const rotation = z.strictObject({ rotate: z.literal('identity') });

interface Desk {
  provider: Provider;
  keys: ProviderKeys;
}

/** POST /practice/sign-out: tells the client, as OpenID Connect Back-Channel Logout has it. */
export async function signOutThere(c: Context, { provider, keys }: Desk): Promise<Response> {
  const asked = await readJson(c, signOutRequest);
  const client = findClient(provider.clients(), asked.client_id);
  if (client?.backchannel_logout_uri === undefined) throw new Refusal('malformed', 'client_id');
  const subject = keys.subject(client.sector ?? client.client_id, asked.person, asked.account);
  const token = await signLogoutToken({ provider, keys }, client.client_id, subject);
  const told = await fetch(client.backchannel_logout_uri, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ logout_token: token }),
  });
  return c.json({ told: told.status });
}

/** POST /practice/identity-keys: new keys for identities from now on; the old ones are gone. */
export async function rotateKeys(c: Context, { keys }: Desk): Promise<Response> {
  await readJson(c, rotation);
  await keys.rotateIdentity();
  return c.json({ kid: keys.identity.kid });
}

function signLogoutToken({ provider, keys }: Desk, audience: string, subject: string): Promise<string> {
  const now = unixSeconds(provider.clock);
  return new SignJWT({ events: { [logoutEvent]: {} } })
    .setProtectedHeader({ alg: tokenAlgorithm, kid: keys.token.kid })
    .setIssuer(`${provider.origin}/`)
    .setSubject(subject)
    .setAudience(audience)
    .setIssuedAt(now)
    .setExpirationTime(now + logoutSeconds)
    .setJti(randomUUID())
    .sign(keys.token.key);
}
