import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EMPTY_EDGE, grow } from '../append/edge.ts';
import { vectorJson, vectorLog, vectorsPresent } from '../testing/vectors.ts';
import { formatCheckpoint, signCheckpoint } from '../verify/checkpoint.ts';
import { encodeEntry, type LogEntry } from '../verify/entry.ts';
import { leafHash } from '../verify/merkle.ts';
import { formatNote, signNote } from '../verify/note.ts';
import { noteKey, parseVerifierKey } from '../verify/note-key.ts';
import { cosign } from '../verify/note-signature.ts';
import { logTrust } from '../verify/trust.ts';
import { type AuditOptions, audit } from './audit.ts';
import { networkRules } from './network-rules.ts';
import { countsWithoutGap, growsByBatches, onlyOnce, pointsBack } from './rules.ts';

const seed = (byte: number) => new Uint8Array(32).fill(byte);
const log = noteKey('log.example', 0x01, seed(1));
const witnesses = [2, 3].map((n) => noteKey(`witness-${n}.example`, 0x04, seed(n)));
const trust = logTrust(log, { atLeast: 2, of: witnesses });

const plain = (i: number): LogEntry => ({ v: 1, kind: 'commitment', commitment: `c${i}` });
const entriesOf = (size: number) => Array.from({ length: size }, (_, i) => plain(i));

/** The files of a log with its cosigned checkpoint. */
function filesOf(entries: readonly LogEntry[], by = witnesses) {
  const { head, files } = grow(EMPTY_EDGE, entries.map(encodeEntry));
  const text = formatCheckpoint(log.name, head);
  const signatures = [signNote(text, log), ...by.map((key) => cosign(text, 1_700_000_000, key))];
  const stored = new Map(files.map(({ path, bytes }) => [path, bytes]));
  return stored.set('checkpoint', formatNote({ text, signatures }));
}

const auditOf = (files: Map<string, Uint8Array>, more: Partial<AuditOptions> = {}) =>
  audit({ fetchFile: async (path) => files.get(path), trust, ...more });

function altered(files: Map<string, Uint8Array>, path: string, change: (bytes: Uint8Array) => Uint8Array) {
  return new Map(files).set(path, change(files.get(path)!.slice()));
}

const flip =
  (at: number, mask = 1) =>
  (bytes: Uint8Array) => {
    bytes[at] = bytes[at]! ^ mask;
    return bytes;
  };

const whole = filesOf(entriesOf(600));

