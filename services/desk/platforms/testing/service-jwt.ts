/** Keys of accounts of the AT Protocol, and tokens signed with them: for tests only. */
import { createSign, generateKeyPairSync, type KeyObject } from 'node:crypto';

const alphabet = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';

export interface AccountKey {
  privateKey: KeyObject;
  /** as a DID document has it */
  multibase: string;
}

export function accountKey(alg: 'ES256' | 'ES256K'): AccountKey {
  const namedCurve = alg === 'ES256' ? 'P-256' : 'secp256k1';
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve });
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
  const odd = (Buffer.from(y, 'base64url').at(-1) ?? 0) % 2 === 1;
  const prefix = alg === 'ES256' ? [0x80, 0x24] : [0xe7, 0x01];
  const bytes = Buffer.concat([Buffer.from([...prefix, odd ? 3 : 2]), Buffer.from(x, 'base64url')]);
  let value = BigInt(`0x${bytes.toString('hex')}`);
  let text = '';
  for (; value > 0n; value /= 58n) text = alphabet[Number(value % 58n)] + text;
  return { privateKey, multibase: `z${text}` };
}

export function jwt(header: object, payload: object, { privateKey }: AccountKey): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const signed = `${part(header)}.${part(payload)}`;
  const key = { key: privateKey, dsaEncoding: 'ieee-p1363' as const };
  return `${signed}.${createSign('sha256').update(signed).sign(key, 'base64url')}`;
}
