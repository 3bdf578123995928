// What one implementation makes, both accept and read alike; what is altered by one bit, both refuse. Every octet
// of everything that comes from somebody else is altered once. The second implementation is slow: it is asked
// about every 24th of them, and about all of them when ANSWERABLE_EVERY_OCTET is set.

import { Malformed } from '@answerable/core/errors';
import { checkValue as checkValueFirst } from '@answerable/core/presentation/schema';
import { describe, expect, test } from 'vitest';
import { presentationVectors } from './making/presentation.ts';
import { checkValue } from './second/credential.ts';
import { isRefused } from './second/octets.ts';
import { provePresentation } from './second/presentation.ts';
import type { Json, Vector, Verdict } from './verdicts.ts';
import { first, isAccepted, readerOf, second, secondQuestion, verdictOf, verdictOfBoth } from './verdicts.ts';
import * as world from './world.ts';

const stride = process.env.ANSWERABLE_EVERY_OCTET ? 1 : 24;
const everyOctetMs = 600_000;
const sides = ['first', 'second'] as const;

type Subject = { readonly name: string; readonly vector: Vector; readonly alter: readonly string[] };

/** Everything a side can make, with the fields a stranger could have altered. */
function madeBy(side: world.Side): Subject[] {
  const asked = world.question();
  const requests = world.requestVectors(side);
  const share = { ...world.openingVector(side, [2]), kind: 'opening-share', from: 2 } as Vector;
  const only = (share.shares as { share: string }[])[0]!.share;
  return [
    {
      name: 'presentation',
      vector: world.presentationVector(asked, world.presented(side, asked)),
      alter: [
        'presentation',
        'scope',
        'requestHash',
        'policyHash',
        'checkpointRoot',
        'accountKey',
        'noticeHandle',
      ],
    },
    {
      name: 'record request',
      vector: requests.enrolment,
      alter: ['commitment', 'proof', 'secretPoint', 'binding'],
    },
    {
      name: 'credential request',
      vector: requests.later,
      alter: ['commitment', 'proof', 'recordKey', 'entropy', 'binding'],
    },
    { name: 'record key', vector: world.recordKeyVector(side), alter: ['recordKey', 'binding', 'proof'] },
    {
      name: 'not mine',
      vector: world.notMineVector(side),
      alter: ['recordKey', 'scope', 'pseudonym', 'binding', 'proof'],
    },
    { name: 'opening share', vector: { ...share, share: only }, alter: ['escrow', 'binding', 'share'] },
    {
      name: 'sealed identity',
      vector: world.sealedVector(side),
      alter: ['publicKey', 'recordKey', 'sealed'],
    },
    { name: 'recall', vector: world.recallVector(side, world.words, [1, 2]), alter: ['blob'] },
  ];
}

/** The verdict on something altered at octet `at`: of the first, and where it is asked, of the second too. */
const verdictAt = (at: number, vector: Vector): Verdict =>
  at % stride === 0 ? verdictOfBoth(vector) : verdictOf(first, vector);

/** `hex` with one bit of octet `at` turned. */
function turned(hex: string, at: number): string {
  const octet = Number.parseInt(hex.slice(2 * at, 2 * at + 2), 16) ^ (1 << ((5 * at + 3) % 8));
  return hex.slice(0, 2 * at) + octet.toString(16).padStart(2, '0') + hex.slice(2 * at + 2);
}

describe.each(sides)('made by the %s', (side) => {
  test.each(madeBy(side))(
    '$name: both accept, and refuse every altered octet',
    { timeout: everyOctetMs },
    ({ vector, alter }) => {
      expect(isAccepted(verdictOfBoth(vector))).toBe(true);
      for (const field of alter) {
        const hex = vector[field] as string;
        for (let at = 0; at < hex.length / 2; at++) {
          const verdict = verdictAt(at, { ...vector, [field]: turned(hex, at) });
          expect(isAccepted(verdict), `${field}, octet ${at}`).toBe(false);
        }
      }
    },
  );

  test.each([
    [[], 'a'],
    [['over_13'], 'https://forum.example'],
    [['name', 'assurance', 'over_18'], 'ü'.repeat(512)],
    [['over_13', 'over_16', 'over_18', 'residence', 'assurance', 'reset_recent', 'name'], 'scope one'],
  ])('a presentation disclosing %j', (disclose, scope) => {
    const asked = world.question(disclose, scope);
    const vector = world.presentationVector(asked, world.presented(side, asked));
    expect(isAccepted(verdictOfBoth(vector))).toBe(true);
    for (const length of [0, 1, 50, 145, 400, vector.presentation!.toString().length / 2 - 32]) {
      const cut = vector.presentation!.toString().slice(0, 2 * length);
      expect(verdictOfBoth({ ...vector, presentation: cut })).toBe('refused');
    }
    expect(verdictOfBoth({ ...vector, presentation: `${vector.presentation}00` })).toBe('refused');
    expect(verdictOfBoth({ ...vector, epoch: asked.label.epoch + 1 })).toBe('refused');
    expect(verdictOfBoth({ ...vector, checkpointSize: asked.label.checkpoint.size + 1 })).toBe('refused');
  });

  test.each([
    ['opening', world.openingVector],
    ['identity opening', world.identityOpeningVector],
    ['tag', world.tagVector],
  ] as const)(
    '%s: any two of three; a share altered anywhere names its sender',
    { timeout: everyOctetMs },
    (_, make) => {
      const whole = make(side, [1, 2, 3]);
      const shares = whole.shares as { from: number; share: string }[];
      const verdict = verdictOfBoth(whole);
      expect(isAccepted(verdict)).toBe(true);
      for (const missing of [1, 2, 3]) {
        const two = shares.filter(({ from }) => from !== missing);
        expect(verdictOfBoth({ ...whole, shares: two })).toEqual(verdict);
      }
      const [one, , three] = shares as [(typeof shares)[0], (typeof shares)[0], (typeof shares)[0]];
      for (let at = 0; at < 113; at++) {
        const bad = [{ from: 1, share: turned(one.share, at) }, three];
        const said = verdictAt(at, { ...whole, shares: bad }) as { [name: string]: Json };
        expect([isAccepted(said), said.bad], `octet ${at}`).toEqual([false, [1]]);
      }
      expect(isAccepted(verdictOfBoth({ ...whole, shares: [one] }))).toBe(false);
      expect(isAccepted(verdictOfBoth({ ...whole, shares: [one, one] }))).toBe(false);
      expect(isAccepted(verdictOfBoth({ ...whole, shares: [one, { ...one, from: 2 }] }))).toBe(false);
    },
  );

  test('recall: two of three answers, not one, not with other words', () => {
    expect(isAccepted(verdictOfBoth(world.recallVector(side, world.words, [2, 3])))).toBe(true);
    expect(isAccepted(verdictOfBoth(world.recallVector(side, world.words, [2])))).toBe(false);
    const wrong = [...world.words.slice(0, 3), 'violin'];
    expect(verdictOfBoth(world.recallVector(side, wrong))).toBe('refused');
  });
});

