import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EMPTY_EDGE, grow, headOf } from '../append/edge.ts';
import { vectorJson, vectorsPresent } from '../testing/vectors.ts';
import { encodeAddCheckpoint } from '../verify/add-checkpoint.ts';
import { formatCheckpoint, openCheckpoint, signCheckpoint } from '../verify/checkpoint.ts';
import { utf8 } from '../verify/encoding.ts';
import { leafHash, rootOfHashes } from '../verify/merkle.ts';
import { formatNote, parseNote, parseSignatureLines, signNote } from '../verify/note.ts';
import { noteKey, verifierKey } from '../verify/note-key.ts';
import { verifyNoteSignature } from '../verify/note-signature.ts';
import { consistencyProof } from '../verify/prove.ts';
import {
  addCheckpoint,
  monitorCheckpoint,
  originHashOf,
  type WitnessedHead,
  type WitnessOptions,
} from './witness.ts';

const NOW = 1_700_000_000;
const key = noteKey('example.com/witness', 0x04, new Uint8Array(32).fill(2));
const log = noteKey('log.example', 0x01, new Uint8Array(32).fill(1));

/** A witness store in memory. */
function memory() {
  const heads = new Map<string, WitnessedHead>();
  return {
    latest: async (origin: string) => heads.get(origin),
    advance: async (origin: string, oldSize: number, next: WitnessedHead) => {
      if ((heads.get(origin)?.size ?? 0) !== oldSize) return false;
      heads.set(origin, next);
      return true;
    },
  };
}

const witness = (more: Partial<WitnessOptions> = {}): WitnessOptions => ({
  key,
  logs: [log],
  store: memory(),
  now: () => NOW,
  ...more,
});

const leaves = Array.from({ length: 40 }, (_, i) => leafHash(utf8(`${i}`)));
const headAt = (size: number, from = leaves) => ({ size, root: rootOfHashes(from.slice(0, size)) });

async function request(older: number, newer: number, { from = leaves, signer = log } = {}) {
  const proof = await consistencyProof(
    async ([start, end]) => rootOfHashes(from.slice(start, end)),
    older,
    newer,
  );
  return encodeAddCheckpoint(older, proof, signCheckpoint(headAt(newer, from), signer));
}

describe.runIf(vectorsPresent)('the published transcript', () => {
  it('is answered as published, but for 404 where tlog-witness v1 has it', async () => {
    const { cases, log_public_key_hex } = vectorJson('kat/witness-add-checkpoint.json');
    const origin = 'sigsum.org/v1/tree/4d6d8825a6bb689d459628312889dfbb0bcd41b5211d9e1ce768b0ff0309e562';
    const sigsum = verifierKey(origin, 0x01, Uint8Array.from(Buffer.from(log_public_key_hex, 'hex')));
    const options = witness({ logs: [sigsum] });
    for (const { request, status, asserts } of cases) {
      const answer = await addCheckpoint(utf8(request), options);
      const unknown = asserts.join().includes('unknown log');
      expect(answer.status).toBe(unknown ? 404 : status);
      for (const text of asserts) {
        const [, operator, quoted] = /^body (contains|==) (.*)$/.exec(text)!;
        if (operator === '==') expect(answer.body).toBe(JSON.parse(quoted!));
        else expect(answer.body).toContain(JSON.parse(quoted!));
      }
    }
  });
});

