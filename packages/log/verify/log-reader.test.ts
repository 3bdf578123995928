import { describe, expect, it } from 'vitest';
import { EMPTY_EDGE, grow } from '../append/edge.ts';
import { formatCheckpoint } from './checkpoint.ts';
import { utf8 } from './encoding.ts';
import { LogUnverified, MalformedLogData } from './errors.ts';
import { LogReader, type LogReaderOptions } from './log-reader.ts';
import { formatNote, signNote } from './note.ts';
import { formatVerifierKey, noteKey } from './note-key.ts';
import { cosign } from './note-signature.ts';
import { formatProof, parseProof, verifyProof } from './proof.ts';
import { logTrust, parseLogTrust } from './trust.ts';

const NOW = 1_700_000_000;
const seed = (byte: number) => new Uint8Array(32).fill(byte);
const log = noteKey('log.example', 0x01, seed(1));
const guardians = [2, 3, 4].map((n) => noteKey(`guardian-${n}.example`, 0x04, seed(n)));
const outside = noteKey('outside.example', 0x04, seed(9));
const trust = logTrust(log, {
  atLeast: 2,
  of: [
    { atLeast: 1, of: [outside] },
    { atLeast: 2, of: guardians },
  ],
});
const entries = Array.from({ length: 20 }, (_, i) => utf8(`entry ${i}`));

interface Shown {
  size?: number;
  history?: Uint8Array[];
  by?: typeof guardians;
  time?: number;
}

/** A log of `size` entries with cosignatures by the given witnesses. */
function show({ size = 20, history = entries, by = [outside, ...guardians], time = NOW }: Shown = {}) {
  const { head, files } = grow(EMPTY_EDGE, history.slice(0, size));
  const text = formatCheckpoint(log.name, head);
  const signatures = [signNote(text, log), ...by.map((key) => cosign(text, time, key))];
  const stored = new Map(files.map(({ path, bytes }) => [path, bytes]));
  return stored.set('checkpoint', formatNote({ text, signatures }));
}

const readerOf = (stored: Map<string, Uint8Array>, options: Partial<LogReaderOptions> = {}) =>
  new LogReader({ fetchFile: async (path) => stored.get(path), trust, ...options });

