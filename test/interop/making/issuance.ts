// The issuance vectors: requests, and statements about a record key.

import { pseudonymOf } from '@answerable/core/presentation/record';
import { api, commitTo, h, proveEnrolment, secretOf } from '../second/credential.ts';
import {
  decodePoint,
  encodePoint,
  encodeScalar,
  G_rec,
  H,
  H2C,
  H2S,
  mul,
  O,
  type Point,
  r,
  randomScalar,
  sum,
} from '../second/group.ts';
import { fromHex, hexOf, I2OSP, join, utf8 } from '../second/octets.ts';
import { notMine } from '../second/record.ts';
import { proofTag, proveUnchecked } from '../second/sigma.ts';
import type { Vector } from '../verdicts.ts';
import * as world from '../world.ts';
import { bigger, identityPoint, type Made, replaced } from './made.ts';

export function issuanceVectors(): Made {
  const one = world.requestVectors('first');
  const two = world.requestVectors('second');
  const hex = (vector: Vector, name: string) => fromHex(vector[name] as string);
  const commitment = hex(one.enrolment, 'commitment');
  const proof = hex(one.enrolment, 'proof');
  const withCommitment = (octets: Uint8Array): Vector => ({ ...one.enrolment, commitment: hexOf(octets) });
  const known = world.recordKeyVector('first');
  const denial = world.notMineVector('second');
  const bobsPoint = hexOf(encodePoint(mul(G_rec, world.other.s)));

  return {
    valid: {
      'record-request': one.enrolment,
      'record-request-second': two.enrolment,
      'credential-request': one.later,
      'credential-request-second': two.later,
      'record-key-known': known,
      'pseudonym-not-mine': denial,
    },
    invalid: {
      'request-of-other-session': { ...one.enrolment, binding: two.enrolment.binding! },
      'secret-point-of-other-person': { ...one.enrolment, secretPoint: bobsPoint },
      'secret-point-identity': { ...one.enrolment, secretPoint: hexOf(identityPoint) },
      'commitment-to-other-secret': commitmentToOther(one.enrolment),
      'commitment-without-the-secret': commitmentWithoutSecret(),
      'commitment-of-other-request': withCommitment(hex(two.enrolment, 'commitment')),
      'commitment-challenge-non-canonical': withCommitment(
        replaced(commitment, 112, bigger(commitment.slice(112))),
      ),
      'commitment-identity': withCommitment(replaced(commitment, 0, identityPoint)),
      'commitment-to-two-secrets': withCommitment(commitmentToTwo()),
      'commitment-truncated': withCommitment(commitment.slice(0, -1)),
      'commitment-trailing-byte': withCommitment(join(commitment, Uint8Array.of(0))),
      'enrolment-proof-challenge-non-canonical': {
        ...one.enrolment,
        proof: hexOf(replaced(proof, 0, bigger(proof.slice(0, 32)))),
      },
      'enrolment-proof-truncated': { ...one.enrolment, proof: hexOf(proof.slice(0, -32)) },
      'enrolment-proof-for-a-later-request': { ...one.later, proof: one.enrolment.proof! },
      'later-request-of-other-record': { ...one.later, recordKey: hexOf(world.bob.recordKey) },
      'later-request-with-other-entropy': { ...one.later, entropy: hexOf(world.bob.credential.entropy) },
      'record-key-of-other-person': { ...known, recordKey: hexOf(world.bob.recordKey) },
      'record-key-for-other-binding': { ...known, binding: hexOf(utf8('another case')) },
      'not-mine-of-ones-own-pseudonym': ownPseudonymDenied(),
      'not-mine-with-nothing-in-it': nothingDenied(denial),
      'not-mine-of-other-pseudonym': {
        ...denial,
        pseudonym: hexOf(pseudonymOf(world.bob.credential, utf8('scope two'))),
      },
      'not-mine-for-other-binding': { ...denial, binding: hexOf(utf8('another case')) },
    },
  };
}

/** C commits to s + 1, S0 is that of s: each half proved as well as it can be. */
function commitmentToOther(base: Vector): Vector {
  const { C, blind, octets } = commitTo(world.own.s + 1n);
  const proof = proveEnrolment(C, blind, world.own.s, fromHex(base.binding as string));
  return { ...base, commitment: hexOf(octets), proof: hexOf(proof) };
}

/** C = ρ'·Q2 alone, honestly proved, for an S0 that is somebody's. */
function commitmentWithoutSecret(): Vector {
  const base = world.requestVectors('second').enrolment;
  const { C, blind, octets } = commitTo(r);
  const proof = proveEnrolment(C, blind, world.own.s, fromHex(base.binding as string));
  return { ...base, commitment: hexOf(octets), proof: hexOf(proof) };
}

/** The draft's commitment with one committed message more: right in the draft, one scalar too long here. */
function commitmentToTwo(): Uint8Array {
  const [Q2, J] = [h[8]!, h[9]!];
  const third = h[0]!;
  const [blind, a, b] = [randomScalar(), randomScalar(), world.own.s];
  const nonces = [randomScalar(), randomScalar(), randomScalar()] as const;
  const C = sum([blind, Q2], [a, J], [b, third]);
  const first = sum([nonces[0], Q2], [nonces[1], J], [nonces[2], third]);
  const octets = join(I2OSP(2, 8), ...[Q2, J, third, C, first].map(encodePoint));
  const c = H2S(octets, join(api, utf8('H2S_')));
  const responses = [nonces[0] + c * blind, nonces[1] + c * a, nonces[2] + c * b, c];
  return join(encodePoint(C), ...responses.map(encodeScalar));
}

/** What somebody gets who denies what is theirs: every equation holds, and N is the identity. */
function ownPseudonymDenied(): Vector {
  const x = secretOf(world.own);
  const beta = randomScalar();
  const pseudonym = mul(H2C(utf8('scope one'), api), x);
  return denied(world.notMineVector('second'), pseudonym, beta * x, beta);
}

/** α = β = 0: every equation holds for anybody's pseudonym, and N is the identity. */
function nothingDenied(base: Vector): Vector {
  return denied(base, decodePoint(fromHex(base.pseudonym as string)), 0n, 0n);
}

function denied(base: Vector, pseudonym: Point, alpha: bigint, beta: bigint): Vector {
  const [OP, R] = [H2C(utf8('scope one'), api), decodePoint(world.ada.recordKey)];
  const delta = randomScalar();
  const V = sum([alpha, G_rec], [delta, H]);
  const tag = proofTag('proofNotMine', fromHex(base.binding as string));
  const proof = proveUnchecked(notMine(OP, pseudonym, R, O, V), [alpha, beta, delta], tag);
  const octets = join(identityPoint, encodePoint(V), proof);
  return { ...base, pseudonym: hexOf(encodePoint(pseudonym)), proof: hexOf(octets) };
}
