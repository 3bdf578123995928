/**
 * How a vault is opened: what stands under `vault` on the shelf, readable by whoever has the device (spec/vault.md,
 * "Record"). It says which ways there are and nothing of what is inside; names that people give to their passkeys
 * are inside.
 */
import { toBase64url, utf8 } from '@answerable/core/bytes';
import { frame } from '@answerable/core/frame';
import { label } from '@answerable/core/label';
import { randomBytes } from '@answerable/core/rng';
import {
  STRETCH_SALT_BYTES,
  stretchPassphrase,
  type WayName,
  wrapDataKey,
} from '@answerable/core/vault/wrap';
import { z } from 'zod';
import { lockMinutesUsual } from './lock-minutes.ts';

const waysMax = 12;
const idBytes = 16;

const octets = (min: number, max = min) =>
  z.instanceof(Uint8Array).refine((value) => value.length >= min && value.length <= max);
const id = z.string().min(1).max(1500);
/** An HMAC key that this browser keeps and does not give out. */
const ownKey = z.custom<CryptoKey>((value) => value instanceof CryptoKey);
const wrap = octets(112);

const way = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('device'), id, key: ownKey, wrap }),
  z.strictObject({ kind: z.literal('passkey'), id, salt: octets(32), wrap }),
  z.strictObject({ kind: z.literal('passphrase'), id, key: ownKey, salt: octets(STRETCH_SALT_BYTES), wrap }),
]);
export type Way = z.infer<typeof way>;

const record = z.strictObject({
  v: z.literal('vault/1'),
  /** Grows with every change of the ways or of the choices. */
  serial: z.int().min(0),
  /** nameDataKey of the data key. */
  name: octets(32),
  ways: z.array(way).min(1).max(waysMax),
  lock: z.strictObject({ afterMinutes: z.int().min(1).max(60), whenHidden: z.boolean() }),
  /** Passphrases tried in a row that were wrong; when the last one was. */
  tries: z.strictObject({ count: z.int().min(0), lastMs: z.number() }),
});
export type VaultRecord = z.infer<typeof record>;

/** Throws ZodError for what is no vault. */
export const readRecord = (value: unknown): VaultRecord => record.parse(value);

export const newRecord = (name: Uint8Array, ways: Way[]): VaultRecord => ({
  v: 'vault/1',
  serial: 0,
  name: Uint8Array.from(name),
  ways,
  lock: { afterMinutes: lockMinutesUsual, whenHidden: false },
  tries: noTries,
});
export const noTries = { count: 0, lastMs: 0 };

/** Opens by itself, on this device only. */
export async function deviceWay(dataKey: Uint8Array): Promise<Way> {
  const name = { kind: 'device', id: newId() } as const;
  const key = await drawOwnKey();
  return { ...name, key, wrap: wrapFor(await underOwnKey(key, utf8(name.id)), name, dataKey) };
}

/** Opens with what a passkey answers to `salt` (the WebAuthn PRF extension). */
export function passkeyWay(
  made: { id: string; salt: Uint8Array; secret: Uint8Array },
  dataKey: Uint8Array,
): Way {
  const name = { kind: 'passkey', id: made.id } as const;
  return { ...name, salt: Uint8Array.from(made.salt), wrap: wrapFor(made.secret, name, dataKey) };
}

/** Opens with a passphrase on this device only: the stretched passphrase goes through a key that stays here. */
export async function passphraseWay(passphrase: string, dataKey: Uint8Array): Promise<Way> {
  const name = { kind: 'passphrase', id: newId() } as const;
  const salt = Uint8Array.from(randomBytes(STRETCH_SALT_BYTES));
  const key = await drawOwnKey();
  const opens = await underOwnKey(key, stretchPassphrase(passphrase, salt));
  return { ...name, key, salt, wrap: wrapFor(opens, name, dataKey) };
}

/** What a way is opened with. */
export type Proof =
  | { kind: 'passkey'; id: string; secret: Uint8Array }
  | { kind: 'passphrase'; passphrase: string };

/** The 32 octets that open `way`. Throws Malformed for a passphrase that cannot be one. */
export async function keyFor(way: Way, proof: Proof | undefined): Promise<Uint8Array | undefined> {
  if (way.kind === 'device') return underOwnKey(way.key, utf8(way.id));
  if (way.kind === 'passphrase' && proof?.kind === 'passphrase')
    return underOwnKey(way.key, stretchPassphrase(proof.passphrase, way.salt));
  return way.kind === 'passkey' && proof?.kind === 'passkey' && proof.id === way.id
    ? proof.secret
    : undefined;
}

const wrapFor = (key: Uint8Array, name: WayName, dataKey: Uint8Array) =>
  Uint8Array.from(wrapDataKey(key, name, dataKey));

const newId = () => toBase64url(randomBytes(idBytes));

const drawOwnKey = (): Promise<CryptoKey> =>
  crypto.subtle.generateKey({ name: 'HMAC', hash: 'SHA-256', length: 256 }, false, ['sign']);

async function underOwnKey(key: CryptoKey, octets: Uint8Array): Promise<Uint8Array> {
  return new Uint8Array(
    await crypto.subtle.sign('HMAC', key, Uint8Array.from(frame(label('wrapDataKey'), octets))),
  );
}
