// Drawing the secret, binding every credential to one record, and signing (spec/issuance.md). Wallet beside
// registrar, since both sides build the same two statements:
//
//   enrolment   C = ρ'·Q2 + s·J  ∧  S0 = s·G_rec
//   later       C = ρ'·Q2 + s·J  ∧  R − ε·G_rec = s·G_rec
//
// x = s + ε is nobody's choice: the wallet fixes s before it learns ε, and ε follows from what it committed to.
// Because R is the same at every issuance, so is x: one person never holds two secrets.

import { keyPairOf } from '../bbs/key.ts';
import { i2osp } from '../bytes.ts';
import {
  addG1,
  decodeG1,
  decodeScalar,
  encodeG1,
  encodeScalar,
  type G1,
  isIdentityG1,
  isZeroScalar,
  mulG1,
  negScalar,
  ONE,
  randomScalar,
  type Scalar,
} from '../curve.ts';
import { assert, Malformed } from '../errors.ts';
import { frame } from '../frame.ts';
import { hashToScalar } from '../hash.ts';
import { label } from '../label.ts';
import {
  commitmentBases,
  commitWithNym,
  verifyAndBlindSignWithNym,
  verifyNymCommitment,
} from '../nym/issue.ts';
import { assertProven, type Proven, proven } from '../proven.ts';
import { G_REC } from '../sigma/bases.ts';
import { proofTag, proveCompact, verifyCompact } from '../sigma/proof.ts';
import { linearRelation, type Relation } from '../sigma/relation.ts';
import { SHAPE } from './credential.ts';
import { type Attributes, credentialHeader, encodeMessages } from './schema.ts';

/** Least octets of the registrar's secret that ε is drawn with. */
export const REGISTRAR_SECRET_BYTES_MIN = 32;

/** What a wallet sends to be issued a credential, and the blinding factor it keeps (32 octets). */
export type IssuanceRequest = { readonly commitmentWithProof: Uint8Array; readonly bindingProof: Uint8Array };

// ---- wallet ----

/** s, 32 octets: drawn once in a person's life. */
export function drawSecret(): Uint8Array {
  return encodeScalar(randomScalar());
}

/** S0 = s·G_rec, 48 octets; goes into the nonce that the evidence provider signs. */
export function secretPoint(secret: Uint8Array): Uint8Array {
  return encodeG1(mulG1(G_REC, decodeScalar(secret, 'secret')));
}

/** The first request. `binding`: what both sides know of this session. */
export function requestRecord(
  secret: Uint8Array,
  binding: Uint8Array,
): { request: IssuanceRequest; blind: Uint8Array } {
  const S0 = mulG1(G_REC, decodeScalar(secret, 'secret'));
  return request(secret, (C) => enrolment(C, S0), proofTag('proofEnrolment', binding));
}

/** Every later request, for the same record. */
export function requestCredential(
  secret: Uint8Array,
  entropy: Uint8Array,
  binding: Uint8Array,
): { request: IssuanceRequest; blind: Uint8Array } {
  const epsilon = decodeScalar(entropy, 'entropy');
  const R = addG1(mulG1(G_REC, decodeScalar(secret, 'secret')), mulG1(G_REC, epsilon));
  return request(secret, (C) => later(C, R, epsilon), proofTag('proofIssuance', binding));
}

function request(secret: Uint8Array, statement: (C: G1) => Relation, tag: Uint8Array) {
  const s = decodeScalar(secret, 'secret');
  const { commitmentWithProof, proverBlind } = commitWithNym([], [s]);
  const { C } = verifyNymCommitment(commitmentWithProof, SHAPE);
  const bindingProof = proveCompact(tag, statement(C), [proverBlind, s]);
  return { request: { commitmentWithProof, bindingProof }, blind: encodeScalar(proverBlind) };
}

// ---- registrar ----

/** A request whose two proofs hold for this record. `recordKey` is R, or absent while ε is not drawn. */
export type AcceptedRequest = {
  readonly commitmentWithProof: Uint8Array;
  readonly base:
    | { readonly secretPoint: Uint8Array }
    | { readonly recordKey: Uint8Array; readonly entropy: Uint8Array };
};