describe('a ceremony', () => {
  const { whole, complaint } = world.ceremonyVectors();
  test('both follow it to the same keys, and refuse it with an octet altered', {
    timeout: everyOctetMs,
  }, () => {
    expect(isAccepted(verdictOfBoth(whole))).toBe(true);
    for (const round of ['commits', 'reveals', 'confirmations']) {
      const messages = whole[round] as string[];
      const hex = messages[1]!;
      for (let at = 0; at < hex.length / 2; at++) {
        const altered = messages.map((message, i) => (i === 1 ? turned(hex, at) : message));
        expect(verdictAt(at, { ...whole, [round]: altered }), `${round}, octet ${at}`).toBe('refused');
      }
    }
  });
  test('both find the accuser of an honest deal to have cheated, whatever is altered', {
    timeout: everyOctetMs,
  }, () => {
    expect(verdictOfBoth(complaint)).toEqual({ cheated: 1 });
    for (const field of ['deal', 'secret']) {
      const hex = complaint[field] as string;
      // X25519 leaves out five bits of its secret: the first and the last octet say nothing here.
      for (let at = 1; at < hex.length / 2 - 1; at++)
        expect(verdictAt(at, { ...complaint, [field]: turned(hex, at) })).toEqual({ cheated: 1 });
    }
  });
});

describe('a name', () => {
  const values: [what: string, value: string, fine: boolean][] = [
    ['empty', '', true],
    ['of 120 octets', 'ü'.repeat(60), true],
    ['of 121 octets', `${'ü'.repeat(60)}a`, false],
    ['of several words', '山田 太郎', true],
    ['not in NFC', 'Zoe\u0308', false],
    ['with a space before it', ' Ada', false],
    ['with a no-break space after it', 'Ada\u00a0', false],
    ['with an ideographic space before it', '\u3000Ada', false],
    ['with a tab in it', 'Ada\tB', false],
    ['with a next-line in it', 'Ada\u0085B', false],
    ['with a line separator in it', 'Ada\u2028B', false],
    ['with a paragraph separator in it', 'Ada\u2029B', false],
    ['with a byte order mark in it', 'Ada\ufeffB', false],
    ['with a right-to-left override in it', 'Ada\u202eB', false],
    ['with a zero-width joiner in it', 'Ada\u200dB', false],
    ['with a private character in it', 'Ada\ue000B', false],
    ['with an unassigned character in it', 'Ada\u0378B', false],
    ['with half a surrogate pair in it', 'Ada\ud800B', false],
  ];
  test.each(values)('%s: both say the same', (_, value, fine) => {
    if (fine) expect(() => checkValueFirst('name', value)).not.toThrow();
    else expect(() => checkValueFirst('name', value)).toThrow(Malformed);
    expect(isRefused(() => checkValue('name', value))).toBe(!fine);
  });
});

test('a signature by another secret, all else right, falls at the pairing', () => {
  const { 'signature-by-other-issuer': vector } = presentationVectors().invalid;
  expect(verdictOfBoth(vector!)).toBe('refused');
  expect(() => second.presentation!(readerOf(vector!))).toThrow('pairing');
});

test('a prover may not make the nonce of x in the escrow another one', () => {
  const asked = world.question();
  const strange = provePresentation(world.own, secondQuestion(asked), { escrowSecret: 5n });
  expect(verdictOfBoth(world.presentationVector(asked, strange))).toBe('refused');
});
