/**
 * Keys of the OpenID provider: RSA for RS256, which every client must know, and P-256 for ES256; and the secret
 * that cookies are signed with. Made on the first start, 0600. A thief of them can sign in at the platforms as
 * any account; not make an admission, and not learn a person.
 */
import { join } from 'node:path';
import { createSecretFile, loadOrCreateSecret, readSecretFile } from '@answerable/kit/keys';
import { exportJWK, generateKeyPair, type JWK } from 'jose';

const rsaBits = 2048;
const cookieSecretBytes = 32;

export interface OidcKeys {
  jwks: { keys: JWK[] };
  cookieKeys: string[];
}

export async function loadOidcKeys(keysDir: string): Promise<OidcKeys> {
  const path = join(keysDir, 'oidc.jwks.json');
  const text = readSecretFile(path) ?? createSecretFile(path, JSON.stringify({ keys: await drawKeys() }));
  const cookieSecret = loadOrCreateSecret(join(keysDir, 'oidc.cookies'), cookieSecretBytes);
  return { jwks: JSON.parse(text), cookieKeys: [Buffer.from(cookieSecret).toString('base64url')] };
}

async function drawKeys(): Promise<JWK[]> {
  const drawn = await Promise.all(
    ['RS256', 'ES256'].map(async (alg) => {
      const { privateKey } = await generateKeyPair(alg, { extractable: true, modulusLength: rsaBits });
      return { ...(await exportJWK(privateKey)), alg, use: 'sig' };
    }),
  );
  return drawn;
}
