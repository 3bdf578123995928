// Attacks on the tie between pseudonym and escrow, each with the control that it works where the tie is missing.

import { bls12_381 } from '@noble/curves/bls12-381.js';
import { describe, expect, test } from 'vitest';
import { concat, toHex, utf8 } from '../bytes.ts';
import {
  addG1,
  addScalar,
  decodeG1,
  decodeG2,
  decodeScalar,
  encodeG1,
  encodeScalar,
  equalG1,
  invScalar,
  msmG1,
  mulG1,
  mulScalar,
  negScalar,
  randomScalar,
  type Scalar,
  scalarToBigint,
  subG1,
  subScalar,
} from '../curve.ts';
import { Malformed, ProofFailed } from '../errors.ts';
import { decodeEscrow, encodeEscrow } from '../escrow/ciphertext.ts';
import { originPoint } from '../nym/pseudonym.ts';
import { G, G_REC } from '../sigma/bases.ts';
import { deriveAccount } from './account.ts';
import { type Credential, encodeCredential, nymSecret } from './credential.ts';
import { requestRecord, secretPoint } from './issuance.ts';
import { prove } from './prove.ts';
import type { Question } from './question.ts';
import { proveRecord, recordBucket } from './record.ts';
import { drawRegistrar, drawWholeKey, enrol, questionOf } from './scenario.ts';
import { proveDishonestly } from './testing/dishonest-prover.ts';
import { verifyPresentation } from './verify.ts';
import { decodePresentation } from './wire.ts';

const registrar = drawRegistrar();
const key = drawWholeKey();
const Y = decodeG1(key.publicKey);
const victim = enrol(registrar);
const question = questionOf(registrar.publicKey, key.publicKey);
const elsewhere = questionOf(registrar.publicKey, key.publicKey, 'scope two');
const read = (octets: Uint8Array, asked: Question = question) =>
  decodePresentation(octets, asked.disclose as never);

const AT = { E0: 56, rho: 152, end: 184 };
const escrowPart = (octets: Uint8Array) => octets.slice(AT.E0, AT.rho);
const withEscrow = (octets: Uint8Array, escrow: Uint8Array, rho: Uint8Array) =>
  concat(octets.slice(0, AT.E0), escrow, rho, octets.slice(AT.end));
/** T0, T1 as any verifier recomputes them. */
const firstMessages = (octets: Uint8Array) => {
  const { escrow, rhoResponse, proof } = read(octets);
  const c = negScalar(proof.challenge);
  return [
    msmG1([G, escrow.E0], [rhoResponse, c]),
    msmG1([Y, G_REC, escrow.E1], [rhoResponse, proof.nymResponses[0]!, c]),
  ].map((p) => toHex(encodeG1(p)));
};

describe('moving and re-randomising a ciphertext', () => {
  test('the escrow of another account, with its response: refused', () => {
    const mine = prove(victim.credential, question);
    const theirs = prove(enrol(registrar).credential, question);
    const moved = withEscrow(mine, escrowPart(theirs), theirs.slice(AT.rho, AT.end));
    expect(() => verifyPresentation(moved, question)).toThrow(ProofFailed);
    expect(() => verifyPresentation(mine, question)).not.toThrow();
  });

  test('the escrow of the same person’s account elsewhere: refused', () => {
    const here = prove(victim.credential, question);
    const there = prove(victim.credential, elsewhere);
    const moved = withEscrow(here, escrowPart(there), there.slice(AT.rho, AT.end));
    expect(() => verifyPresentation(moved, question)).toThrow(ProofFailed);
  });

  test('re-randomised with its response adjusted: the first messages fit, and still refused', () => {
    const octets = prove(victim.credential, question);
    const { escrow, rhoResponse, proof } = read(octets);
    const delta = randomScalar();
    const escrow2 = { E0: addG1(escrow.E0, mulG1(G, delta)), E1: addG1(escrow.E1, mulG1(Y, delta)) };
    const rho2 = addScalar(rhoResponse, mulScalar(proof.challenge, delta));
    const moved = withEscrow(octets, encodeEscrow(escrow2), encodeScalar(rho2));
    // Control: a header with T0 and T1 but without E0 and E1 would have been the same one.
    expect(firstMessages(moved)).toEqual(firstMessages(octets));
    expect(() => verifyPresentation(moved, question)).toThrow(ProofFailed);
  });
});

