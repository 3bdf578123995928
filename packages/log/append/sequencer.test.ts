import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MemoryFiles, MemoryStore } from '../testing/memory-log.ts';
import { openCheckpoint, signCheckpoint } from '../verify/checkpoint.ts';
import { sameBytes, utf8 } from '../verify/encoding.ts';
import { encodeEntry } from '../verify/entry.ts';
import { MalformedLogData } from '../verify/errors.ts';
import { leafHash, rootOfHashes } from '../verify/merkle.ts';
import { noteKey } from '../verify/note-key.ts';
import { TileReader } from '../verify/tile-reader.ts';
import { EMPTY_EDGE, grow } from './edge.ts';
import { fillBatch } from './filler.ts';
import type { LogFiles, LogStore } from './log-store.ts';
import { Sequencer } from './sequencer.ts';

const key = noteKey('log.example', 0x01, new Uint8Array(32).fill(1));
const keys = { log: key, witnesses: [] };
const entry = (name: string) => encodeEntry({ v: 1, kind: 'commitment', commitment: name });

/** Distinct bytes on every call, so that fillers differ. */
function counting(start = 0) {
  let calls = start;
  return (length: number) => {
    calls += 1;
    const bytes = new Uint8Array(length);
    return bytes.map((_, i) => (Math.imul(calls + i, 2_654_435_761) >>> 13) & 0xff);
  };
}

function logOf(store: LogStore, files: LogFiles, entriesPerBatch = 4, random = counting()) {
  return new Sequencer({ store, files, key, entriesPerBatch, cadenceMilliseconds: 10, random });
}

const signedHead = (files: MemoryFiles) => openCheckpoint(files.signed!, keys);
const publishedHead = (files: MemoryFiles) => openCheckpoint(files.files.get('checkpoint')!, keys);

/** One whole round: batch, files, signature, publication. */
async function round(log: Sequencer, now: number): Promise<void> {
  await log.append(now);
  await log.publish(await log.sign());
}

describe('the sequencer', () => {
  it('gives entries their indices in whole batches, at the cadence, and publishes what readers can prove', async () => {
    const [store, files] = [new MemoryStore(), new MemoryFiles()];
    const log = logOf(store, files);
    await log.recover();
    for (let i = 0; i < 6; i += 1) store.submit(entry(`e${i}`));
    expect(await log.append(100)).toBe(true);
    expect(await log.append(109)).toBe(false);
    expect(await log.append(110)).toBe(true);
    expect(await log.append(120)).toBe(true);
    await log.publish(await log.sign());
    const head = publishedHead(files);
    expect(head.size).toBe(12);
    const stored = await new TileReader(files.read, head).entries(0, 12);
    for (let i = 0; i < 6; i += 1)
      expect(stored.filter((bytes) => sameBytes(bytes, entry(`e${i}`)))).toHaveLength(1);
    expect(store.queue).toEqual([]);
  });

  it('is not silenced by a clock that went back', async () => {
    const [store, files] = [new MemoryStore(), new MemoryFiles()];
    const log = logOf(store, files);
    await log.append(1_000_000);
    expect(await log.append(5)).toBe(true);
    expect(await log.append(6)).toBe(false);
  });

  it('drops partial tiles once the full one stands, and readers of an older head still manage', async () => {
    const [store, files] = [new MemoryStore(), new MemoryFiles()];
    const log = logOf(store, files, 100);
    await round(log, 5_000);
    await round(log, 10);
    const older = signedHead(files);
    await round(log, 20);
    await round(log, 30);
    expect([...files.files.keys()].filter((path) => path.startsWith('tile/0/000.p'))).toEqual([]);
    await expect(new TileReader(files.read, signedHead(files)).entries(0, 400)).resolves.toHaveLength(400);
    await expect(new TileReader(files.read, older).entries(0, 200)).resolves.toHaveLength(200);
    const tiles = new TileReader(files.read, signedHead(files));
    expect(await tiles.rootAt(200)).toEqual(older.root);
  });

  it.each([0, 257, 1.5, Number.NaN])('refuses batches of %s', (size) => {
    expect(() => logOf(new MemoryStore(), new MemoryFiles(), size)).toThrow(MalformedLogData);
  });

  it('two on one store continue one history', async () => {
    const store = new MemoryStore();
    const [filesA, filesB] = [new MemoryFiles(), new MemoryFiles()];
    const [a, b] = [logOf(store, filesA), logOf(store, filesB, 4, counting(5_000_000))];
    for (let i = 0; i < 30; i += 1) store.submit(entry(`e${i}`));
    await Promise.all(
      Array.from({ length: 12 }, (_, i) => (i % 2 === 0 ? round(a, i * 10) : round(b, i * 10))),
    );
    await Promise.all([round(a, 1000), round(b, 1000)]);
    expect(signedHead(filesA)).toEqual(signedHead(filesB));
    expect(store.head.size).toBe(store.log.length);
    const distinct = new Set(store.log.map((bytes) => Buffer.from(bytes).toString('hex')));
    expect(distinct.size).toBe(store.log.length);
  });

  it('the second of two within one cadence adds nothing', async () => {
    const store = new MemoryStore();
    const [a, b] = [logOf(store, new MemoryFiles()), logOf(store, new MemoryFiles())];
    expect(await Promise.all([a.append(50), b.append(50)])).toEqual([true, false]);
  });
});