/** Throws Malformed or ProofFailed. */
export function verifyRecordRequest(
  point: Uint8Array,
  binding: Uint8Array,
  { commitmentWithProof, bindingProof }: IssuanceRequest,
): Proven<AcceptedRequest> {
  const { C } = verifyNymCommitment(commitmentWithProof, SHAPE);
  const statement = enrolment(C, decodeG1(point, 'secret point'));
  verifyCompact(proofTag('proofEnrolment', binding), statement, bindingProof);
  return proven({ commitmentWithProof, base: { secretPoint: point } });
}

/** Throws Malformed or ProofFailed: the same R as ever, or no credential. */
export function verifyCredentialRequest(
  recordKey: Uint8Array,
  entropy: Uint8Array,
  binding: Uint8Array,
  { commitmentWithProof, bindingProof }: IssuanceRequest,
): Proven<AcceptedRequest> {
  const { C } = verifyNymCommitment(commitmentWithProof, SHAPE);
  const statement = later(C, decodeG1(recordKey, 'record key'), decodeScalar(entropy, 'entropy'));
  verifyCompact(proofTag('proofIssuance', binding), statement, bindingProof);
  return proven({ commitmentWithProof, base: { recordKey, entropy } });
}

/** ε for one (record, resets), drawn once and stored. 32 octets. */
export function drawEntropy(
  registrarSecret: Uint8Array,
  recordId: Uint8Array,
  resets: number,
  accepted: Proven<AcceptedRequest>,
): Uint8Array {
  assertProven(accepted);
  assert(registrarSecret.length >= REGISTRAR_SECRET_BYTES_MIN, 'the registrar secret is long enough');
  const { C } = verifyNymCommitment(accepted.commitmentWithProof, SHAPE);
  const input = frame(registrarSecret, recordId, i2osp(resets, 4), encodeG1(C));
  const epsilon = hashToScalar(input, label('hashEntropy'));
  assert(!isZeroScalar(epsilon), 'no entropy is zero');
  return encodeScalar(epsilon);
}

/** R = S0 + ε·G_rec, 48 octets. Throws Malformed if a person's secret would be zero. */
export function recordKeyFrom(point: Uint8Array, entropy: Uint8Array): Uint8Array {
  const R = addG1(decodeG1(point, 'secret point'), mulG1(G_REC, decodeScalar(entropy, 'entropy')));
  if (isIdentityG1(R)) throw new Malformed('secret point', 'a point that leaves a secret');
  return encodeG1(R);
}

/** The blind signature, 80 octets. At enrolment ε is the one just drawn; later it is the record's. */
export function issueCredential(
  issuerSecret: Uint8Array,
  accepted: Proven<AcceptedRequest>,
  entropy: Uint8Array,
  epoch: number,
  attributes: Attributes,
): Uint8Array {
  assertProven(accepted);
  const { base, commitmentWithProof } = accepted;
  const same = 'entropy' in base ? base.entropy.every((octet, i) => octet === entropy[i]) : true;
  assert(same, 'a later credential is signed with the entropy that was proved about');
  return verifyAndBlindSignWithNym(
    keyPairOf(decodeScalar(issuerSecret, 'issuer secret')),
    commitmentWithProof,
    SHAPE,
    decodeScalar(entropy, 'entropy'),
    credentialHeader(epoch),
    encodeMessages(attributes),
  );
}

/** A registrar's issuer key pair, as octets: 32 secret, 96 public. */
export function drawIssuerKey(): { secretKey: Uint8Array; publicKey: Uint8Array } {
  const secret = randomScalar();
  return { secretKey: encodeScalar(secret), publicKey: keyPairOf(secret).publicKey.octets.slice() };
}

// ---- the two statements ----

const [Q2, J] = commitmentBases(SHAPE) as [G1, G1];

function enrolment(C: G1, S0: G1): Relation {
  return linearRelation({
    elements: { Q2, J, G_REC, C, S0 },
    witness: ['blind', 's'],
    equations: [
      {
        image: ['C'],
        terms: [
          ['blind', 'Q2'],
          ['s', 'J'],
        ],
      },
      { image: ['S0'], terms: [['s', 'G_REC']] },
    ],
  });
}

function later(C: G1, R: G1, epsilon: Scalar): Relation {
  return linearRelation({
    elements: { Q2, J, G_REC, C, R },
    witness: ['blind', 's'],
    equations: [
      {
        image: ['C'],
        terms: [
          ['blind', 'Q2'],
          ['s', 'J'],
        ],
      },
      {
        image: [
          ['R', ONE],
          ['G_REC', negScalar(epsilon)],
        ],
        terms: [['s', 'G_REC']],
      },
    ],
  });
}
