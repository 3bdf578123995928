/**
 * The practice provider's keys: one for tokens (jwks.json), one for core identities (did.json), as GOV.UK
 * One Login keeps them apart, and one from which subjects are derived, so that they stay over restarts.
 */
import { createHmac, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { createSecretFile, loadOrCreateSecret, readSecretFile } from '@answerable/kit/keys';
import {
  type CryptoKey,
  calculateJwkThumbprint,
  exportJWK,
  generateKeyPair,
  importJWK,
  type JWK,
} from 'jose';

export const tokenAlgorithm = 'ES256';
const subjectKeyBytes = 32;

export interface Signer {
  key: CryptoKey;
  publicJwk: JWK;
  kid: string;
}

export interface ProviderKeys {
  token: Signer;
  identity: Signer;
  /** From now on identities are signed with another key. */
  rotateIdentity(): Promise<void>;
  /** One subject per sector and account, as One Login gives them. */
  subject(sector: string, person: string, account: string): string;
}

/** Keys kept in `dataDir`, or, without one, for this process only. */
export async function providerKeys(dataDir?: string): Promise<ProviderKeys> {
  const at = (name: string) => (dataDir === undefined ? undefined : join(dataDir, 'keys', name));
  const subjectPath = at('subject.key');
  const secret = subjectPath
    ? loadOrCreateSecret(subjectPath, subjectKeyBytes)
    : randomBytes(subjectKeyBytes);
  const keys: ProviderKeys = {
    token: await signer(at('token.jwk')),
    identity: await signer(at('identity.jwk')),
    async rotateIdentity() {
      keys.identity = await signer(undefined);
    },
    subject(sector, person, account) {
      const mac = createHmac('sha256', secret)
        .update(JSON.stringify([sector, person, account]))
        .digest('base64url');
      return `urn:fdc:practice.example:2026:${mac}`;
    },
  };
  return keys;
}

async function signer(path: string | undefined): Promise<Signer> {
  const jwk = path === undefined ? await newJwk() : await keptJwk(path);
  const { d: _secret, ...publicJwk } = jwk;
  const kid = await calculateJwkThumbprint(publicJwk);
  const key = (await importJWK(jwk, tokenAlgorithm)) as CryptoKey;
  return { key, kid, publicJwk: { ...publicJwk, kid, alg: tokenAlgorithm, use: 'sig' } };
}

async function keptJwk(path: string): Promise<JWK> {
  const text = readSecretFile(path) ?? createSecretFile(path, JSON.stringify(await newJwk()));
  return JSON.parse(text) as JWK;
}

async function newJwk(): Promise<JWK> {
  const { privateKey } = await generateKeyPair(tokenAlgorithm, { extractable: true });
  return exportJWK(privateKey);
}