describe('killed anywhere and started again', () => {
  class Killed extends Error {}

  /** Lets `steps` effects through and then fails every one, before or after it took hold. */
  function mortal(store: MemoryStore, files: MemoryFiles, steps: number, after: boolean) {
    let left = steps;
    const effect = async <T>(act: () => Promise<T>): Promise<T> => {
      left -= 1;
      if (left < 0) throw new Killed();
      const result = await act();
      if (left === 0 && after) {
        left = -1;
        throw new Killed();
      }
      return result;
    };
    const dyingFiles: LogFiles = {
      read: files.read,
      write: (path, bytes) => effect(() => files.write(path, bytes)),
      removeFolder: (path) => effect(() => files.removeFolder(path)),
      readSigned: () => files.readSigned(),
      writeSigned: (bytes) => effect(() => files.writeSigned(bytes)),
    };
    // The transaction itself is an effect too: killed before it commits, or after with the answer lost.
    const dyingStore: LogStore = { withHead: (work) => effect(() => store.withHead(work)) };
    return logOf(dyingStore, dyingFiles, 90);
  }

  it('keeps one history, loses nothing, doubles nothing', async () => {
    const life = fc.record({
      steps: fc.integer({ min: 0, max: 24 }),
      after: fc.boolean(),
      submits: fc.nat(60),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(life, { minLength: 1, maxLength: 8 }), async (lives) => {
        const [store, files] = [new MemoryStore(), new MemoryFiles()];
        const submitted: Uint8Array[] = [];
        const shown: { size: number; root: Uint8Array }[] = [];
        let now = 0;
        for (const { steps, after, submits } of lives) {
          for (let i = 0; i < submits; i += 1) {
            submitted.push(entry(`e${submitted.length}`));
            store.submit(submitted.at(-1)!);
          }
          const log = mortal(store, files, steps, after);
          try {
            await log.recover();
            for (;;) {
              now += 10;
              await round(log, now);
            }
          } catch (error) {
            if (!(error instanceof Killed)) throw error;
          }
          if (files.signed !== undefined) shown.push(signedHead(files));
          if (files.files.has('checkpoint')) shown.push(publishedHead(files));
        }
        const log = logOf(store, files, 90);
        await log.publish(await log.recover());
        while (store.queue.length > 0) {
          now += 10;
          await round(log, now);
        }
        const head = publishedHead(files);
        const stored = await new TileReader(files.read, head).entries(0, head.size);
        for (const bytes of submitted)
          expect(stored.filter((found) => sameBytes(found, bytes))).toHaveLength(1);
        for (const older of shown)
          expect(rootOfHashes(stored.slice(0, older.size).map(leafHash))).toEqual(older.root);
      }),
      { numRuns: 40 },
    );
  });
});

