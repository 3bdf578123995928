import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EMPTY_EDGE, grow } from '../append/edge.ts';
import { vectorBytes, vectorJson, vectorLog, vectorsPresent } from '../testing/vectors.ts';
import { openCheckpoint, parseCheckpoint } from './checkpoint.ts';
import { sameBytes, utf8 } from './encoding.ts';
import { LogUnverified, MalformedLogData } from './errors.ts';
import { leafHash, rootOfHashes, verifyConsistency, verifyInclusion } from './merkle.ts';
import { parseNote } from './note.ts';
import { parseVerifierKey } from './note-key.ts';
import { decodeBundle, decodeTile, parseTilePath, tileAt, tilePath, tilesOf } from './tile.ts';
import { type FetchFile, TileReader } from './tile-reader.ts';

const sunlight = 'sunlight/witness/mirror/000de184301123b9278c086a7d9f68c9577e83872224c197058fd90784ea9706';

describe.runIf(vectorsPresent)('published logs', () => {
  const kat = vectorsPresent ? vectorJson('kat/kat.json') : {};

  it('tile paths', () => {
    for (const { level, index, width, tree_size, path } of kat.tile_paths) {
      expect(tilePath({ level, index, width: width ?? 256 })).toBe(path);
      expect(parseTilePath(path)).toEqual({ level, index, width: width ?? 256 });
      if (tree_size !== undefined) expect(tileAt(level, index, tree_size).width).toBe(width);
    }
  });

  it('tessera: every checkpoint verifies and every entry, proof and growth between sizes holds', async () => {
    const { vkey, dir, entries } = kat.tessera_log;
    const keys = { log: parseVerifierKey(vkey), witnesses: [] };
    const heads = Array.from({ length: 16 }, (_, n) =>
      openCheckpoint(vectorBytes(`${dir}/checkpoint.${n}`), keys),
    );
    for (const newer of heads) {
      const tiles = new TileReader(vectorLog(dir), newer);
      const stored = await tiles.entries(0, newer.size);
      expect(stored.map((entry) => new TextDecoder().decode(entry))).toEqual(entries.slice(0, newer.size));
      for (let index = 0; index < newer.size; index += 1) {
        const proof = await tiles.inclusionProof(index);
        expect(verifyInclusion({ ...newer, index, leaf: leafHash(stored[index]!), proof })).toBe(true);
      }
      for (const older of heads.slice(0, newer.size + 1))
        expect(verifyConsistency({ older, newer, proof: await tiles.consistencyProof(older.size) })).toBe(
          true,
        );
    }
  });

  it('tessera: growing the same entries gives the same files and roots', () => {
    const { dir, entries } = kat.tessera_log;
    let edge = EMPTY_EDGE;
    for (const [i, entry] of (entries as string[]).entries()) {
      const grown = grow(edge, [utf8(entry)]);
      const { root } = parseCheckpoint(parseNote(vectorBytes(`${dir}/checkpoint.${i + 1}`)).text);
      expect(grown.head).toEqual({ size: i + 1, root });
      for (const file of grown.files) expect(file.bytes).toEqual(vectorBytes(`${dir}/${file.path}`));
      edge = grown.edge;
    }
  });

  it('sunlight: 300 leaves, proofs across the tile boundary', async () => {
    const head = parseCheckpoint(parseNote(vectorBytes(`${sunlight}/checkpoint`)).text);
    const tiles = new TileReader(vectorLog(sunlight), head);
    const level0 = decodeTile(vectorBytes(`${sunlight}/tile/0/000`), 256);
    for (const index of [0, 1, 127, 255]) {
      const proof = await tiles.inclusionProof(index);
      expect(verifyInclusion({ ...head, index, leaf: level0[index]!, proof })).toBe(true);
    }
    for (const size of [1, 128, 255, 256, 257, 300]) {
      const older = { size, root: await tiles.rootAt(size) };
      const proof = await tiles.consistencyProof(size);
      expect(verifyConsistency({ older, newer: head, proof })).toBe(true);
    }
    await expect(tiles.entry(3)).rejects.toThrow(); // its bundles are no entries of this tree
  });
});