describe('framing', () => {
  const ghost = enrol(registrar);

  test('a registrar who knows the victim’s R and signs what it likes cannot put R into an escrow', () => {
    const R = decodeG1(victim.recordKey);
    const framed = proveDishonestly(ghost.credential, question, {
      escrow: (rho, opening) => ({ E0: mulG1(G, rho), E1: addG1(mulG1(opening, rho), R) }),
    });
    expect(() => verifyPresentation(framed, question)).toThrow(ProofFailed);
    // Control: the ciphertext itself opens to the victim; only the tie to the pseudonym's x refuses it.
    const { E0, E1 } = decodeEscrow(escrowPart(framed));
    expect(encodeG1(subG1(E1, mulG1(E0, decodeScalar(key.secretKey))))).toEqual(victim.recordKey);
    // Control: the same prover without the lie is accepted. Ghosts are the census's affair (PROTOCOL 3.9).
    expect(() =>
      verifyPresentation(proveDishonestly(ghost.credential, question, {}), question),
    ).not.toThrow();
  });

  test('two faces: another secret in the escrow, or none, is refused', () => {
    const x2 = randomScalar();
    const two = proveDishonestly(victim.credential, question, {
      escrow: (rho, opening) => ({ E0: mulG1(G, rho), E1: msmG1([opening, G_REC], [rho, x2]) }),
    });
    const none = proveDishonestly(victim.credential, question, {
      escrow: (rho, opening) => ({ E0: mulG1(G, rho), E1: mulG1(opening, rho) }),
    });
    const undecipherable = proveDishonestly(victim.credential, question, {
      escrow: (rho, opening) => ({
        E0: mulG1(G, randomScalar()),
        E1: msmG1([opening, G_REC], [rho, nymSecret(victim.credential)]),
      }),
    });
    for (const octets of [two, none, undecipherable]) {
      expect(() => verifyPresentation(octets, question)).toThrow(ProofFailed);
    }
  });

  test('somebody else’s credential secret does not fit: one person’s signature, another’s x', () => {
    const stolen: Credential = { ...victim.credential, secret: ghost.credential.secret };
    expect(() => verifyPresentation(prove(stolen, question), question)).toThrow(ProofFailed);
  });
});

