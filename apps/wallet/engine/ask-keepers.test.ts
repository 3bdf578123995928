/** One try at five keepers, of which three are needed: every way in which one or two of them can sin. */
import { fromBase64url, toBase64url } from '@answerable/core/bytes';
import type { Slot } from '@answerable/core/recall/blob';
import { deriveRecallKey, evaluateRecall } from '@answerable/core/recall/keeper';
import { randomBytes } from '@answerable/core/rng';
import type { TrustPolicy } from '@answerable/protocol/trust-policy';
import { describe, expect, it } from 'vitest';
import { askKeepers, reachedByMany } from './ask-keepers.ts';
import type { WalletParts } from './parts.ts';
import { memoryStore, type OpenSession } from './state.ts';

const words = ['lighthouse', 'cinnamon', 'puzzle', 'velvet'];
const recallId = randomBytes(16);
const keys = [1, 2, 3, 4, 5].map((index) => deriveRecallKey(randomBytes(32), recallId, index));
const slots: Slot[] = keys.map(({ publicKey }, i) => ({ index: i + 1, publicKey, pad: new Uint8Array(32) }));
const policy = {
  tags: {
    threshold: 3,
    // Listed in any order; the index counts.
    keepers: [3, 1, 5, 2, 4].map((index) => ({
      index,
      name: `keeper-${index}`,
      origin: `https://k${index}.example`,
    })),
  },
} as unknown as TrustPolicy;
const session: OpenSession = {
  id: toBase64url(randomBytes(16)),
  purpose: 'return',
  key: toBase64url(randomBytes(32)),
  recall: { idToken: 'checked elsewhere', recallId: toBase64url(recallId), version: 1, blob: 'x' },
};

type Answer = Record<string, unknown>;
type Sin = (honest: () => Answer, index: number, blinded: Uint8Array) => Promise<Response>;

const honestly: Sin = async (honest) => Response.json(honest());
function answerOf(index: number, blinded: Uint8Array): Answer {
  const { evaluated, proof } = evaluateRecall(keys[index - 1]!, blinded);
  const proved = { evaluated: toBase64url(evaluated), proof: toBase64url(proof) };
  return { ...proved, triesLeft: 19, triesLeftToday: 4 };
}

function tryWith(sins: Record<number, Sin>, asked: { slots?: Slot[] } = {}) {
  const fetch: typeof globalThis.fetch = async (url, init) => {
    const index = Number(/k(\d)/.exec(String(url))?.[1]);
    const { message } = JSON.parse(String(init?.body)) as { message: { blinded: string } };
    const blinded = fromBase64url(message.blinded);
    return (sins[index] ?? honestly)(() => answerOf(index, blinded), index, blinded);
  };
  const parts = { policy, fetch, store: memoryStore() } as unknown as WalletParts;
  return askKeepers(parts, session, words, asked.slots ?? slots);
}
const problem =
  (code: string, status = 429): Sin =>
  async () =>
    Response.json({ code }, { status });

const absent: Sin = () => Promise.reject(new TypeError('no route'));
const broken: Sin = async () => new Response('Bad gateway', { status: 502 });
const oldBackup = problem('recall_missing', 404);
const changed =
  (change: (answer: Answer) => unknown): Sin =>
  async (honest) =>
    Response.json(change(honest()));
const otherProof = changed((answer) => ({ ...answer, proof: toBase64url(randomBytes(64)) }));
/** The proof is good, and for the key of another keeper. */
const otherKey: Sin = async (_honest, index, blinded) => Response.json(answerOf((index % 5) + 1, blinded));
/** A good answer of its own, to a question that nobody asked. */
const otherQuestion: Sin = async (_honest, index) => Response.json(answerOf(index, slots[0]!.publicKey));
const lettersOff = changed((answer) => ({
  ...answer,
  evaluated: `${String(answer.evaluated).slice(0, -1)}_`,
}));
const noElement = changed((answer) => ({ ...answer, evaluated: toBase64url(new Uint8Array(32).fill(255)) }));
const identity = changed((answer) => ({ ...answer, evaluated: toBase64url(new Uint8Array(32)) }));
const shortProof = changed((answer) => ({ ...answer, proof: 'AAAA' }));
const backwards = changed((answer) => ({ ...answer, triesLeft: -1 }));
const endless = changed((answer) => ({ ...answer, more: 'x'.repeat(5_000_000) }));
const noShape = changed(() => ({ ok: true }));
const nothing = changed(() => null);
const page: Sin = async () => new Response('<html>welcome</html>');

