/** How long the log does without a witness that failed. The clock stands until a test moves it. */
import { Sequencer } from '@answerable/log/append/sequencer';
import { addCheckpoint, type WitnessedHead } from '@answerable/log/monitor/witness';
import { MemoryFiles, MemoryStore } from '@answerable/log/testing/memory-log';
import { openCheckpoint } from '@answerable/log/verify/checkpoint';
import { noteKey } from '@answerable/log/verify/note-key';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type WitnessAsker, witnessAsker } from './ask-witnesses.ts';
import { logName } from './testing/logbook.ts';

const logKey = noteKey(logName, 0x01, new Uint8Array(32).fill(1));
const keys = [21, 22, 23].map((byte) => noteKey(`witness-${byte}`, 0x04, new Uint8Array(32).fill(byte)));
const witnesses = keys.map((key) => ({ key, origin: `http://${key.name}` }));

let away: Set<string>;
let asked: string[];
let asker: WitnessAsker;
let sequencer: Sequencer;
let batches: number;

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['performance'] });
  away = new Set();
  asked = [];
  batches = 0;
  const heads = new Map<string, WitnessedHead>();
  const fetch: typeof globalThis.fetch = async (url, init) => {
    const { origin, host } = new URL(String(url));
    asked.push(host);
    if (away.has(host)) throw new DOMException('The operation timed out.', 'TimeoutError');
    const answer = await addCheckpoint(new Uint8Array(init!.body as ArrayBuffer), {
      key: keys.find(({ name }) => name === host)!,
      logs: [logKey],
      now: () => 1_800_000_000,
      store: {
        latest: async () => heads.get(origin),
        advance: async (_, __, next) => !!heads.set(origin, next),
      },
    });
    return new Response(answer.body, { status: answer.status });
  };
  asker = witnessAsker({ logName, witnesses: () => witnesses, timeoutMs: 1_000, failed: () => {}, fetch });
  sequencer = new Sequencer({
    store: new MemoryStore(),
    files: new MemoryFiles(),
    key: logKey,
    entriesPerBatch: 1,
    cadenceMilliseconds: 1,
    random: (length) => new Uint8Array(length),
  });
  await sequencer.recover();
});
afterEach(() => vi.useRealTimers());

/** The log grows by a batch; who has seen it. */
async function grow(): Promise<string[]> {
  batches += 1;
  expect(await sequencer.append(batches * 1_000)).toBe(true);
  const signed = await sequencer.sign();
  const head = openCheckpoint(signed, { log: logKey, witnesses: [] });
  const checkpoint = await asker.cosign(signed, head, sequencer);
  return openCheckpoint(checkpoint, { log: logKey, witnesses: keys }).cosignatures.map(({ key }) => key.name);
}
const everybody = keys.map(({ name }) => name);

describe('a witness that fails', () => {
  it('together with all the others, for a moment: half a second later the quorum is whole', async () => {
    expect(await grow()).toEqual(everybody);
    away = new Set(everybody);
    expect(await grow()).toEqual([]);
    away.clear();
    vi.advanceTimersByTime(500);
    expect(await grow()).toEqual(everybody);
  });

  it('again and again is asked ever more rarely, and still four times a minute', async () => {
    away = new Set(['witness-22']);
    const seconds: number[] = [];
    for (let second = 0; second < 46; ) {
      asked = [];
      expect(await grow()).toEqual(['witness-21', 'witness-23']);
      if (asked.includes('witness-22')) seconds.push(second);
      const step = second === 0 ? 0.5 : 1;
      vi.advanceTimersByTime(step * 1_000);
      second += step;
    }
    expect(seconds).toEqual([0, 0.5, 1.5, 3.5, 7.5, 15.5, 30.5, 45.5]);
  });

  it('and comes back counts at once, and its next failure is a first one', async () => {
    away = new Set(['witness-22']);
    for (const seconds of [0, 0.5, 1, 2, 4]) {
      vi.advanceTimersByTime(seconds * 1_000);
      await grow();
    }
    away.clear();
    vi.advanceTimersByTime(8_000);
    expect(await grow()).toEqual(everybody);
    away.add('witness-22');
    await grow();
    away.clear();
    vi.advanceTimersByTime(500);
    expect(await grow()).toEqual(everybody);
  });
});