describe('a witness', () => {
  it('follows a log, and its cosignature verifies on the checkpoint', async () => {
    const options = witness();
    for (const [older, newer] of [
      [0, 7],
      [7, 7],
      [7, 8],
      [8, 40],
    ] as const) {
      const body = await request(older, newer);
      const answer = await addCheckpoint(body, options);
      expect(answer.status).toBe(200);
      const text = formatCheckpoint(log.name, headAt(newer));
      const [line] = parseSignatureLines(answer.body);
      expect(verifyNoteSignature(text, line!, key).time).toBe(NOW);
    }
    const served = await monitorCheckpoint(originHashOf(log.name), options);
    expect(openCheckpoint(served!, { log, witnesses: [key] })).toMatchObject({
      ...headAt(40),
      cosignatures: [{}],
    });
    expect(await monitorCheckpoint(originHashOf('other.example'), options)).toBeUndefined();
  });

  it.each<[string, number, () => Promise<Uint8Array>]>([
    [
      'an unknown log',
      404,
      () => request(5, 9, { signer: noteKey('dog.example', 0x01, new Uint8Array(32).fill(1)) }),
    ],
    [
      'a signature by another key of the same name',
      403,
      () => request(5, 9, { signer: noteKey(log.name, 0x01, new Uint8Array(32).fill(8)) }),
    ],
    [
      'an old size above the new',
      400,
      async () => encodeAddCheckpoint(9, [], signCheckpoint(headAt(5), log)),
    ],
    ['an old size that is not ours', 409, () => request(4, 9)],
    ['an old size of nothing', 409, () => request(0, 9)],
    ['a fork', 422, () => request(5, 9, { from: leaves.toReversed() })],
    ['a fork at equal size', 422, () => request(5, 5, { from: leaves.toReversed() })],
    ['no proof', 422, async () => encodeAddCheckpoint(5, [], signCheckpoint(headAt(9), log))],
    [
      'a proof at equal size',
      422,
      async () => encodeAddCheckpoint(5, [leaves[0]!], signCheckpoint(headAt(5), log)),
    ],
    [
      '64 hashes',
      400,
      async () => encodeAddCheckpoint(5, Array(64).fill(leaves[0]), signCheckpoint(headAt(9), log)),
    ],
    ['no checkpoint', 400, async () => utf8('old 5\n\n')],
    ['no old line', 400, async () => (await request(5, 9)).slice(6)],
    ['a leading zero', 400, async () => utf8('old 05\n\n')],
    [
      'an empty root that is not',
      400,
      async () => {
        const text = `log.example\n0\n${Buffer.from(leaves[0]!).toString('base64')}\n`;
        return encodeAddCheckpoint(5, [], formatNote({ text, signatures: [signNote(text, log)] }));
      },
    ],
    ['nothing', 400, async () => new Uint8Array()],
    ['a body beyond the limit', 400, async () => new Uint8Array(600_000)],
  ])('answers %s with %d and keeps its head', async (_, status, make) => {
    const options = witness();
    await addCheckpoint(await request(0, 5), options);
    const answer = await addCheckpoint(await make(), options);
    expect(answer.status).toBe(status);
    if (status === 409) expect(answer).toMatchObject({ body: '5\n', contentType: 'text/x.tlog.size' });
    expect((await options.store.latest(log.name))?.size).toBe(5);
  });

  it('refuses a proof beside an old size of zero', async () => {
    const answer = await addCheckpoint(
      encodeAddCheckpoint(0, [leaves[0]!], signCheckpoint(headAt(5), log)),
      witness(),
    );
    expect(answer.status).toBe(422);
  });

  it('refuses a note in which a known key signed one line well and one badly', async () => {
    const good = parseNote(signCheckpoint(headAt(5), log));
    const bad = signNote('something else\n', log);
    const both = formatNote({ ...good, signatures: [...good.signatures, bad] });
    expect((await addCheckpoint(encodeAddCheckpoint(0, [], both), witness())).status).toBe(403);
  });

  it('does not speak for entries it does not approve, and asks about exactly the growth', async () => {
    const asked: number[][] = [];
    const options = witness({
      approve: async (older, newer) => {
        asked.push([older.size, newer.size]);
        return newer.size < 9;
      },
    });
    expect((await addCheckpoint(await request(0, 5), options)).status).toBe(200);
    expect((await addCheckpoint(await request(5, 9), options)).status).toBe(422);
    expect((await options.store.latest(log.name))?.size).toBe(5);
    expect(asked).toEqual([
      [0, 5],
      [5, 9],
    ]);
  });

  it('asked at once about two growths cosigns one, and never goes back', async () => {
    const options = witness();
    await addCheckpoint(await request(0, 5), options);
    const answers = await Promise.all(
      [await request(5, 9), await request(5, 12)].map((b) => addCheckpoint(b, options)),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  });

  it('never cosigns two histories, whatever it is asked', async () => {
    const other = leaves.map((leaf, i) => (i > 3 ? leafHash(leaf) : leaf));
    const step = fc.tuple(fc.nat(20), fc.nat(20), fc.boolean());
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 15 }), async (steps) => {
        const options = witness();
        const signed: { size: number; fork: boolean }[] = [];
        for (const [a, b, fork] of steps) {
          const [older, newer] = [Math.min(a, b), Math.max(a, b)];
          const answer = await addCheckpoint(
            await request(older, newer, { from: fork ? other : leaves }),
            options,
          );
          if (answer.status === 200) signed.push({ size: newer, fork });
        }
        const beyond = signed.filter(({ size }) => size > 4);
        expect(new Set(beyond.map(({ fork }) => fork)).size).toBeLessThanOrEqual(1);
        expect(signed.map(({ size }) => size)).toEqual(signed.map(({ size }) => size).sort((x, y) => x - y));
      }),
      { numRuns: 25 },
    );
  });
});

it('heads of a grown tree are what a witness follows', async () => {
  const grown = grow(EMPTY_EDGE, [utf8('0'), utf8('1')]);
  expect(headOf(grown.edge)).toEqual(headAt(2));
});