const sins: [string, Sin, string][] = [
  ['cannot be reached', absent, 'silent'],
  ['is broken', broken, 'silent'],
  ['knows only words of before', oldBackup, 'refused'],
  ['says that no tries are left', problem('budget_spent'), 'refused'],
  ['shows a proof that does not hold', otherProof, 'wrong'],
  ['answers with the proof of another key', otherKey, 'wrong'],
  ['answers another question', otherQuestion, 'wrong'],
  ['answers in letters that are not canonical', lettersOff, 'wrong'],
  ['answers with what is no element', noElement, 'wrong'],
  ['answers with the identity', identity, 'wrong'],
  ['cuts its proof short', shortProof, 'wrong'],
  ['counts backwards', backwards, 'wrong'],
  ['answers without an end', endless, 'wrong'],
  ['answers something else', noShape, 'wrong'],
  ['answers nothing', nothing, 'wrong'],
  ['answers with a page', page, 'wrong'],
];

describe('one of five keepers', () => {
  it.each(sins)('that %s is named and survived', async (_sin, sin, fault) => {
    const asked = await tryWith({ 2: sin });
    expect(asked.answers.length).toBeGreaterThanOrEqual(3);
    expect(asked.answers.map(({ index }) => index)).not.toContain(2);
    expect(await asked.everyFault).toEqual([{ keeper: 'keeper-2', fault }]);
  });

  it('that is in no place of the blob is named', async () => {
    const asked = await tryWith({}, { slots: slots.slice(0, 4) });
    expect(await asked.everyFault).toEqual([{ keeper: 'keeper-5', fault: 'wrong' }]);
  });
});

describe('two of five keepers', () => {
  const pairs = sins.map(([name, sin, fault], at) => {
    const [otherName, otherSin, otherFault] = sins[(at + 5) % sins.length]!;
    return [`one ${name}, one ${otherName}`, sin, otherSin, fault, otherFault] as const;
  });
  it.each(pairs)('%s: named and survived', async (_sins, first, second, fault, otherFault) => {
    const asked = await tryWith({ 1: first, 4: second });
    expect(asked.answers.map(({ index }) => index).sort()).toEqual([2, 3, 5]);
    expect(await asked.everyFault).toEqual([
      { keeper: 'keeper-1', fault },
      { keeper: 'keeper-4', fault: otherFault },
    ]);
  });

  it('that hang hold nobody up, and are named when their time is over', async () => {
    let over = () => {};
    const hangs = new Promise<never>((_, reject) => {
      over = () => reject(new DOMException('timed out', 'TimeoutError'));
    });
    const asked = await tryWith({ 1: () => hangs, 3: () => hangs });
    expect(asked.answers).toHaveLength(3);
    expect(asked.faults).toEqual([]);
    over();
    expect(await asked.everyFault).toEqual([
      { keeper: 'keeper-1', fault: 'silent' },
      { keeper: 'keeper-3', fault: 'silent' },
    ]);
  });
});

it('with fewer than three good answers it waits for everybody, and names them', async () => {
  const asked = await tryWith({ 1: absent, 2: otherProof, 5: problem('budget_today_spent') });
  expect(asked.answers.map(({ index }) => index).sort()).toEqual([3, 4]);
  expect(asked.faults.map(({ fault }) => fault)).toEqual(['silent', 'wrong', 'refused']);
  expect(asked.refusals).toEqual(['budget_today_spent']);
});

it('answers may come in any order: each is checked under its own key', async () => {
  const order = [4, 1, 5, 3, 2];
  const waiting = new Map<number, () => void>();
  let all = () => {};
  const everybody = new Promise<void>((resolve) => {
    all = resolve;
  });
  const inTurn: Sin = async (honest, index) => {
    await new Promise<void>((go) => {
      waiting.set(index, go);
      if (waiting.size === order.length) all();
    });
    return Response.json(honest());
  };
  const asking = tryWith(Object.fromEntries(order.map((index) => [index, inTurn])));
  await everybody;
  for (const index of order) {
    waiting.get(index)!();
    for (let i = 0; i < 20; i++) await Promise.resolve();
  }
  const asked = await asking;
  expect(asked.answers.map(({ index }) => index).slice(0, 3)).toEqual([4, 1, 5]);
  expect(await asked.everyFault).toEqual([]);
});

it('every keeper gets another blinded element: together they learn no more than apart', async () => {
  const seen = new Set<string>();
  const watches: Sin = async (honest, _index, blinded) => {
    seen.add(toBase64url(blinded));
    return Response.json(honest());
  };
  await (await tryWith({ 1: watches, 2: watches, 3: watches, 4: watches, 5: watches })).everyFault;
  expect(seen.size).toBe(5);
});

it('a count is what three say: two can neither raise it nor hide it', () => {
  expect(reachedByMany([2, 2, 2, 90, 90], 3)).toBe(2);
  expect(reachedByMany([2, 2, 2, 0, 0], 3)).toBe(2);
  expect(reachedByMany([2, 2], 3)).toBe(0);
});
