/**
 * The interaction that a request of the browser belongs to: known by its cookie, so that an answer in
 * another browser is refused (PROTOCOL §4.1), and the signed request that goes with it.
 */
import { randomBytes } from 'node:crypto';
import { toBase64url } from '@answerable/core/bytes';
import { after, dayOf } from '@answerable/kit/clock';
import type { AdmissionRequest, SignedAdmissionRequest } from '@answerable/protocol/admission/request';
import { canonicalBytes } from '@answerable/protocol/canonical';
import { messageLabels } from '@answerable/protocol/labels';
import { Refusal } from '@answerable/protocol/refusal';
import { platformScope } from '@answerable/protocol/scope';
import type { HttpBindings } from '@hono/node-server';
import type { Context } from 'hono';
import type { Interaction } from 'oidc-provider';
import { findJoining } from './bluesky/joining.ts';
import { type PlatformConfig, requestSecondsDefault } from './config.ts';
import { hasLeft } from './exit/leaving.ts';
import { errors } from './oidc/library.ts';
import { isMarked } from './own-cookie.ts';
import { type GatewayParts, platformOf } from './parts.ts';

const nonceBytes = 16;

/** What an answer belongs to: a sign-in that a platform began, or somebody's way in at /join. */
export interface Asking {
  id: string;
  platform: PlatformConfig;
  /** somebody goes on from here already */
  answered: boolean;
  /** The browser goes on as `sub`; returns where to. */
  goOn(sub: string): Promise<string>;
}

/** Refuses `request_unknown`, or `wrong_browser` for one that another browser began. */
export async function findAsking(c: Context, parts: GatewayParts): Promise<Asking> {
  const joining = await findJoining(c, parts);
  if (joining) return joining;
  const interaction = await findInteraction(c, parts);
  return {
    id: interaction.uid,
    platform: platformOf(parts.config, { clientId: interaction.params.client_id ?? '' }),
    answered: interaction.result?.login !== undefined,
    async goOn(sub) {
      interaction.result = { login: { accountId: sub, remember: false } };
      await interaction.persist();
      return interaction.returnTo;
    },
  };
}

/** The OpenID interaction. Refuses as findAsking does. */
export async function findInteraction(c: Context, { provider, config }: GatewayParts): Promise<Interaction> {
  const id = c.req.param('request') ?? '';
  const { incoming, outgoing } = c.env as HttpBindings;
  const own = await provider.interactionDetails(incoming, outgoing).catch(noneHere);
  if (own?.uid === id && isMarked(c, config, id)) return own;
  throw new Refusal((await provider.Interaction.find(id)) ? 'wrong_browser' : 'request_unknown');
}

function noneHere(error: unknown): undefined {
  if (error instanceof errors.SessionNotFound) return undefined;
  throw error;
}

/**
 * The request that goes with it: made and kept the first time, the same one afterwards. `claim`: the cookie of a
 * browser that came to attach an account from before.
 */
export async function requestOf(
  { id, platform }: Asking,
  parts: GatewayParts,
  claim?: string,
): Promise<SignedAdmissionRequest> {
  const { config, policies, clock, signingKey, store, platformPolicies, claims } = parts;
  if (hasLeft(platform, clock.now())) throw new Refusal('platform_left');
  // Without a claim to be joined, whether there is one already shows when it is kept.
  const kept = claim && (await store.request(id));
  if (kept) return kept.signed;
  const listed = policies.current().gateways.find(({ name }) => name === config.name);
  if (!listed?.platforms.includes(platform.name)) throw new Refusal('party_unknown');
  const handle = claim && (await claims.join(claim, platform.name, id, clock.now()));
  const expires = after(clock.now(), { seconds: config.requestSeconds ?? requestSecondsDefault });
  const message: AdmissionRequest = {
    v: 1,
    request: id,
    gateway: config.name,
    scope: platformScope(listed, platform.name),
    nonce: randomBytes(nonceBytes).toString('base64url'),
    expires: endOfDay(expires),
    platformPolicy: (await platformPolicies.inForce(platform.name)).policy,
    trustPolicy: policies.hash(),
    ...(handle ? { claims: { handle } } : {}),
  };
  const bytes = canonicalBytes(messageLabels.admissionRequest, message);
  const signature = toBase64url(signingKey.sign(bytes));
  return store.keepRequest(id, { message, signature }, expires);
}

/**
 * What was asked is kept with the account for as long as there is one: it must not tell at which second that
 * began. The second stands in the row of the request, which is swept, and is what an answer is held to.
 */
const endOfDay = (time: Date): string => `${dayOf(after(time, { days: 1 }))}T00:00:00Z`;

/**
 * A page of another origin on the same site would bring the cookie along; browsers tell it apart. A form of our
 * own page has no origin (its referrer policy hides it), so what the browser says of the site counts there.
 */
export function requireOwnPage(c: Context, own: string): void {
  const [origin, site] = [c.req.header('origin'), c.req.header('sec-fetch-site')];
  if (site !== undefined ? site !== 'same-origin' : origin !== undefined && origin !== own)
    throw new Refusal('forbidden');
}