describe('a log that was tampered with or restored', () => {
  async function logWithHistory() {
    const [store, files] = [new MemoryStore(), new MemoryFiles()];
    const log = logOf(store, files, 100);
    await round(log, 5_000);
    await round(log, 10);
    const backup = { head: store.head, log: store.log, queue: [entry('late')] };
    store.submit(entry('late'));
    await round(log, 20);
    await round(log, 30);
    return { store, files, log, backup };
  }

  it('brings a restored older store forward from its signed files, and settles what was waiting', async () => {
    const { store, files, backup } = await logWithHistory();
    const signed = signedHead(files);
    Object.assign(store, backup);
    await logOf(store, files, 100).recover();
    expect(store.head).toMatchObject({ size: 400, root: signed.root });
    expect(store.queue).toEqual([]);
    expect(signedHead(files)).toEqual(signed);
  });

  it('halts at once when the store is restored while it runs', async () => {
    const { store, log, backup } = await logWithHistory();
    Object.assign(store, backup);
    await expect(log.append(40)).rejects.toMatchObject({ name: 'LogHalt', reason: 'store-behind-signature' });
  });

  it('halts when the store is older than the signature and the files cannot supply the rest', async () => {
    const { store, files, backup } = await logWithHistory();
    Object.assign(store, backup);
    files.files.delete('tile/entries/001.p/144');
    await expect(logOf(store, files, 100).recover()).rejects.toMatchObject({
      reason: 'store-behind-signature',
    });
    expect(signedHead(files).size).toBe(400);
  });

  it('halts when the restored store went on with other entries', async () => {
    const { store, files, backup } = await logWithHistory();
    const elsewhere = new MemoryStore();
    Object.assign(elsewhere, backup, { queue: [entry('another')] });
    const other = logOf(elsewhere, new MemoryFiles(), 100);
    for (let i = 0; i < 4; i += 1) await round(other, 100 + i * 10);
    Object.assign(store, { head: elsewhere.head, log: elsewhere.log, queue: [] });
    await expect(logOf(store, files, 100).recover()).rejects.toMatchObject({ reason: 'store-damaged' });
    expect(signedHead(files).size).toBe(400);
  });

  it('halts when store and files were both restored but somebody holds our later signature', async () => {
    const { files, backup } = await logWithHistory();
    const later = files.signed!;
    const old = new MemoryStore();
    Object.assign(old, backup);
    const log = logOf(old, new MemoryFiles(), 100);
    log.noticeSignedElsewhere(later);
    await expect(log.recover()).rejects.toMatchObject({ reason: 'store-behind-witness' });
  });

  it('halts when somebody holds our signature on another history of the same length', async () => {
    const { store, files } = await logWithHistory();
    const log = logOf(store, files, 100);
    log.noticeSignedElsewhere(signCheckpoint({ size: 399, root: leafHash(utf8('other')) }, key));
    await expect(log.recover()).rejects.toMatchObject({ reason: 'two-histories' });
    const forged = signCheckpoint(
      { size: 999, root: leafHash(utf8('x')) },
      noteKey(key.name, 0x01, leafHash(utf8('k'))),
    );
    expect(() => log.noticeSignedElsewhere(forged)).toThrow();
  });

  it('writes all files anew from the store when they are lost or damaged', async () => {
    const { store, files } = await logWithHistory();
    const before = new Map(files.files);
    files.files.get('tile/0/000')!.fill(0);
    await logOf(store, files, 100).recover();
    expect(files.files.get('tile/0/000')).toEqual(before.get('tile/0/000'));
    files.files.clear();
    const log = logOf(store, files, 100);
    await log.publish(await log.recover());
    await expect(new TileReader(files.read, publishedHead(files)).entries(0, 400)).resolves.toEqual(
      store.log,
    );
  });

  it('halts when an entry in the store was changed', async () => {
    const { store, files } = await logWithHistory();
    store.log[3] = entry('changed');
    files.files.clear();
    await expect(logOf(store, files, 100).recover()).rejects.toMatchObject({ reason: 'store-damaged' });
  });
});

describe('growing a tree', () => {
  it('in any pieces gives the same tree and files', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 200 }), { maxLength: 6 }), (pieces) => {
        const all = Array.from({ length: pieces.reduce((a, b) => a + b, 0) }, (_, i) => utf8(`${i}`));
        const whole = grow(EMPTY_EDGE, all);
        const stored = new Map<string, Uint8Array>();
        let edge = EMPTY_EDGE;
        for (const piece of pieces) {
          const grown = grow(edge, all.slice(edge.size, edge.size + piece));
          for (const { path, bytes } of grown.files) stored.set(path, bytes);
          edge = grown.edge;
        }
        expect(edge).toEqual(whole.edge);
        expect(whole.head.root).toEqual(rootOfHashes(all.map(leafHash)));
        for (const { path, bytes } of whole.files) expect(stored.get(path)).toEqual(bytes);
      }),
      { numRuns: 40 },
    );
  });

  it('fills batches in every order and never beyond', () => {
    const real = [entry('a'), entry('b')];
    const orders = new Set<string>();
    const random = counting();
    for (let i = 0; i < 60; i += 1) {
      const batch = fillBatch(real, 3, random);
      expect(batch).toHaveLength(3);
      expect(batch.every((bytes) => bytes.length === 1024)).toBe(true);
      orders.add(batch.map((bytes) => real.findIndex((r) => sameBytes(r, bytes))).join());
    }
    expect(orders.size).toBe(6);
  });
});
