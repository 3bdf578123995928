/**
 * The key by which evidence providers know this registrar as their client, and the one that follows it. Both are
 * published at GET /evidence/jwks.json, so that a provider knows the next one long before it is used. When the
 * registrar starts and the key has served its days, the next takes its place and a new one is drawn.
 */
import { createHash } from 'node:crypto';
import { renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createSecretFile, readSecretFile } from '@answerable/kit/keys';
import { exportJWK, exportPKCS8, generateKeyPair, importPKCS8, type JWK } from 'jose';
import type { ClientAlgorithm } from './evidence/config.ts';
import { addDays } from './record-days.ts';

const rsaBits = 2048;
/** Days for which one key serves. */
const servesDays = 90;

export interface EvidenceClientKey {
  key: CryptoKey;
  kid: string;
  publicJwk: JWK;
  /** What providers are told: this one, and the next. */
  published: JWK[];
}

/** A key for each algorithm that the configured routes sign with. */
export type EvidenceClientKeys = Partial<Record<ClientAlgorithm, EvidenceClientKey>>;

export async function loadEvidenceClientKeys(
  folder: string,
  algorithms: Iterable<ClientAlgorithm>,
  today: string,
): Promise<EvidenceClientKeys> {
  const loaded = [...new Set(algorithms)].map(
    async (algorithm) => [algorithm, await loadEvidenceClientKey(folder, algorithm, today)] as const,
  );
  return Object.fromEntries(await Promise.all(loaded));
}

async function loadEvidenceClientKey(
  folder: string,
  algorithm: ClientAlgorithm,
  today: string,
): Promise<EvidenceClientKey> {
  const name = join(
    folder,
    algorithm === 'ES256' ? 'evidence-client' : `evidence-client-${algorithm.toLowerCase()}`,
  );
  const [path, nextPath, sincePath] = [`${name}.pem`, `${name}-next.pem`, `${name}.since`];
  const since = readSecretFile(sincePath);
  const served = since !== undefined && addDays(since, servesDays) <= today;
  if (served && readSecretFile(nextPath) !== undefined) {
    // The day first: a crash here only means that the old key serves once more.
    rmSync(sincePath);
    createSecretFile(sincePath, today);
    renameSync(nextPath, path);
  } else if (since === undefined) createSecretFile(sincePath, today);
  const own = await keyIn(path, algorithm);
  const next = await keyIn(nextPath, algorithm);
  return { ...own, published: [own.publicJwk, next.publicJwk] };
}

async function keyIn(
  path: string,
  algorithm: ClientAlgorithm,
): Promise<Omit<EvidenceClientKey, 'published'>> {
  const pem = readSecretFile(path) ?? createSecretFile(path, await drawPem(algorithm));
  const key = await importPKCS8(pem, algorithm, { extractable: true });
  const { kty, crv, x, y, n, e } = await exportJWK(key);
  const publicJwk = (kty === 'EC' ? { kty, crv, x, y } : { kty, n, e }) as JWK;
  const kid = createHash('sha256').update(JSON.stringify(publicJwk)).digest('base64url');
  return { key, kid, publicJwk: { ...publicJwk, kid, alg: algorithm, use: 'sig' } };
}

async function drawPem(algorithm: ClientAlgorithm): Promise<string> {
  const options = { extractable: true, modulusLength: rsaBits };
  const { privateKey } = await generateKeyPair(algorithm, options);
  return (await exportPKCS8(privateKey)).trim();
}
