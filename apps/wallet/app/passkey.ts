/**
 * Passkeys that open this wallet: the browser asks, the passkey answers a salt with a secret of its own (WebAuthn,
 * PRF extension), and the secret goes to the worker. Nothing is registered anywhere, and the name in a list of
 * passkeys says no more than the icon does.
 */
import { fromBase64url, toBase64url } from '@answerable/core/bytes';
import { randomBytes } from '@answerable/core/rng';
import { Refused } from './boundary/rpc.ts';
import type { GateView, PasskeyMade } from './boundary/vault-actions.ts';
import type { Proof } from './boundary/vault-record.ts';
import { said } from './text/text.ts';

const saltBytes = 32;
const userIdBytes = 16;
const timeoutMs = 120_000;
/** ES256, EdDSA, RS256: no signature is ever checked, but authenticators want to know. */
const algorithms = [-7, -8, -257];

type Passkeys = GateView['passkeys'];

/** Makes a new one. Throws Refused `passkey_stopped` or `passkey_without_key`. */
export async function makePasskey(name: string, already: Passkeys): Promise<PasskeyMade> {
  const salt = own(randomBytes(saltBytes));
  const made = await asked(() =>
    navigator.credentials.create({
      publicKey: {
        challenge: own(randomBytes(saltBytes)),
        rp: { name: said.shell.name },
        user: { id: own(randomBytes(userIdBytes)), name: said.shell.name, displayName: said.shell.name },
        pubKeyCredParams: algorithms.map((alg) => ({ type: 'public-key', alg })),
        excludeCredentials: already.map(descriptor),
        authenticatorSelection: { residentKey: 'preferred', userVerification: 'required' },
        timeout: timeoutMs,
        extensions: { prf: { eval: { first: salt } } },
      },
    }),
  );
  const { prf } = made.getClientExtensionResults();
  const id = toBase64url(new Uint8Array(made.rawId));
  // Some answer only when used, not when made; one that cannot at all says so now.
  if (prf?.results?.first) return { id, salt, secret: octets(prf.results.first), name };
  if (prf?.enabled === false || !prf) throw new Refused('passkey_without_key');
  const { secret } = await answerOf([{ id, salt }]);
  return { id, salt, secret, name };
}

/** Asks for one of these passkeys. Throws Refused `passkey_stopped` or `passkey_without_key`. */
export async function provePasskey(passkeys: Passkeys): Promise<Proof> {
  return { kind: 'passkey', ...(await answerOf(passkeys)) };
}

async function answerOf(passkeys: Passkeys): Promise<{ id: string; secret: Uint8Array }> {
  const used = await asked(() =>
    navigator.credentials.get({
      publicKey: {
        challenge: own(randomBytes(saltBytes)),
        allowCredentials: passkeys.map(descriptor),
        userVerification: 'required',
        timeout: timeoutMs,
        extensions: {
          prf: {
            evalByCredential: Object.fromEntries(passkeys.map(({ id, salt }) => [id, { first: own(salt) }])),
          },
        },
      },
    }),
  );
  const first = used.getClientExtensionResults().prf?.results?.first;
  if (!first) throw new Refused('passkey_without_key');
  return { id: toBase64url(new Uint8Array(used.rawId)), secret: octets(first) };
}

export const passkeysWork = (): boolean => typeof PublicKeyCredential === 'function';

async function asked(ask: () => Promise<Credential | null>): Promise<PublicKeyCredential> {
  const credential = passkeysWork() ? await ask().catch(() => null) : null;
  if (!credential) throw new Refused('passkey_stopped');
  return credential as PublicKeyCredential;
}

const descriptor = ({ id }: { id: string }): PublicKeyCredentialDescriptor => ({
  type: 'public-key',
  id: own(fromBase64url(id)),
});

const own = (bytes: Uint8Array): Uint8Array<ArrayBuffer> => Uint8Array.from(bytes);
const octets = (source: BufferSource): Uint8Array =>
  source instanceof ArrayBuffer
    ? new Uint8Array(source)
    : new Uint8Array(source.buffer, source.byteOffset, source.byteLength);
