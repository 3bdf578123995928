/**
 * The registrar's keys: what it signs messages with, the issuer key, the secret that ε is drawn with, and the
 * key by which the evidence provider knows it. A thief of the folder can issue credentials to people who do
 * not exist (seen in the census), and cannot name anybody or link anything.
 */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { concat, fromHex, toHex } from '@answerable/core/bytes';
import { drawIssuerKey } from '@answerable/core/presentation/issuance';
import { ConfigRefused } from '@answerable/kit/config';
import {
  createSecretFile,
  loadOrCreateSecret,
  loadOrCreateSigningKey,
  readSecretFile,
  type SigningKey,
} from '@answerable/kit/keys';
import { loadOrCreateSealingKey, type SealingKey } from '@answerable/kit/sealing-key';
import { exportJWK, exportPKCS8, generateKeyPair, importPKCS8, type JWK } from 'jose';
import type { ClientAlgorithm } from './evidence/config.ts';

const entropySecretBytes = 32;
const issuerSecretBytes = 32;
const issuerPublicBytes = 96;
const evidenceRsaBits = 2048;

export interface EvidenceClientKey {
  key: CryptoKey;
  kid: string;
  /** What the evidence provider is told: GET /evidence/jwks.json. */
  publicJwk: JWK;
}

/** A key for each algorithm that the configured routes sign with. */
export type EvidenceClientKeys = Partial<Record<ClientAlgorithm, EvidenceClientKey>>;

export interface RegistrarKeys {
  signing: SigningKey;
  /** 32 bytes, and the 96 bytes that go into the trust policy. */
  issuer: { secretKey: Uint8Array; publicKey: Uint8Array };
  entropySecret: Uint8Array;
  /** Seals what waits here for people to look at. */
  atRest: SealingKey;
  evidenceClients: EvidenceClientKeys;
}

/** The keys under `dataDir`/keys, made if absent. Throws ConfigRefused if a file is unusable. */
export async function loadRegistrarKeys(
  dataDir: string,
  algorithms: Iterable<ClientAlgorithm>,
): Promise<RegistrarKeys> {
  const keys = join(dataDir, 'keys');
  return {
    signing: loadOrCreateSigningKey(join(keys, 'signing.key')),
    issuer: loadIssuerKey(join(keys, 'issuer.key')),
    entropySecret: loadOrCreateSecret(join(keys, 'entropy.key'), entropySecretBytes),
    atRest: loadOrCreateSealingKey(join(keys, 'at-rest.key')),
    evidenceClients: await loadEvidenceClientKeys(keys, algorithms),
  };
}

// Both halves stand in the file, secret first: they were drawn together and are read together.
function loadIssuerKey(path: string): RegistrarKeys['issuer'] {
  const kept = readSecretFile(path) ?? createSecretFile(path, drawIssuerPair());
  const octets = /^[0-9a-f]*$/.test(kept) ? fromHex(kept) : new Uint8Array();
  if (octets.length !== issuerSecretBytes + issuerPublicBytes)
    throw new ConfigRefused(`The key file ${path} does not hold an issuer key. It was left as it is.`);
  return { secretKey: octets.slice(0, issuerSecretBytes), publicKey: octets.slice(issuerSecretBytes) };
}

function drawIssuerPair(): string {
  const { secretKey, publicKey } = drawIssuerKey();
  return toHex(concat(secretKey, publicKey));
}

async function loadEvidenceClientKeys(
  folder: string,
  algorithms: Iterable<ClientAlgorithm>,
): Promise<EvidenceClientKeys> {
  const loaded = [...new Set(algorithms)].map(
    async (algorithm) => [algorithm, await loadEvidenceClientKey(folder, algorithm)] as const,
  );
  return Object.fromEntries(await Promise.all(loaded));
}

async function loadEvidenceClientKey(folder: string, algorithm: ClientAlgorithm): Promise<EvidenceClientKey> {
  const file =
    algorithm === 'ES256' ? 'evidence-client.pem' : `evidence-client-${algorithm.toLowerCase()}.pem`;
  const path = join(folder, file);
  const pem = readSecretFile(path) ?? createSecretFile(path, await drawPem(algorithm));
  const key = await importPKCS8(pem, algorithm, { extractable: true });
  const { kty, crv, x, y, n, e } = await exportJWK(key);
  const publicJwk = (kty === 'EC' ? { kty, crv, x, y } : { kty, n, e }) as JWK;
  const kid = createHash('sha256').update(JSON.stringify(publicJwk)).digest('base64url');
  return { key, kid, publicJwk: { ...publicJwk, kid, alg: algorithm, use: 'sig' } };
}

async function drawPem(algorithm: ClientAlgorithm): Promise<string> {
  const options = { extractable: true, modulusLength: evidenceRsaBits };
  const { privateKey } = await generateKeyPair(algorithm, options);
  return (await exportPKCS8(privateKey)).trim();
}
