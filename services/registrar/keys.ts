/**
 * The registrar's keys: what it signs messages with, the issuer key, the secret that ε is drawn with, and the
 * key by which the evidence provider knows it. A thief of the folder can issue credentials to people who do
 * not exist (seen in the census), and cannot name anybody or link anything.
 */
import { join } from 'node:path';
import { concat, fromHex, toBase64url, toHex } from '@answerable/core/bytes';
import { drawIssuerKey } from '@answerable/core/presentation/issuance';
import { dayOf, realClock } from '@answerable/kit/clock';
import { ConfigRefused } from '@answerable/kit/config';
import {
  createSecretFile,
  loadOrCreateSecret,
  loadOrCreateSigningKey,
  readSecretFile,
  type SigningKey,
} from '@answerable/kit/keys';
import { loadOrCreateSealingKey, type SealingKey } from '@answerable/kit/sealing-key';
import { Refusal } from '@answerable/protocol/refusal';
import { issuerKeyAt, type TrustPolicy } from '@answerable/protocol/trust-policy';
import type { ClientAlgorithm } from './evidence/config.ts';
import { type EvidenceClientKeys, loadEvidenceClientKeys } from './evidence-client-key.ts';

const entropySecretBytes = 32;
const issuerSecretBytes = 32;
const issuerPublicBytes = 96;

export interface IssuerKey {
  /** 32 bytes, where they are here. */
  secretKey: Uint8Array | undefined;
  /** The 96 bytes that go into the trust policy. */
  publicKey: Uint8Array;
}

export interface RegistrarKeys {
  signing: SigningKey;
  /** In the order in which they follow. */
  issuers: IssuerKey[];
  entropySecret: Uint8Array;
  /** Seals what waits here for people to look at. */
  atRest: SealingKey;
  evidenceClients: EvidenceClientKeys;
}

/** The keys under `dataDir`/keys, made if absent. Throws ConfigRefused if a file is unusable. */
export async function loadRegistrarKeys(
  dataDir: string,
  algorithms: Iterable<ClientAlgorithm>,
  {
    issuerKeys = 1,
    today = dayOf(realClock.now()),
  }: { issuerKeys?: number | undefined; today?: string } = {},
): Promise<RegistrarKeys> {
  const keys = join(dataDir, 'keys');
  return {
    signing: loadOrCreateSigningKey(join(keys, 'signing.key')),
    issuers: Array.from({ length: issuerKeys }, (_, i) => loadIssuerKey(keys, i + 1)),
    entropySecret: loadOrCreateSecret(join(keys, 'entropy.key'), entropySecretBytes),
    atRest: loadOrCreateSealingKey(join(keys, 'at-rest.key')),
    evidenceClients: await loadEvidenceClientKeys(keys, algorithms, today),
  };
}

/** What signs credentials of this epoch. Refuses `not_ready` when the secret half is not here. */
export function issuerSecretAt({ issuers }: RegistrarKeys, policy: TrustPolicy, epoch: number): Uint8Array {
  const wanted = issuerKeyAt(policy, epoch);
  const secretKey = issuers.find(({ publicKey }) => toBase64url(publicKey) === wanted)?.secretKey;
  if (!secretKey) throw new Refusal('not_ready');
  return secretKey;
}

/**
 * Drawn when the registrar is set up. The public half has a file of its own: where only that is left, the secret
 * half was taken away, until its time comes or for good, and is not drawn anew.
 */
function loadIssuerKey(folder: string, n: number): IssuerKey {
  const name = join(folder, n === 1 ? 'issuer' : `issuer-${n}`);
  const publicKept = readSecretFile(`${name}.pub`);
  const kept = readSecretFile(`${name}.key`);
  if (kept === undefined && publicKept !== undefined)
    return { publicKey: octetsIn(publicKept, issuerPublicBytes, `${name}.pub`), secretKey: undefined };
  // Both halves stand in the file, secret first: they were drawn together and are read together.
  const pair = kept ?? createSecretFile(`${name}.key`, drawIssuerPair());
  const octets = octetsIn(pair, issuerSecretBytes + issuerPublicBytes, `${name}.key`);
  const publicKey = octets.slice(issuerSecretBytes);
  if (publicKept === undefined) createSecretFile(`${name}.pub`, toHex(publicKey));
  return { secretKey: octets.slice(0, issuerSecretBytes), publicKey };
}

function octetsIn(text: string, length: number, path: string): Uint8Array {
  const octets = /^[0-9a-f]*$/.test(text) ? fromHex(text) : new Uint8Array();
  if (octets.length !== length)
    throw new ConfigRefused(`The key file ${path} does not hold an issuer key. It was left as it is.`);
  return octets;
}

function drawIssuerPair(): string {
  const { secretKey, publicKey } = drawIssuerKey();
  return toHex(concat(secretKey, publicKey));
}
