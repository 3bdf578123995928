// What a presentation proves, and everything that must not verify. PROTOCOL section 4.2, ATTACKS "Proof layer".

import { describe, expect, test } from 'vitest';
import { concat, equalBytes, utf8 } from '../bytes.ts';
import { decodeG1, decodeScalar, encodeG1, mulG1, subG1 } from '../curve.ts';
import { Malformed, ProofFailed } from '../errors.ts';
import { decodeEscrow } from '../escrow/ciphertext.ts';
import { randomBytes } from '../rng.ts';
import { recordKeyOf } from './credential.ts';
import { prove } from './prove.ts';
import type { Question } from './question.ts';
import { pseudonymOf } from './record.ts';
import { ATTRIBUTES, drawRegistrar, drawWholeKey, EPOCH, enrol, questionOf } from './scenario.ts';
import { DISCLOSABLE, type DisclosableField } from './schema.ts';
import { proveDishonestly } from './testing/dishonest-prover.ts';
import { verifyPresentation } from './verify.ts';

const registrar = drawRegistrar();
const key = drawWholeKey();
const { credential, recordKey } = enrol(registrar);
const question = questionOf(registrar.publicKey, key.publicKey);
const presentation = prove(credential, question);

const IDENTITY = concat(Uint8Array.of(0xc0), new Uint8Array(47));
/** Where each part begins: version, over_16 = "yes", residence = "gb", P, E0, E1, ρ̂, then the BBS proof. */
const AT = { value: 1, P: 8, E0: 56, E1: 104, rho: 152, proof: 184 };
const changed = (octets: Uint8Array, at: number, bit = 0) => {
  const copy = octets.slice();
  copy[at]! ^= 1 << bit;
  return copy;
};
const put = (octets: Uint8Array, at: number, part: Uint8Array) => {
  const copy = octets.slice();
  copy.set(part, at);
  return copy;
};
const refused = (octets: Uint8Array, asked: Question = question) => {
  try {
    verifyPresentation(octets, asked);
  } catch (error) {
    if (error instanceof Malformed || error instanceof ProofFailed) return true;
    throw error;
  }
  return false;
};

describe('an honest presentation', () => {
  test('proves pseudonym, escrow and what was asked', () => {
    const proven = verifyPresentation(presentation, question);
    expect(proven.pseudonym).toEqual(pseudonymOf(credential, question.scope));
    expect(proven.disclosed).toEqual({ over_16: 'yes', residence: 'gb' });
    const { E0, E1 } = decodeEscrow(proven.escrow);
    const opened = subG1(E1, mulG1(E0, decodeScalar(key.secretKey)));
    expect(encodeG1(opened)).toEqual(recordKey);
    expect(recordKeyOf(credential)).toEqual(recordKey);
  });

  test.each([[[]], [['name']], [[...DISCLOSABLE]]])(
    'any set of fields a policy may ask for: %j',
    (disclose) => {
      const asked = { ...question, disclose: disclose as DisclosableField[] };
      const { disclosed } = verifyPresentation(prove(credential, asked), asked);
      expect(Object.keys(disclosed)).toEqual(
        DISCLOSABLE.filter((field) => (disclose as string[]).includes(field)),
      );
    },
  );

  test('same person: same pseudonym in a scope, another one elsewhere, nothing else in common', () => {
    const again = verifyPresentation(prove(credential, question), question);
    const first = verifyPresentation(presentation, question);
    expect(again.pseudonym).toEqual(first.pseudonym);
    expect(again.escrow).not.toEqual(first.escrow);
    const elsewhere = { ...question, scope: utf8('scope two') };
    const there = verifyPresentation(prove(credential, elsewhere), elsewhere);
    expect(there.pseudonym).not.toEqual(first.pseudonym);
    const windows = new Set<string>();
    for (let at = AT.P; at + 16 <= presentation.length; at++)
      windows.add(`${presentation.slice(at, at + 16)}`);
    for (let at = AT.P; at + 16 <= there.octets.length; at++) {
      expect(windows.has(`${there.octets.slice(at, at + 16)}`)).toBe(false);
    }
  });
});

