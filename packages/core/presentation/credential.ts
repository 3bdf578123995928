// What a wallet holds: the secret s, the registrar's ε and blind signature over x = s + ε and the eight
// attributes (spec/issuance.md, "Credential"). Services never see one.

import { decodePublicKey } from '../bbs/key.ts';
import { concat, toHex, utf8 } from '../bytes.ts';
import {
  addScalar,
  decodeG1,
  decodeScalar,
  encodeG1,
  encodeScalar,
  equalG1,
  G2_BYTES,
  isZeroScalar,
  mulG1,
  SCALAR_BYTES,
  type Scalar,
} from '../curve.ts';
import { Malformed, ProofFailed } from '../errors.ts';
import { reader } from '../frame.ts';
import { finalizeWithNym, type NymCredential, type NymShape } from '../nym/issue.ts';
import { G_REC } from '../sigma/bases.ts';
import {
  type Attributes,
  checkAttributes,
  credentialHeader,
  decodeText,
  encodeEpoch,
  encodeMessages,
  FIELDS,
} from './schema.ts';

/** Octets of a BBS signature. */
const SIGNATURE_BYTES = 80;
const VERSION = 1;
const EPOCH_BYTES = 8;

/** Eight signed messages, nothing committed, one nym secret: the only shape there is. */
export const SHAPE: NymShape = { signerMessages: FIELDS.length, committedMessages: 0, nyms: 1 };

/** Secret. `secret` is s, `entropy` ε, `blind` the blinding factor of this issuance; 32 octets each. */
export type Credential = {
  readonly issuerKey: Uint8Array;
  readonly epoch: number;
  readonly attributes: Attributes;
  readonly secret: Uint8Array;
  readonly entropy: Uint8Array;
  readonly blind: Uint8Array;
  readonly signature: Uint8Array;
};

/** What the registrar answers to an accepted request. */
export type Grant = {
  readonly epoch: number;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly entropy: Uint8Array;
  readonly blindSignature: Uint8Array;
};

/**
 * The credential, once everything the registrar said fits: closed vocabulary, R = (s + ε)·G_rec, signature.
 * `epoch` is the one the wallet computed itself. Throws Malformed or ProofFailed.
 */
export function acceptCredential(
  issuerKey: Uint8Array,
  recordKey: Uint8Array,
  epoch: number,
  own: { readonly secret: Uint8Array; readonly blind: Uint8Array },
  grant: Grant,
): Credential {
  if (grant.epoch !== epoch) throw new Malformed('epoch', 'the current epoch');
  const credential: Credential = {
    issuerKey,
    epoch,
    attributes: checkAttributes(grant.attributes),
    secret: own.secret,
    entropy: grant.entropy,
    blind: own.blind,
    signature: grant.blindSignature,
  };
  const R = decodeG1(recordKey, 'record key');
  if (!equalG1(mulG1(G_REC, nymSecret(credential)), R)) throw new ProofFailed();
  finalizeWithNym(
    decodePublicKey(issuerKey),
    credentialHeader(epoch),
    {
      signature: credential.signature,
      messages: encodeMessages(credential.attributes),
      committedMessages: [],
      proverBlind: decodeScalar(own.blind, 'blind'),
      proverNyms: [decodeScalar(own.secret, 'secret')],
    },
    decodeScalar(grant.entropy, 'entropy'),
  );
  return credential;
}

/** x = s + ε. */
export function nymSecret({ secret, entropy }: Pick<Credential, 'secret' | 'entropy'>): Scalar {
  const x = addScalar(decodeScalar(secret, 'secret'), decodeScalar(entropy, 'entropy'));
  if (isZeroScalar(x)) throw new Malformed('entropy', 'an entropy that leaves a secret');
  return x;
}

export function nymSecretOctets(credential: Pick<Credential, 'secret' | 'entropy'>): Uint8Array {
  return encodeScalar(nymSecret(credential));
}

/** R = x·G_rec, 48 octets. */
export function recordKeyOf(credential: Pick<Credential, 'secret' | 'entropy'>): Uint8Array {
  return encodeG1(mulG1(G_REC, nymSecret(credential)));
}

/** The same for the layer below. The signature was checked when the credential was accepted. */
export function nymCredentialOf(credential: Credential): NymCredential {
  return {
    signature: credential.signature,
    messages: encodeMessages(credential.attributes),
    committedMessages: [],
    proverBlind: decodeScalar(credential.blind, 'blind'),
    nymSecrets: [nymSecret(credential)],
  };
}

/** For the wallet's own storage (spec/issuance.md, "Stored credential"). Secret. */
export function encodeCredential(credential: Credential): Uint8Array {
  const { issuerKey, epoch, attributes, secret, entropy, blind, signature } = credential;
  const values = FIELDS.map((field) => utf8(attributes[field], field));
  return concat(
    Uint8Array.of(VERSION),
    issuerKey,
    encodeEpoch(epoch),
    secret,
    entropy,
    blind,
    signature,
    ...values.flatMap((value) => [Uint8Array.of(value.length), value]),
  );
}

/** Throws Malformed. */
export function decodeCredential(octets: Uint8Array): Credential {
  const read = reader(octets, 'credential', 'a stored credential of version 1');
  if (read.uint(1) !== VERSION) throw new Malformed('credential', 'a stored credential of version 1');
  const issuerKey = read.take(G2_BYTES);
  const epoch = Number(BigInt(`0x${toHex(read.take(EPOCH_BYTES))}`));
  const [secret, entropy, blind] = [
    read.take(SCALAR_BYTES),
    read.take(SCALAR_BYTES),
    read.take(SCALAR_BYTES),
  ];
  const signature = read.take(SIGNATURE_BYTES);
  const attributes = checkAttributes(
    Object.fromEntries(FIELDS.map((field) => [field, decodeText(field, read.short())])),
  );
  read.end();
  return { issuerKey, epoch, attributes, secret: secret!, entropy: entropy!, blind: blind!, signature };
}
