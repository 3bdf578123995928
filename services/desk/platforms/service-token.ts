/**
 * The AT Protocol's service authentication: a JWT that an account's server signed with the account's key, for one
 * service and one method (atproto.com, "Inter-Service Authentication"). Pure, but for the key that it is given.
 * Must never: accept `none`, an algorithm that is not the key's, another audience or method, or a token for long.
 */
import { createPublicKey, ECDH, type KeyObject, verify } from 'node:crypto';
import { Refusal } from '@answerable/protocol/refusal';
import { z } from 'zod';

const tokenCharsMax = 4_000;
/** Servers ask for a minute; more than this nobody needs. */
const lifeSecondsMax = 600;
const skewSeconds = 30;
const compressedBytes = 33;

const did = /^did:(plc:[a-z2-7]{24}|web:[a-zA-Z0-9.-]+(%3A\d{1,5})?)$/;
/** Kinds of token that are for other purposes and never for us. */
const otherTypes = ['at+jwt', 'refresh+jwt', 'dpop+jwt'];

const header = z.object({
  alg: z.enum(['ES256', 'ES256K']),
  typ: z.string().max(40).optional(),
  crit: z.undefined().optional(),
});
const payload = z.object({
  iss: z.string().max(400),
  aud: z.string().max(400),
  exp: z.number(),
  iat: z.number().optional(),
  lxm: z.string().max(200),
  jti: z.string().min(1).max(200).optional(),
});

export interface ServiceToken {
  /** the account's DID, without a fragment */
  did: string;
  alg: 'ES256' | 'ES256K';
  /** the token's own name, or what is signed in it */
  id: string;
  signed: Buffer;
  signature: Buffer;
}

const no = () => new Refusal('unauthorised');

/** What the token claims, once audience, method and time hold. Throws Refusal `unauthorised`. */
export function readServiceToken(
  authorization: string | undefined,
  service: string,
  method: string,
  nowSeconds: number,
): ServiceToken {
  const token = authorization?.match(/^Bearer ([\w.-]+)$/)?.[1] ?? '';
  const parts = token.split('.');
  if (token.length > tokenCharsMax || parts.length !== 3) throw no();
  const head = header.safeParse(jsonIn(parts[0]));
  const body = payload.safeParse(jsonIn(parts[1]));
  if (!head.success || !body.success) throw no();
  const { iss, aud, exp, iat, lxm, jti } = body.data;
  if (otherTypes.includes(head.data.typ?.toLowerCase() ?? '')) throw no();
  if (aud !== service && aud !== `${service}#atproto_labeler`) throw no();
  if (lxm !== method) throw no();
  const inTime = exp > nowSeconds && exp <= nowSeconds + lifeSecondsMax;
  if (!inTime || (iat !== undefined && iat > nowSeconds + skewSeconds)) throw no();
  const account = iss.split('#')[0] ?? '';
  if (!did.test(account)) throw no();
  return {
    did: account,
    alg: head.data.alg,
    id: jti ?? `${parts[1]}`,
    signed: Buffer.from(`${parts[0]}.${parts[1]}`, 'utf8'),
    signature: Buffer.from(parts[2] ?? '', 'base64url'),
  };
}

const jwtOf = { 'p256-pub': 'ES256', 'secp256k1-pub': 'ES256K' } as const;

/** Whether the token is signed by the key in `multibase` (a Multikey: base58btc over its kind and point). */
export function isSignedBy({ alg, signed, signature }: ServiceToken, multibase: string): boolean {
  const key = keyOf(multibase);
  if (!key || jwtOf[key.kind] !== alg || signature.length !== 64) return false;
  return verify('sha256', signed, { key: key.key, dsaEncoding: 'ieee-p1363' }, signature);
}

function keyOf(multibase: string): { kind: keyof typeof jwtOf; key: KeyObject } | undefined {
  const bytes = multibase.startsWith('z') ? fromBase58(multibase.slice(1)) : undefined;
  if (bytes?.length !== 2 + compressedBytes) return undefined;
  const code = bytes.subarray(0, 2).toString('hex');
  const kind = code === '8024' ? 'p256-pub' : code === 'e701' ? 'secp256k1-pub' : undefined;
  if (!kind) return undefined;
  const curve = kind === 'p256-pub' ? 'prime256v1' : 'secp256k1';
  try {
    const point = ECDH.convertKey(bytes.subarray(2), curve, undefined, undefined, 'uncompressed') as Buffer;
    const [x, y] = [point.subarray(1, 33), point.subarray(33)].map((one) => one.toString('base64url'));
    const crv = kind === 'p256-pub' ? 'P-256' : 'secp256k1';
    return { kind, key: createPublicKey({ format: 'jwk', key: { kty: 'EC', crv, x: x!, y: y! } }) };
  } catch {
    return undefined;
  }
}

const base58 = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
const base58CharsMax = 100;

function fromBase58(text: string): Buffer | undefined {
  if (text.length > base58CharsMax) return undefined;
  let value = 0n;
  for (const letter of text) {
    const digit = base58.indexOf(letter);
    if (digit < 0) return undefined;
    value = value * 58n + BigInt(digit);
  }
  const hex = value.toString(16);
  return Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex');
}

function jsonIn(part: string | undefined): unknown {
  try {
    return JSON.parse(Buffer.from(part ?? '', 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
}