describe('tile paths', () => {
  it('are read as they are written', () => {
    const tile = fc.record({
      level: fc.oneof(fc.integer({ min: 0, max: 63 }), fc.constant('entries' as const)),
      index: fc.maxSafeNat(),
      width: fc.integer({ min: 1, max: 256 }),
    });
    fc.assert(
      fc.property(tile, (t) => {
        expect(parseTilePath(tilePath(t))).toEqual(t);
      }),
    );
  });

  it.each([
    'tile/0/0',
    'tile/00/000',
    'tile/64/000',
    'tile/0/x000/000',
    'tile/0/001/002',
    'tile/0/x001/2',
    'tile/0/000.p/0',
    'tile/0/000.p/256',
    'tile/0/000.p/07',
    'tile/-1/000',
    'tile/0/../000',
    'tile/entries/000/',
    '/tile/0/000',
    'tile/data/000',
  ])('%s is refused', (path) => {
    expect(() => parseTilePath(path)).toThrow(MalformedLogData);
  });

  it('the sizes that the specification counts out', () => {
    const paths = [...tilesOf(70_000)].map(tilePath);
    expect(paths.filter((path) => path.startsWith('tile/0/'))).toHaveLength(274);
    for (const path of ['tile/0/273.p/112', 'tile/1/000', 'tile/1/001.p/17', 'tile/2/000.p/1'])
      expect(paths).toContain(path);
    expect([...tilesOf(256)].map(tilePath)).toEqual(['tile/0/000', 'tile/1/000.p/1', 'tile/entries/000']);
    expect([...tilesOf(0)]).toEqual([]);
  });
});

describe('a reader of tiles', () => {
  const entries = Array.from({ length: 600 }, (_, i) => utf8(`entry ${i}`));
  const { head, files } = grow(EMPTY_EDGE, entries);
  const stored = new Map(files.map(({ path, bytes }) => [path, bytes]));
  const read: FetchFile = async (path) => stored.get(path);

  it('gives the roots of every prefix and the entries', async () => {
    const tiles = new TileReader(read, head);
    for (const size of [0, 1, 255, 256, 257, 512, 600])
      expect(await tiles.rootAt(size)).toEqual(rootOfHashes(entries.slice(0, size).map(leafHash)));
    expect(await tiles.entries(250, 260)).toEqual(entries.slice(250, 260));
  });

  it('takes the beginning of a full tile where the partial one is gone', async () => {
    const smaller = grow(EMPTY_EDGE, entries.slice(0, 300));
    const larger = grow(smaller.edge, entries.slice(300));
    const kept = new Map([...smaller.files, ...larger.files].map(({ path, bytes }) => [path, bytes]));
    expect(kept.delete('tile/0/001.p/44') && kept.delete('tile/entries/001.p/44')).toBe(true);
    const tiles = new TileReader(async (path) => kept.get(path), smaller.head);
    expect(await tiles.entry(299)).toEqual(entries[299]);
    expect(await tiles.rootAt(300)).toEqual(smaller.head.root);
  });

  it('refuses whatever a flipped bit in any file would make it say', async () => {
    const places = [...stored].flatMap(([path, bytes]) => (bytes.length > 0 ? [[path, bytes] as const] : []));
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...places), fc.nat(), fc.nat(7), async ([path, bytes], at, bit) => {
        const altered = bytes.slice();
        altered[at % altered.length] = altered[at % altered.length]! ^ (1 << bit);
        const tiles = new TileReader(async (p) => (p === path ? altered : stored.get(p)), head);
        const results = await Promise.allSettled([
          tiles.entries(0, 600),
          tiles.rootAt(599),
          tiles.rootAt(400),
        ]);
        expect(results.some(({ status }) => status === 'rejected')).toBe(true);
        if (results[0].status === 'fulfilled') expect(results[0].value).toEqual(entries);
      }),
      { numRuns: 60 },
    );
  });

  it('refuses a tile of another length, another tree, and an index beyond the end', async () => {
    const short = new TileReader(async (path) => (await read(path))?.slice(1), head);
    await expect(short.rootAt(5)).rejects.toThrow(MalformedLogData);
    const other = new TileReader(read, { ...head, root: leafHash(utf8('other')) });
    await expect(other.rootAt(5)).rejects.toThrow(LogUnverified);
    await expect(new TileReader(read, head).entry(600)).rejects.toThrow(LogUnverified);
    await expect(new TileReader(async () => undefined, head).entry(1)).rejects.toThrow(LogUnverified);
  });
});

it('a bundle is exactly its entries', () => {
  const bundle = Uint8Array.of(0, 1, 7, 0, 0, 0, 2, 8, 9);
  expect(decodeBundle(bundle, 3)).toEqual([Uint8Array.of(7), Uint8Array.of(), Uint8Array.of(8, 9)]);
  expect(() => decodeBundle(bundle, 2)).toThrow(MalformedLogData);
  expect(() => decodeBundle(bundle.slice(0, -1), 3)).toThrow(MalformedLogData);
  expect(() => decodeBundle(Uint8Array.of(...bundle, 0), 3)).toThrow(MalformedLogData);
  expect(sameBytes(bundle, bundle.slice(1))).toBe(false);
});