describe('a reader', () => {
  it('pins the newest checkpoint and proves entries that verify offline', async () => {
    const reader = readerOf(show());
    const found = await reader.included(13);
    expect(reader.pinned?.size).toBe(20);
    const proof = parseProof(found.proof);
    expect(verifyProof(proof, entries[13]!, trust)).toMatchObject({ index: 13 });
    expect(() => verifyProof(proof, entries[12]!, trust)).toThrow(LogUnverified);
    expect(() => verifyProof({ ...proof, index: 12 }, entries[13]!, trust)).toThrow(LogUnverified);
    await expect(reader.requireIncluded(13, entries[13]!)).resolves.toBeDefined();
    await expect(reader.requireIncluded(12, entries[13]!)).rejects.toThrow(LogUnverified);
    await expect(reader.included(20)).rejects.toThrow(LogUnverified);
    await expect(reader.included(-1)).rejects.toThrow(LogUnverified);
  });

  it('follows growth and refuses a shorter log or another history, keeping its pin', async () => {
    const stored = show({ size: 12 });
    const serve = (next: Map<string, Uint8Array>) => {
      for (const [path, bytes] of next) stored.set(path, bytes);
    };
    const reader = readerOf(stored);
    await reader.latest();
    serve(show({ size: 18 }));
    expect((await reader.latest()).size).toBe(18);
    serve(show({ size: 17 }));
    await expect(reader.latest()).rejects.toThrow(LogUnverified);
    const other = [utf8('another'), ...entries.slice(1)];
    serve(show({ size: 20, history: other }));
    await expect(reader.latest()).rejects.toThrow(LogUnverified);
    serve(show({ size: 18, history: other }));
    await expect(reader.latest()).rejects.toThrow(LogUnverified);
    expect(reader.pinned?.size).toBe(18);
    serve(show({ size: 20 }));
    expect((await reader.latest()).size).toBe(20);
  });

  it('continues from a pin kept by its owner', async () => {
    const other = grow(EMPTY_EDGE, [utf8('another'), ...entries.slice(1, 5)]).head;
    await expect(readerOf(show(), { pinned: other }).latest()).rejects.toThrow(LogUnverified);
    const pinned = grow(EMPTY_EDGE, entries.slice(0, 5)).head;
    await expect(readerOf(show(), { pinned }).latest()).resolves.toBeDefined();
  });

  it.each([
    ['no witness', []],
    ['guardians only', guardians],
    ['the outside witness and one guardian', [outside, guardians[0]!]],
    ['one guardian twice', [outside, guardians[0]!, guardians[0]!]],
    ['a stranger', [outside, guardians[0]!, noteKey('guardian-3.example', 0x04, seed(77))]],
  ])('refuses a checkpoint cosigned by %s', async (_, by) => {
    await expect(readerOf(show({ by })).latest()).rejects.toThrow(LogUnverified);
  });

  it('is content with exactly the quorum', async () => {
    const by = [outside, guardians[0]!, guardians[2]!];
    await expect(readerOf(show({ by })).latest()).resolves.toBeDefined();
  });

  it.each([
    ['too old', NOW - 3601],
    ['from the future', NOW + 301],
  ])('refuses cosignatures that are %s where freshness is asked', async (_, time) => {
    const fresh = { now: () => NOW, cosignatureAgeSecondsMax: 3600 };
    await expect(readerOf(show({ time }), fresh).latest()).rejects.toThrow(LogUnverified);
    await expect(readerOf(show({ time })).latest()).resolves.toBeDefined();
    await expect(readerOf(show({ time: NOW - 3600 }), fresh).latest()).resolves.toBeDefined();
  });
});

describe('trust', () => {
  it.each([
    ['one public key under two names', [guardians[0]!, noteKey('x.example', 0x04, seed(2))], 1],
    ["the log's own key as a witness", [noteKey('x.example', 0x04, seed(1))], 1],
    ['a key of the wrong type', [noteKey('x.example', 0x01, seed(5))], 1],
    ['a quorum above the number of witnesses', guardians, 4],
    ['a negative quorum', guardians, -1],
  ])('with %s is refused', (_, keys, quorum) => {
    const witnesses = keys.map(formatVerifierKey);
    expect(() => parseLogTrust({ log: formatVerifierKey(log), witnesses, quorum })).toThrow(MalformedLogData);
  });
});

describe('a proof', () => {
  const whole = formatProof({
    index: 3,
    hashes: [seed(1), seed(2)],
    checkpoint: utf8('note'),
    extra: seed(3),
  });
  const text = new TextDecoder().decode(whole);

  it('is read as it was written', () => {
    expect(formatProof(parseProof(whole))).toEqual(whole);
    expect(parseProof(whole).extra).toEqual(seed(3));
  });

  it.each([
    ['another header', text.replace('@v1', '@v2')],
    ['no index', text.replace(/index 3\n/, '')],
    ['a leading zero', text.replace('index 3', 'index 03')],
    ['a hash that is too short', text.replace(/index 3\n..../, 'index 3\n')],
    ['no empty line', text.replace('\n\n', '\n')],
    ['the extra line after the index', text.replace(/(extra .*\n)(index 3\n)/, '$2$1')],
    [
      '64 hashes',
      text.replace('index 3\n', 'index 3\n' + `${Buffer.from(seed(1)).toString('base64')}\n`.repeat(63)),
    ],
  ])('with %s is malformed', (_, sin) => {
    expect(() => parseProof(utf8(sin))).toThrow(MalformedLogData);
  });
});
