/**
 * Who asks, and for what (PROTOCOL §4.1): a request is believed only if a gateway of the trust policy signed it
 * for a platform that the policy lists with it. Copies of it do a phisher no good: the answer goes to that
 * gateway's registered origin and nowhere else.
 */
import { fromBase64url } from '@answerable/core/bytes';
import { checkDisclosure, type DisclosableField } from '@answerable/core/presentation/schema';
import {
  type AdmissionRequest,
  type SignedAdmissionRequest,
  signedAdmissionRequest,
} from '@answerable/protocol/admission/request';
import { messageLabels } from '@answerable/protocol/labels';
import { roomLines } from '@answerable/protocol/platform/words';
import { platformPolicyHash } from '@answerable/protocol/platform-policy';
import { Refusal } from '@answerable/protocol/refusal';
import { scopeHolds } from '@answerable/protocol/scope';
import { openSigned } from '@answerable/protocol/signed';
import type { GatewayParty } from '@answerable/protocol/trust-policy';
import { Distrust, orDistrust } from './distrust.ts';
import { credentialOf } from './holding.ts';
import { stateOf, type WalletParts } from './parts.ts';

const requestCharsMax = 16_000;

/** A request that held: only these are answered. */
export interface ReadRequest {
  request: AdmissionRequest;
  gateway: GatewayParty;
}

/** What a person is shown before they decide. */
export interface RequestView {
  /** The platform, in its own words. */
  title: string;
  platform: string;
  gateway: { name: string; title: string; origin: string };
  accountsMax: number;
  /** Attributes that the platform will see, with this person's values if there is a credential. */
  discloses: { name: DisclosableField; value: string | null }[];
  /** On what grounds an account here can be opened, and by how many of whom. */
  grounds: { id: string; title: string }[];
  guardians: string[];
  threshold: number;
  sanctionsHoldThePerson: boolean;
  resetNeedsModerator: boolean;
  /** The place gets an e-mail address made for it alone. */
  relayAddress: boolean;
  /** What can be done where, in the policy's rooms; none where it has none. */
  rooms: { title: string; lines: string[] }[];
  /** The account from before that a new one here would be: it keeps this name. */
  claims: string | null;
  /** A server of the AT Protocol: the person makes the account there, and chooses its name there. */
  namedThere: boolean;
  /** Whether the platform takes in people for whom somebody vouched. */
  vouched: 'accepted' | 'refused';
  /** Hash of the platform policy that asks. */
  policyHash: string;
  expires: string;
  /** False: join first. */
  ready: boolean;
}

/** `text`: base64url JSON of the signed request, as in the wallet's address. Throws Refusal or Distrust. */
export function readRequest({ policy, policyHash, clock }: WalletParts, text: string): ReadRequest {
  const signed = decode(text);
  const claimed = signed.message;
  const gateway = policy.gateways.find(({ name }) => name === claimed.gateway);
  if (!gateway) throw new Refusal('party_unknown');
  const request = orDistrust(gateway.name, 'request', () =>
    openSigned(gateway.signingKey, messageLabels.admissionRequest, signed),
  );
  const { scope, platformPolicy } = request;
  const own =
    scopeHolds(gateway, scope) &&
    gateway.platforms.includes(scope.platform) &&
    platformPolicy.platform === scope.platform;
  if (!own) throw new Distrust(gateway.name, 'request');
  if (request.trustPolicy !== policyHash) throw new Refusal('policy_mismatch');
  if (Date.parse(request.expires) <= clock.now().getTime()) throw new Refusal('nonce_expired');
  const listed = platformPolicy.grounds.every((id) => policy.grounds.some((ground) => ground.id === id));
  if (!listed) throw new Distrust(gateway.name, 'request');
  orDistrust(gateway.name, 'request', () => checkDisclosure(platformPolicy.disclose));
  return { request, gateway };
}

export async function viewRequest(parts: WalletParts, text: string): Promise<RequestView> {
  const { request, gateway } = readRequest(parts, text);
  const { policy } = parts;
  const { platformPolicy, expires } = request;
  const { holding } = await stateOf(parts);
  const attributes = holding && credentialOf(holding).attributes;
  return {
    title: platformPolicy.title,
    platform: platformPolicy.platform,
    gateway: { name: gateway.name, title: gateway.title, origin: gateway.origin },
    accountsMax: platformPolicy.accountsMax,
    discloses: platformPolicy.disclose.map((name) => ({ name, value: attributes?.[name] ?? null })),
    grounds: policy.grounds
      .filter(({ id }) => platformPolicy.grounds.includes(id))
      .map(({ id, title }) => ({ id, title })),
    guardians: policy.opening.guardians.map(({ title }) => title),
    threshold: policy.opening.threshold,
    sanctionsHoldThePerson: platformPolicy.sanctionsHoldThePerson,
    resetNeedsModerator: platformPolicy.resetNeedsModerator,
    relayAddress: platformPolicy.relayAddress === true,
    rooms: (platformPolicy.rooms ?? []).map((room) => ({ title: room.title, lines: roomLines(room) })),
    claims: request.claims?.handle ?? null,
    namedThere: request.scope.protocol === 'atproto',
    vouched: platformPolicy.vouched ?? 'accepted',
    policyHash: platformPolicyHash(platformPolicy),
    expires,
    ready: holding !== undefined,
  };
}

function decode(text: string): SignedAdmissionRequest {
  if (text.length > requestCharsMax) throw new Refusal('malformed', 'request');
  try {
    const json = new TextDecoder('utf-8', { fatal: true }).decode(fromBase64url(text));
    return signedAdmissionRequest.parse(JSON.parse(json));
  } catch {
    throw new Refusal('malformed', 'request');
  }
}