describe('an audit', () => {
  it('of a sound log finds nothing and says what it read', async () => {
    const progress: number[] = [];
    const report = await auditOf(whole, {
      rules: [growsByBatches(4)],
      onProgress: (done) => progress.push(done),
    });
    expect(report).toMatchObject({ ok: true, origin: 'log.example', size: 600, findings: [] });
    expect(report.witnesses.map(({ name }) => name)).toEqual(witnesses.map(({ name }) => name));
    expect(progress).toHaveLength(report.filesRead - 1);
  });

  it.each([0, 1, 255, 256, 257])('of a log of %d entries', async (size) => {
    expect((await auditOf(filesOf(entriesOf(size)))).findings).toEqual([]);
  });

  it.each([
    ['a leaf hash in a full tile', 'tile/0/001', 32 * 17 + 5],
    ['a leaf hash on the right edge', 'tile/0/002.p/88', 32 * 80],
    ['a hash one level up', 'tile/1/000.p/2', 32 + 31],
  ])('names the byte flipped in %s', async (_, file, byte) => {
    const { ok, findings } = await auditOf(altered(whole, file, flip(byte)));
    expect(ok).toBe(false);
    expect(findings).toMatchObject([{ kind: 'hash-altered', file, byte }]);
    expect(findings[0]?.expected).toHaveLength(64);
  });

  it.each([
    ['a full bundle', 'tile/entries/000', 3, 40],
    ['the padding of an entry', 'tile/entries/001', 200, 1000],
    ['the last bundle', 'tile/entries/002.p/88', 87, 12],
  ])('names the entry and the byte flipped in %s', async (_, file, position, within) => {
    const byte = position * 1026 + 2 + within;
    const { findings } = await auditOf(altered(whole, file, flip(byte, 0x10)));
    const entry = position + 256 * Number(file.slice(13, 16));
    expect(findings).toMatchObject([{ kind: 'entry-altered', file, entry, byte, bytes: 1 }]);
    expect(Number.parseInt(findings[0]!.expected!, 16) ^ Number.parseInt(findings[0]!.found!, 16)).toBe(0x10);
  });

  it('names the entry where more than a bit was changed', async () => {
    const rewritten = altered(whole, 'tile/entries/000', (bytes) =>
      bytes.fill(0x41, 10 * 1026 + 20, 10 * 1026 + 60),
    );
    const { findings } = await auditOf(rewritten);
    expect(findings).toMatchObject([{ kind: 'entry-altered', entry: 10, byte: 10 * 1026 + 2, bytes: 1024 }]);
  });

  it('names the length that was changed before an entry', async () => {
    for (const at of [0, 1]) {
      const { findings } = await auditOf(altered(whole, 'tile/entries/001', flip(5 * 1026 + at, 0x08)));
      expect(findings).toMatchObject([
        { kind: 'entry-altered', entry: 261, byte: 5 * 1026, expected: '0400' },
      ]);
    }
  });

  it.each([...filesOf(entriesOf(600)).keys()].filter((path) => path !== 'checkpoint'))(
    'misses %s when it is gone, and only that',
    async (file) => {
      const files = new Map(whole);
      files.delete(file);
      const { findings } = await auditOf(files);
      expect(findings).toMatchObject([{ kind: 'file-missing', file }]);
    },
  );

  it.each([
    ['tile/0/000', 5],
    ['tile/0/002.p/88', -32],
    ['tile/entries/001', 7],
    ['tile/entries/002.p/88', -100],
  ])('sees %s cut or drawn out by %d', async (file, by) => {
    const change = (bytes: Uint8Array) => {
      const longer = new Uint8Array(bytes.length + by);
      longer.set(bytes.subarray(0, longer.length));
      return longer;
    };
    const { findings } = await auditOf(altered(whole, file, change));
    expect(findings.length).toBeGreaterThan(0);
    expect(new Set(findings.map((finding) => finding.file))).toEqual(new Set([file]));
  });

  it('never passes a log with any bit flipped in any file, and points at that file', async () => {
    const files = filesOf(entriesOf(300));
    const paths = [...files.keys()].filter((path) => path !== 'checkpoint');
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...paths), fc.nat(), fc.nat(7), async (path, at, bit) => {
        const changed = altered(files, path, (bytes) => flip(at % bytes.length, 1 << bit)(bytes));
        const { findings } = await auditOf(changed);
        expect(findings.length).toBeGreaterThan(0);
        for (const { file, byte, bytes } of findings) {
          expect(file).toBe(path);
          const place = at % files.get(path)!.length;
          expect(byte! <= place && place < byte! + bytes!).toBe(true);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('names each of two faults', async () => {
    const both = altered(altered(whole, 'tile/0/000', flip(33)), 'tile/entries/001', flip(900));
    const { findings } = await auditOf(both);
    expect(findings.map(({ file }) => file).sort()).toEqual(['tile/0/000', 'tile/entries/001']);
    const same = altered(altered(whole, 'tile/0/000', flip(33)), 'tile/entries/000', flip(9 * 1026 + 9));
    const [hash, entry] = (await auditOf(same)).findings;
    expect(hash).toMatchObject({ kind: 'hash-altered', byte: 33 });
    expect(entry).toMatchObject({ kind: 'entry-altered', entry: 9 });
  });

  it('says so when the log signed what its files do not give', async () => {
    const files = new Map(whole);
    const text = formatCheckpoint(log.name, { size: 600, root: leafHash(seed(5)) });
    const signatures = [signNote(text, log), ...witnesses.map((key) => cosign(text, 5, key))];
    files.set('checkpoint', formatNote({ text, signatures }));
    const { findings } = await auditOf(files);
    expect(findings[0]).toMatchObject({ kind: 'tree-irreconcilable' });
  });
});

describe('an audit of the checkpoint', () => {
  const text = new TextDecoder().decode(whole.get('checkpoint')!);
  const withText = (changed: string) => new Map(whole).set('checkpoint', new TextEncoder().encode(changed));

  it('names the root line when that is what was altered', async () => {
    const root = text.split('\n')[2]!;
    const other = (root[0] === 'A' ? 'B' : 'A') + root.slice(1);
    const { findings } = await auditOf(withText(text.replace(root, other)));
    expect(findings).toMatchObject([
      { kind: 'checkpoint-signature', byte: 'log.example\n600\n'.length, bytes: 44 },
    ]);
  });

  it.each<[string, (text: string) => string]>([
    ['another size', (t) => t.replace('\n600\n', '\n599\n')],
    ['a size nobody could read', (t) => t.replace('\n600\n', '\n9007199254740991\n')],
    ['another origin', (t) => t.replaceAll('log.example', 'dog.example')],
    [
      'a changed signature',
      (t) => t.replace(/(log\.example \S{20})(.)/, (_, a, b) => a + (b === 'x' ? 'y' : 'x')),
    ],
    [
      'a changed cosignature',
      (t) => t.replace(/(witness-2\.example \S{60})(.)/, (_, a, b) => a + (b === 'x' ? 'y' : 'x')),
    ],
  ])('refuses %s', async (_, change) => {
    const { ok, findings } = await auditOf(withText(change(text)));
    expect(ok).toBe(false);
    expect(findings[0]).toMatchObject({ kind: 'checkpoint-signature', file: 'checkpoint' });
  });

  it('refuses what is no checkpoint, and none at all', async () => {
    expect((await auditOf(withText('hello\n'))).findings).toMatchObject([{ kind: 'checkpoint-malformed' }]);
    expect((await auditOf(new Map())).findings).toMatchObject([{ kind: 'file-missing', file: 'checkpoint' }]);
  });

  it('misses a quorum', async () => {
    const { findings } = await auditOf(filesOf(entriesOf(8), witnesses.slice(1)));
    expect(findings).toMatchObject([{ kind: 'quorum-missing' }]);
  });
});

describe('an audit against what others hold', () => {
  const headAt = (entries: LogEntry[]) => grow(EMPTY_EDGE, entries.map(encodeEntry)).head;
  const rewritten = [...entriesOf(9), { ...plain(9), commitment: 'other' }];

  it('finds that history was rewritten, or cut', async () => {
    expect((await auditOf(whole, { earlier: [headAt(entriesOf(10))] })).ok).toBe(true);
    const changed = await auditOf(whole, { earlier: [headAt(rewritten)] });
    expect(changed.findings).toMatchObject([{ kind: 'history-rewritten' }]);
    const cut = await auditOf(whole, { earlier: [headAt(entriesOf(601))] });
    expect(cut.findings).toMatchObject([{ kind: 'history-rewritten' }]);
  });

  it('finds two faces, and is not fooled by a checkpoint the log never signed', async () => {
    expect((await auditOf(whole, { others: [signCheckpoint(headAt(entriesOf(10)), log)] })).ok).toBe(true);
    const faces = await auditOf(whole, { others: [signCheckpoint(headAt(rewritten), log)] });
    expect(faces.findings).toMatchObject([{ kind: 'two-histories' }]);
    const forger = noteKey(log.name, 0x01, seed(9));
    expect((await auditOf(whole, { others: [signCheckpoint(headAt(rewritten), forger)] })).ok).toBe(true);
  });
});

describe('rules', () => {
  const policy = (serial: number): LogEntry => ({ v: 1, kind: 'trust-policy', network: 'uk', serial });
  const notice = (filing: number, approvals: number[]): LogEntry => ({
    v: 1,
    kind: 'disclosure-notice',
    filing,
    approvals,
  });
  const points = pointsBack('disclosure-notice', ['filing', 'approvals'], {
    target: 'commitment',
    atLeast: 2,
  });
  const broken = async (entries: LogEntry[], ...rules: AuditOptions['rules'] & object) =>
    (await auditOf(filesOf(entries), { rules })).findings.map(({ kind, entry }) => [kind, entry]);

  it('one serial is given once', async () => {
    const rule = onlyOnce('trust-policy', ['network', 'serial']);
    expect(await broken([policy(1), plain(0), policy(2)], rule)).toEqual([]);
    expect(await broken([policy(1), plain(0), policy(1)], rule)).toEqual([['rule-broken', 2]]);
  });

  it('the log grows by whole batches', async () => {
    expect(await broken(entriesOf(8), growsByBatches(4))).toEqual([]);
    expect(await broken(entriesOf(9), growsByBatches(4))).toEqual([['rule-broken', 8]]);
  });

  it('a notice points back at its filing and approvals', async () => {
    const four = entriesOf(4);
    expect(await broken([...four, notice(0, [1, 2])], points)).toEqual([]);
    for (const [sin, entry] of Object.entries({
      'one approval': notice(0, [1]),
      'no approvals': { v: 1, kind: 'disclosure-notice', filing: 0 } as LogEntry,
      'an approval twice': notice(0, [1, 1]),
      'the filing as approval': notice(0, [0, 1]),
      'an entry to come': notice(0, [1, 5]),
      itself: notice(0, [1, 4]),
      'nothing there': notice(-1, [1, 2]),
    }))
      expect(await broken([...four, entry, plain(9)], points), sin).toEqual([['rule-broken', 4]]);
    expect(await broken([policy(1), ...four, notice(0, [1, 2])], points)).toEqual([['rule-broken', 5]]);
  });

  it('counts of refusals name every reason and leave no quarter out', async () => {
    const ends: Record<string, string> = { '03': '31', '06': '30', '09': '30', '12': '31' };
    const endOf = (day: string) => {
      const month = String(Math.ceil(Number(day.slice(5, 7)) / 3) * 3).padStart(2, '0');
      return `${day.slice(0, 4)}-${month}-${ends[month]}`;
    };
    const rule = countsWithoutGap('census', {
      parties: ['g1', 'g2'],
      names: ['refused.a', 'refused.b'],
      endOf,
    });
    const given = (
      party: string,
      day: string,
      counts: object = { 'refused.a': 0, 'refused.b': 1 },
    ): LogEntry => ({ v: 1, kind: 'census', party, day, counts }) as LogEntry;
    const good = [given('g1', '2025-12-31'), given('g2', '2026-03-31'), given('g1', '2026-03-31')];
    expect(await broken([...good, given('keeper-1', '2026-11-23', {})], rule)).toEqual([]);
    for (const [sin, entry] of Object.entries({
      'a quarter left out': given('g1', '2026-09-30'),
      'a quarter again': given('g1', '2026-03-31'),
      'a day of its own choice': given('g1', '2026-05-04'),
      'a reason left out': given('g1', '2026-06-30', { 'refused.a': 0 }),
      'a count of its own': given('g1', '2026-06-30', { 'refused.a': 0, 'refused.b': 0, pending: 1 }),
      'no counts': given('g1', '2026-06-30', undefined),
    }))
      expect(await broken([...good, entry], rule), sin).toEqual(
        sin === 'no counts' ? [] : [['rule-broken', 3]],
      );
  });

  it('of this network together', async () => {
    const rules = networkRules({ threshold: 2, entriesPerBatch: 4 });
    const census = (day: string): LogEntry => ({ v: 1, kind: 'census', party: 'keeper-1', day });
    const good = [...entriesOf(4), policy(1), census('2026-11-23'), census('2026-11-24'), notice(0, [1, 2])];
    expect(await broken(good, ...rules)).toEqual([]);
    const bad = [
      ...entriesOf(4),
      policy(1),
      policy(1),
      notice(0, [1]),
      census('2026-11-23'),
      census('2026-11-23'),
    ];
    expect((await broken(bad, ...rules)).map(([, entry]) => entry)).toEqual([5, 6, 8, 8]);
  });

  it('entries in another encoding are pointed out even when the tree holds', async () => {
    const { head, files } = grow(EMPTY_EDGE, [encodeEntry(plain(0)), new TextEncoder().encode('{"v":1}')]);
    const text = formatCheckpoint(log.name, head);
    const signatures = [signNote(text, log), ...witnesses.map((key) => cosign(text, 5, key))];
    const stored = new Map(files.map(({ path, bytes }) => [path, bytes]));
    stored.set('checkpoint', formatNote({ text, signatures }));
    expect((await auditOf(stored)).findings).toMatchObject([{ kind: 'entry-form', entry: 1 }]);
    expect((await auditOf(stored, { opaqueEntries: true })).ok).toBe(true);
  });
});

describe.runIf(vectorsPresent)('the published tessera log', () => {
  it('is sound', async () => {
    const { vkey, dir } = vectorJson('kat/kat.json').tessera_log;
    const key = parseVerifierKey(vkey);
    const report = await audit({
      fetchFile: vectorLog(dir),
      trust: logTrust(key, { atLeast: 0, of: [] }),
      opaqueEntries: true,
    });
    expect(report).toMatchObject({ ok: true, size: 15, filesRead: 3 });
  });
});