describe('anything hashed and then changed is refused', () => {
  test('octets of the presentation, everywhere', () => {
    const edges = Object.values(AT).flatMap((at) => [at, at - 1]);
    const sample = Array.from({ length: presentation.length }, (_, at) => at).filter((at) => at % 3 === 0);
    for (const at of new Set([...edges, ...sample, presentation.length - 1])) {
      expect([at, refused(changed(presentation, at, at % 8))]).toEqual([at, true]);
    }
  }, 60_000);

  const other = drawRegistrar();
  const { label } = question;
  const altered: Record<string, Question> = {
    'issuer key': { ...question, issuerKey: other.publicKey },
    'opening key': { ...question, openingKey: drawWholeKey().publicKey },
    scope: { ...question, scope: utf8('scope onf') },
    'request hash': { ...question, label: { ...label, requestHash: changed(label.requestHash, 31) } },
    'policy hash': { ...question, label: { ...label, policyHash: changed(label.policyHash, 0) } },
    'older epoch': { ...question, label: { ...label, epoch: EPOCH - 1 } },
    'newer epoch': { ...question, label: { ...label, epoch: EPOCH + 1 } },
    'checkpoint size': {
      ...question,
      label: { ...label, checkpoint: { ...label.checkpoint, size: 12_346 } },
    },
    'checkpoint root': {
      ...question,
      label: { ...label, checkpoint: { ...label.checkpoint, root: randomBytes(32) } },
    },
    'account key': { ...question, label: { ...label, accountKey: changed(label.accountKey, 16) } },
    'notice handle': { ...question, label: { ...label, noticeHandle: changed(label.noticeHandle, 5) } },
    'two label fields exchanged': {
      ...question,
      label: { ...label, accountKey: label.noticeHandle, noticeHandle: label.accountKey },
    },
  };
  test.each(Object.entries(altered))('question: %s', (_, asked) => {
    expect(refused(presentation)).toBe(false);
    expect(refused(presentation, asked)).toBe(true);
  });

  test('a disclosed value', () => {
    expect(refused(put(presentation, 2, utf8('no\0')))).toBe(true);
    const asked = { ...question, disclose: ['over_13', 'residence'] as const };
    expect(refused(presentation, asked)).toBe(true);
    const older = enrol(registrar, { ...ATTRIBUTES, residence: 'unknown' }).credential;
    const said = prove(older, question);
    const relabelled = concat(said.slice(0, 5), presentation.slice(5, AT.P), said.slice(5 + 8));
    expect(refused(said)).toBe(false);
    expect(refused(relabelled)).toBe(true);
  });
});

describe('shape', () => {
  test('truncated, appended, empty, doubled, oversize', () => {
    for (const octets of [
      presentation.slice(0, -1),
      presentation.slice(0, -32),
      concat(presentation, Uint8Array.of(0)),
      concat(presentation, presentation.slice(-32)),
      new Uint8Array(0),
      concat(presentation, presentation),
      new Uint8Array(5000),
    ]) {
      expect(() => verifyPresentation(octets, question)).toThrow(Malformed);
    }
  });

  test('parts swapped within one, and between two of one person', () => {
    const [E0, E1] = [presentation.slice(AT.E0, AT.E1), presentation.slice(AT.E1, AT.rho)];
    expect(refused(put(put(presentation, AT.E0, E1), AT.E1, E0))).toBe(true);
    expect(refused(put(presentation, AT.P, E0))).toBe(true);
    const second = prove(credential, question);
    for (const at of Object.values(AT).slice(3)) {
      expect(refused(concat(presentation.slice(0, at), second.slice(at)))).toBe(true);
    }
  });

  test('the identity anywhere a point stands', () => {
    for (const at of [AT.P, AT.E0, AT.E1, AT.proof, AT.proof + 48, AT.proof + 96]) {
      expect(() => verifyPresentation(put(presentation, at, IDENTITY), question)).toThrow(Malformed);
    }
    expect(() => verifyPresentation(presentation, { ...question, openingKey: IDENTITY })).toThrow(Malformed);
    expect(() => prove(credential, { ...question, openingKey: IDENTITY })).toThrow(Malformed);
  });

  test('scalars that are zero or not reduced', () => {
    const zero = new Uint8Array(32);
    const order = new Uint8Array(32).fill(0xff);
    for (const scalar of [zero, order]) {
      for (const at of [AT.rho, AT.proof + 144, presentation.length - 64, presentation.length - 32]) {
        expect(() => verifyPresentation(put(presentation, at, scalar), question)).toThrow(Malformed);
      }
    }
  });
});

describe('disclosure is the policy’s', () => {
  test('a prover that discloses other fields, fewer or more is refused', () => {
    for (const fields of [
      ['over_13', 'residence'],
      ['over_16'],
      ['over_16', 'residence', 'assurance'],
      [],
    ] as const) {
      expect(refused(proveDishonestly(credential, question, { fields }))).toBe(true);
    }
    // Control: the same prover with the fields asked for.
    expect(refused(proveDishonestly(credential, question, {}))).toBe(false);
  });

  test('lineage, the blind, the nym secret, unknown names and repetitions cannot be asked for', () => {
    for (const field of ['lineage', 'nym', 'secret', '8', '9', 'toString']) {
      const asked = { ...question, disclose: [field as DisclosableField] };
      expect(() => prove(credential, asked)).toThrow(Malformed);
      expect(() => verifyPresentation(presentation, asked)).toThrow(Malformed);
    }
    const twice = { ...question, disclose: ['over_16', 'over_16'] as const };
    expect(() => prove(credential, twice)).toThrow(Malformed);
  });

  test('a proof with one hidden message fewer (the last one opened) has the wrong length', () => {
    const hiddenLast = presentation.length - 64;
    const opened = concat(presentation.slice(0, hiddenLast), presentation.slice(-32));
    expect(() => verifyPresentation(opened, question)).toThrow(Malformed);
  });
});

test('what comes back are copies: the record cannot be changed through the message', () => {
  const octets = presentation.slice();
  const proven = verifyPresentation(octets, question);
  octets.fill(0);
  expect(equalBytes(proven.octets, presentation)).toBe(true);
  expect(() => Object.assign(proven, { pseudonym: octets })).toThrow();
  expect(decodeG1(proven.pseudonym)).toBeDefined();
});
