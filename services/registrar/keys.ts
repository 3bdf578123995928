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

const entropySecretBytes = 32;
const issuerSecretBytes = 32;
const issuerPublicBytes = 96;
const evidenceAlgorithm = 'ES256';

export interface EvidenceClientKey {
  key: CryptoKey;
  kid: string;
  /** What the evidence provider is told: GET /evidence/jwks.json. */
  publicJwk: JWK;
}

export interface RegistrarKeys {
  signing: SigningKey;
  /** 32 bytes, and the 96 bytes that go into the trust policy. */
  issuer: { secretKey: Uint8Array; publicKey: Uint8Array };
  entropySecret: Uint8Array;
  /** Seals what waits here for people to look at. */
  atRest: SealingKey;
  evidenceClient: EvidenceClientKey;
}

/** The keys under `dataDir`/keys, made if absent. Throws ConfigRefused if a file is unusable. */
export async function loadRegistrarKeys(dataDir: string): Promise<RegistrarKeys> {
  const keys = join(dataDir, 'keys');
  return {
    signing: loadOrCreateSigningKey(join(keys, 'signing.key')),
    issuer: loadIssuerKey(join(keys, 'issuer.key')),
    entropySecret: loadOrCreateSecret(join(keys, 'entropy.key'), entropySecretBytes),
    atRest: loadOrCreateSealingKey(join(keys, 'at-rest.key')),
    evidenceClient: await loadEvidenceClientKey(join(keys, 'evidence-client.pem')),
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

async function loadEvidenceClientKey(path: string): Promise<EvidenceClientKey> {
  const pem = readSecretFile(path) ?? createSecretFile(path, await drawPem());
  const key = await importPKCS8(pem, evidenceAlgorithm, { extractable: true });
  const { kty, crv, x, y } = await exportJWK(key);
  const publicJwk = { kty, crv, x, y } as JWK;
  const kid = createHash('sha256').update(JSON.stringify(publicJwk)).digest('base64url');
  return { key, kid, publicJwk: { ...publicJwk, kid, alg: evidenceAlgorithm, use: 'sig' } };
}

async function drawPem(): Promise<string> {
  const { privateKey } = await generateKeyPair(evidenceAlgorithm, { extractable: true });
  return (await exportPKCS8(privateKey)).trim();
}
