/**
 * Keys of the OpenID provider, as files: RSA for RS256, which every client must know, P-256 for ES256, and the
 * secret that cookies are signed with; one file a set, 0600, never changed. A thief of them can sign in at the
 * platforms as any account; not make an admission, and not learn a person.
 * Assumes: gateways that answer for one origin share the folder.
 */
import { randomBytes } from 'node:crypto';
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigRefused } from '@answerable/kit/config';
import { createSecretFile, readSecretFile } from '@answerable/kit/keys';
import { exportJWK, generateKeyPair, type JWK } from 'jose';
import type { KeySet } from './key-plan.ts';

const rsaBits = 2048;
const cookieSecretBytes = 32;
const setFile = /^oidc\.(\d{1,6})\.json$/;
/** How the first set was kept before sets had numbers. */
const unnumbered = { keys: 'oidc.jwks.json', cookies: 'oidc.cookies' };

/** Every set in the folder, in order. Throws ConfigRefused for one that cannot be read. */
export function readKeySets(keysDir: string): KeySet[] {
  const serials = namesIn(keysDir).flatMap((name) => setFile.exec(name)?.[1] ?? []);
  const numbered = serials.flatMap((serial) => readSet(keysDir, Number(serial)) ?? []);
  return [...readUnnumbered(keysDir), ...numbered].sort((a, b) => a.serial - b.serial);
}

/** Draws the set `serial`. If another gateway was first, its set holds. */
export async function drawKeySet(keysDir: string, serial: number, from: Date): Promise<void> {
  const set = {
    from: from.toISOString(),
    keys: await Promise.all(['RS256', 'ES256'].map(drawKey)),
    cookieKey: randomBytes(cookieSecretBytes).toString('base64url'),
  };
  createSecretFile(pathOf(keysDir, serial), JSON.stringify(set));
}

export function removeKeySet(keysDir: string, serial: number): void {
  const paths =
    serial === 0 ? Object.values(unnumbered).map((name) => join(keysDir, name)) : [pathOf(keysDir, serial)];
  for (const path of paths) rmSync(path, { force: true });
}

const pathOf = (keysDir: string, serial: number): string => join(keysDir, `oidc.${serial}.json`);

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

function readSet(keysDir: string, serial: number): KeySet | undefined {
  const path = pathOf(keysDir, serial);
  const text = readSecretFile(path);
  if (text === undefined) return undefined; // removed meanwhile: it was over
  const set = parsed(path, text) as Partial<KeySet>;
  if (!Array.isArray(set.keys) || !set.cookieKey || !(Date.parse(set.from ?? '') > 0)) throw unusable(path);
  return { serial, from: set.from!, keys: set.keys, cookieKey: set.cookieKey };
}

function readUnnumbered(keysDir: string): KeySet[] {
  const path = join(keysDir, unnumbered.keys);
  const [text, cookies] = [readSecretFile(path), readSecretFile(join(keysDir, unnumbered.cookies))];
  if (text === undefined || cookies === undefined) return [];
  const { keys } = parsed(path, text) as { keys?: JWK[] };
  if (!Array.isArray(keys)) throw unusable(path);
  const cookieKey = Buffer.from(cookies, 'hex').toString('base64url');
  return [{ serial: 0, from: new Date(0).toISOString(), keys, cookieKey }];
}

function parsed(path: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw unusable(path);
  }
}

const unusable = (path: string) =>
  new ConfigRefused(`The key file ${path} does not hold a set of keys. It was left as it is.`);

async function drawKey(alg: string): Promise<JWK> {
  const { privateKey } = await generateKeyPair(alg, { extractable: true, modulusLength: rsaBits });
  return { ...(await exportJWK(privateKey)), alg, use: 'sig' };
}
