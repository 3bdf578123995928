// One person enrolled and asked, for tests here and elsewhere in core: everything real, nothing fixed.

import { utf8 } from '../bytes.ts';
import { decodeScalar, encodeG1, encodeScalar, mulG1, randomScalar } from '../curve.ts';
import { randomBytes } from '../rng.ts';
import { G } from '../sigma/bases.ts';
import { acceptCredential, type Credential } from './credential.ts';
import {
  drawEntropy,
  drawIssuerKey,
  drawSecret,
  issueCredential,
  recordKeyFrom,
  requestRecord,
  secretPoint,
  verifyRecordRequest,
} from './issuance.ts';
import type { Question } from './question.ts';
import type { Attributes } from './schema.ts';

export const ATTRIBUTES: Attributes = {
  lineage: '5e'.repeat(32),
  over_13: 'yes',
  over_16: 'yes',
  over_18: 'no',
  residence: 'gb',
  assurance: 'medium',
  reset_recent: 'no',
  name: '',
};
export const EPOCH = 20_771;

export type Registrar = { secretKey: Uint8Array; publicKey: Uint8Array; entropySecret: Uint8Array };

export function drawRegistrar(): Registrar {
  return { ...drawIssuerKey(), entropySecret: randomBytes(32) };
}

/** Enrols somebody and issues the first credential. */
export function enrol(
  registrar: Registrar,
  attributes: Attributes = ATTRIBUTES,
): { credential: Credential; recordKey: Uint8Array } {
  const binding = utf8('session 1');
  const secret = drawSecret();
  const { request, blind } = requestRecord(secret, binding);
  const accepted = verifyRecordRequest(secretPoint(secret), binding, request);
  const entropy = drawEntropy(registrar.entropySecret, utf8('record 1'), 0, accepted);
  const recordKey = recordKeyFrom(secretPoint(secret), entropy);
  const blindSignature = issueCredential(registrar.secretKey, accepted, entropy, EPOCH, attributes);
  const grant = { epoch: EPOCH, attributes, entropy, blindSignature };
  const credential = acceptCredential(registrar.publicKey, recordKey, EPOCH, { secret, blind }, grant);
  return { credential, recordKey };
}

/** An opening key that one person holds: for tests that do not need guardians. */
export function drawWholeKey(): { secretKey: Uint8Array; publicKey: Uint8Array } {
  const secretKey = encodeScalar(randomScalar());
  return { secretKey, publicKey: encodeG1(mulG1(G, decodeScalar(secretKey))) };
}

export function questionOf(issuerKey: Uint8Array, openingKey: Uint8Array, scope = 'scope one'): Question {
  return {
    issuerKey,
    openingKey,
    scope: utf8(scope),
    disclose: ['over_16', 'residence'],
    label: {
      requestHash: randomBytes(32),
      policyHash: randomBytes(32),
      epoch: EPOCH,
      checkpoint: { size: 12_345, root: randomBytes(32) },
      accountKey: randomBytes(32),
      noticeHandle: randomBytes(32),
    },
  };
}
