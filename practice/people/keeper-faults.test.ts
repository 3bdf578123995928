/**
 * Keepers that are slow, absent or lying, two at once of five (3 of 5), in a whole network: the person comes back,
 * and each is named. Three of five stop it, nothing is lost, and they are named too. Every sin by itself is in
 * apps/wallet/engine/ask-keepers.test.ts.
 */
import { fromBase64url, toBase64url } from '@answerable/core/bytes';
import { randomBytes } from '@answerable/core/rng';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTrialNetwork, type TrialNetwork } from './testing/trial-network.ts';
import { enrolAs, enrolWithWords, returnAs } from './visit.ts';

const person = 'hounded';
let network: TrialNetwork;
let words: string[];
beforeAll(async () => {
  network = await startTrialNetwork({ recallBudget: 100, recallPerDay: 100 }, { of: 5, needed: 3 });
  words = await enrolWithWords({ person }, network.wallet());
});
afterAll(() => network?.close());

type Answer = Record<string, unknown>;
/** What becomes of one keeper's answer to a try. */
type Sin = (honest: () => Promise<Response>) => Promise<Response>;

/** The network as it is when these keepers sin; everybody else, and every other address, is honest. */
const where =
  (sins: Record<string, Sin>): typeof fetch =>
  (url, init) => {
    const sinner = Object.keys(sins).find((name) => String(url).startsWith(`${network.origin(name)}/`));
    const honest = () => fetch(url, init);
    const isTry = String(url).endsWith('/recall/evaluation');
    return sinner && isTry ? sins[sinner]!(honest) : honest();
  };
const changed =
  (change: (answer: Answer) => unknown): Sin =>
  async (honest) => {
    const response = await honest();
    return response.ok ? Response.json(change((await response.json()) as Answer)) : response;
  };

const absent: Sin = () => Promise.reject(new TypeError('no route'));
const otherProof = changed((answer) => ({ ...answer, proof: toBase64url(randomBytes(64)) }));
/** Hangs until it is let go, and then is silent. */
function hanging(): { sin: Sin; letGo(): void } {
  let letGo = () => {};
  const gone = new Promise<never>((_, reject) => {
    letGo = () => reject(new TypeError('timed out'));
  });
  gone.catch(() => {});
  return { sin: () => gone, letGo: () => letGo() };
}

describe('two keepers of five at once', () => {
  it('one away, one lying: named and survived', async () => {
    const wallet = network.wallet({ fetch: where({ 'keeper-1': absent, 'keeper-4': otherProof }) });
    const back = await returnAs({ person }, wallet, words);
    expect(await back.everyFault).toEqual([
      { keeper: 'keeper-1', fault: 'silent' },
      { keeper: 'keeper-4', fault: 'wrong' },
    ]);
    expect(await wallet.look()).toMatchObject({ holds: 'credential', wordsSet: true });
  });

  it('that hang hold nobody up, and are named when their time is over', async () => {
    const [one, other] = [hanging(), hanging()];
    const wallet = network.wallet({ fetch: where({ 'keeper-1': one.sin, 'keeper-3': other.sin }) });
    // Neither has been let go when this ends: it did not wait for them.
    const back = await returnAs({ person }, wallet, words);
    expect(back.faults).toEqual([]);
    expect(await wallet.look()).toMatchObject({ holds: 'credential' });
    one.letGo();
    other.letGo();
    expect(await back.everyFault).toEqual([
      { keeper: 'keeper-1', fault: 'silent' },
      { keeper: 'keeper-3', fault: 'silent' },
    ]);
  });
});

describe('three keepers of five', () => {
  const three = (sin: Sin) => where({ 'keeper-1': sin, 'keeper-2': sin, 'keeper-5': sin });

  it('that are away stop it, by name, and nothing is lost', async () => {
    const wallet = network.wallet({ fetch: three(absent) });
    await enrolAs({ person }, wallet, { purpose: 'return' });
    await expect(wallet.recall(words)).rejects.toMatchObject({
      code: 'unavailable',
      pointer: 'keeper-1, keeper-2, keeper-5',
    });
    expect((await wallet.look()).holds).toBe('nothing');
    await returnAs({ person }, network.wallet(), words);
  });

  it('that lie are doubted, and not believed', async () => {
    const wallet = network.wallet({ fetch: three(otherProof) });
    await expect(returnAs({ person }, wallet, words)).rejects.toMatchObject({
      name: 'Distrust',
      party: 'keeper-1',
      doubt: 'share',
    });
  });
});

describe('setting words', () => {
  it('names a keeper whose answer does not hold, and keeps the words of before', async () => {
    const device = network.wallet();
    await returnAs({ person }, device, words);
    const state = (await device.state())!;
    const lies: typeof fetch = async (url, init) => {
      const response = await fetch(url, init);
      if (String(url) !== `${network.origin('keeper-4')}/recall/setup`) return response;
      const answer = (await response.json()) as Answer;
      return Response.json({ ...answer, proof: toBase64url(randomBytes(64)) });
    };
    const lied = network.wallet({ state, fetch: lies });
    await expect(lied.setWords(lied.proposeWords())).rejects.toMatchObject({
      name: 'Distrust',
      party: 'keeper-4',
    });
    await returnAs({ person }, network.wallet(), words);
    expect(fromBase64url(state.holding!.recall!.seed)).toHaveLength(32);
  });
});