describe('reading an escrow without the key', () => {
  const recordFrom = (octets: Uint8Array, rho: Scalar) =>
    encodeG1(subG1(decodeEscrow(escrowPart(octets)).E1, mulG1(Y, rho)));

  test('two responses to one nonce of ρ give R away; the prover draws both anew', () => {
    const rho = randomScalar();
    const rhoNonce = randomScalar();
    const [a, b] = [0, 1].map(() => proveDishonestly(victim.credential, question, { rho, rhoNonce })) as [
      Uint8Array,
      Uint8Array,
    ];
    const extract = (p: Uint8Array, q: Uint8Array) => {
      const [one, two] = [read(p), read(q)];
      const c = subScalar(one.proof.challenge, two.proof.challenge);
      return mulScalar(subScalar(one.rhoResponse, two.rhoResponse), invScalar(c));
    };
    expect(recordFrom(a, extract(a, b))).toEqual(victim.recordKey);
    const [c, d] = [prove(victim.credential, question), prove(victim.credential, question)];
    expect(recordFrom(c, extract(c, d))).not.toEqual(victim.recordKey);
    expect(escrowPart(c)).not.toEqual(escrowPart(d));
  });

  test('one nonce for both ρ and x would link a person’s accounts; they are separate', () => {
    const tell = (octets: Uint8Array, asked: Question) => {
      const { escrow, rhoResponse, proof } = read(octets, asked);
      const d = mulScalar(subScalar(rhoResponse, proof.nymResponses[0]!), invScalar(proof.challenge));
      return toHex(encodeG1(subG1(escrow.E0, mulG1(G, d)))); // ρ·G − (ρ − x)·G = x·G
    };
    const broken = [question, elsewhere].map((asked) =>
      tell(proveDishonestly(victim.credential, asked, { rhoNonce: (xNonce) => xNonce }), asked),
    );
    expect(broken[0]).toBe(broken[1]);
    const real = [question, elsewhere].map((asked) => tell(prove(victim.credential, asked), asked));
    expect(real[0]).not.toBe(real[1]);
  });

  test('with everything public in hand (challenge, responses, first messages, R to compare): nothing', () => {
    const octets = prove(victim.credential, question);
    const { rhoResponse, proof } = read(octets);
    const c = invScalar(proof.challenge);
    const guesses = [rhoResponse, mulScalar(rhoResponse, c), ...proof.responses, proof.challenge, c].flatMap(
      (s) => [s, subScalar(rhoResponse, s), mulScalar(subScalar(rhoResponse, s), c)],
    );
    for (const rho of guesses) expect(recordFrom(octets, rho)).not.toEqual(victim.recordKey);
    // Control: with ρ itself it opens, so the comparison can succeed.
    const rho = randomScalar();
    expect(recordFrom(proveDishonestly(victim.credential, question, { rho }), rho)).toEqual(victim.recordKey);
  });
});

describe('never in G2', () => {
  const { G2 } = bls12_381;
  const g1 = (octets: Uint8Array) => bls12_381.G1.Point.fromHex(toHex(octets));

  test('one point x·G2 would link all pseudonyms of its person, by pairing', () => {
    const x = nymSecret(victim.credential);
    const leaked = G2.Point.BASE.multiply(scalarToBigint(x));
    const links = (asked: Question, credential: Credential) => {
      const { pseudonym } = read(prove(credential, asked), asked);
      const left = bls12_381.pairing(g1(encodeG1(pseudonym)), G2.Point.BASE);
      const right = bls12_381.pairing(g1(encodeG1(originPoint(asked.scope))), leaked);
      return bls12_381.fields.Fp12.eql(left, right);
    };
    expect(links(question, victim.credential)).toBe(true);
    expect(links(elsewhere, victim.credential)).toBe(true);
    expect(links(question, enrol(registrar).credential)).toBe(false);
  });

  test('nothing that leaves a wallet holds a point of G2', () => {
    const { credential } = victim;
    const { request } = requestRecord(credential.secret, utf8('session'));
    const account = deriveAccount(credential, question.scope, 1);
    const sent: Uint8Array[] = [
      prove(credential, question),
      request.commitmentWithProof,
      request.bindingProof,
      secretPoint(credential.secret),
      proveRecord(credential, utf8('nonce')),
      concat(account.publicKey, account.noticeHandle, account.handleSeed),
      utf8(recordBucket(victim.recordKey, 16)),
    ];
    expect(sent.some(holdsG2)).toBe(false);
    // Control: the issuer key inside a stored credential is found.
    expect(holdsG2(encodeCredential(credential))).toBe(true);
  });

  function holdsG2(octets: Uint8Array): boolean {
    for (let at = 0; at + 96 <= octets.length; at++) {
      try {
        decodeG2(octets.slice(at, at + 96));
        return true;
      } catch (error) {
        if (!(error instanceof Malformed)) throw error;
      }
    }
    return false;
  }
});

test('G, G_rec and a scope’s OP are three different points', () => {
  expect(equalG1(G, G_REC)).toBe(false);
  expect(equalG1(G_REC, originPoint(question.scope))).toBe(false);
});
