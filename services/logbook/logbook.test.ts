import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { withConnection } from '@answerable/kit/database';
import type { Journal } from '@answerable/kit/journal';
import { audit } from '@answerable/log/monitor/audit';
import { growsByBatches, onlyOnce } from '@answerable/log/monitor/rules';
import { openCheckpoint } from '@answerable/log/verify/checkpoint';
import { type LogEntry as AnyEntry, encodeEntry } from '@answerable/log/verify/entry';
import { fetchFrom } from '@answerable/log/verify/fetch-from';
import { LogReader } from '@answerable/log/verify/log-reader';
import { formatVerifierKey, noteKey, parseVerifierKey } from '@answerable/log/verify/note-key';
import { parseProof, verifyProof } from '@answerable/log/verify/proof';
import { TileReader } from '@answerable/log/verify/tile-reader';
import { parseLogTrust } from '@answerable/log/verify/trust';
import type { LogEntry } from '@answerable/protocol/log/entries';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { diskFiles } from './disk-files.ts';
import {
  addressOf,
  clerk,
  commitment,
  type Logbook,
  newKey,
  type Place,
  place,
  startLogbook,
  startWitness,
  submission,
  submitter,
  type TestWitness,
  until,
} from './testing/logbook.ts';

const bytesOf = (entry: LogEntry): Uint8Array => encodeEntry(entry as AnyEntry);

let home: Place;
let logbook: Logbook;
async function open(): Promise<void> {
  home = await place();
  logbook = await startLogbook(home.config);
  await until(async () => ((await logbook.get('/health')).ok ? true : undefined));
}
async function close(): Promise<void> {
  await logbook.close();
  await home.clear();
}

const trustOf = async (witnesses: TestWitness[] = [], quorum = witnesses.length) =>
  parseLogTrust({
    log: await logbook.logKey(),
    witnesses: witnesses.map((witness) => addressOf(witness).verifierKey),
    quorum,
  });
const readerOf = async (witnesses: TestWitness[] = []) =>
  new LogReader({ fetchFile: fetchFrom(logbook.origin), trust: await trustOf(witnesses) });
const sizeNow = async () => (await (await readerOf()).latest()).size;
const refusalOf = async (response: Response) => [
  response.status,
  ((await response.json()) as { code: string }).code,
];

describe('a submitted entry', () => {
  beforeAll(open);
  afterAll(close);

  it('gets an index and a proof that verifies offline, and readers find it themselves', async () => {
    const index = await logbook.log(commitment(1));
    const proof = await logbook.get(`/entries/${index}/proof`);
    expect(proof.headers.get('content-type')).toContain('text/plain');
    const trust = await trustOf();
    const proven = verifyProof(
      parseProof(new Uint8Array(await proof.arrayBuffer())),
      bytesOf(commitment(1)),
      trust,
    );
    expect(proven.index).toBe(index);
    await expect((await readerOf()).requireIncluded(index, bytesOf(commitment(1)))).resolves.toBeDefined();
  });

  it('is one entry however often and however fast it is sent', async () => {
    const key = newKey();
    const body = submission(commitment(2), { key });
    const answers = await Promise.all(Array.from({ length: 20 }, () => logbook.post(body)));
    expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(202));
    await logbook.log(commitment(3));
    expect((await logbook.post(body)).status).toBe(202);
    const reader = await readerOf();
    const head = await reader.latest();
    const entries = await reader.tiles(head).entries(0, head.size);
    const wanted = Buffer.from(bytesOf(commitment(2)));
    expect(entries.filter((entry) => wanted.equals(entry))).toHaveLength(1);
  });

  it('can be proven at an older size that was published', async () => {
    const index = await logbook.log(commitment(4));
    const size = await sizeNow();
    await until(async () => ((await sizeNow()) > size ? true : undefined));
    const older = await logbook.get(`/entries/${index}/proof?size=${size}`);
    const proof = parseProof(new Uint8Array(await older.arrayBuffer()));
    expect(verifyProof(proof, bytesOf(commitment(4)), await trustOf()).checkpoint.size).toBe(size);
  });

  it('does not show in the growth: batches are whole with or without it', async () => {
    for (let i = 0; i < 9; i += 1) await logbook.post(submission(commitment(5, i)));
    await logbook.log(commitment(6));
    const sizes = new Set<number>();
    await until(async () => {
      sizes.add(await sizeNow());
      return sizes.size > 3 ? true : undefined;
    });
    expect([...sizes].every((size) => size % 4 === 0)).toBe(true);
  });
});

describe('a submission is refused', () => {
  beforeAll(open);
  afterAll(close);

  const stranger = submitter('stranger', 8);
  const good = commitment(1);
  it.each<[string, () => unknown, [number, string]]>([
    ['from a party while there is no policy', () => submission(good, { by: stranger }), [503, 'not_ready']],
    [
      'with the signature of another',
      () => submission(good, { secret: stranger.secret }),
      [403, 'signature_refused'],
    ],
    [
      'changed after signing',
      () => ({ ...submission(good), signature: submission(commitment(2)).signature }),
      [403, 'signature_refused'],
    ],
    [
      "that is not this party's to make",
      () => submission({ v: 1, kind: 'record-root', root: 'A'.repeat(43), leaves: 1 }),
      [403, 'forbidden'],
    ],
    ['of an unknown kind', () => submission({ v: 1, kind: 'diary', text: 'hello' }), [400, 'malformed']],
    ['with a word too many', () => submission({ ...good, note: 'x' }), [400, 'malformed']],
    [
      'with a commitment of another length',
      () => submission({ ...good, commitment: 'AAAA' }),
      [400, 'malformed'],
    ],
    ['with a short key', () => submission(good, { key: 'AAAA' }), [400, 'malformed']],
    ['that is no JSON', () => '{', [400, 'malformed']],
    ['that is empty', () => '', [400, 'malformed']],
    ['that is too large', () => ({ ...submission(good), more: 'x'.repeat(20_000) }), [413, 'body_too_large']],
  ])('%s', async (_, body, refusal) => {
    expect(await refusalOf(await logbook.post(body()))).toEqual(refusal);
  });

  it('under a key of another entry, or as a second policy of one serial', async () => {
    const key = newKey();
    await logbook.post(submission(commitment(1), { key }));
    expect(await refusalOf(await logbook.post(submission(commitment(2), { key })))).toEqual([
      409,
      'key_taken',
    ]);
    const policy = (hash: string) => ({
      v: 1,
      kind: 'trust-policy',
      network: 'uk',
      serial: 1,
      policy: hash.repeat(43),
    });
    expect((await logbook.post(submission(policy('A')))).status).toBe(202);
    expect((await logbook.post(submission(policy('A')))).status).toBe(202);
    expect(await refusalOf(await logbook.post(submission(policy('E'))))).toEqual([409, 'policy_mismatch']);
  });

  it('knows its submitters by key, not by name', async () => {
    const namesake = submitter(clerk.name, 99);
    expect(await refusalOf(await logbook.post(submission(commitment(1), { by: namesake })))).toEqual([
      403,
      'signature_refused',
    ]);
  });

  it('without JSON as its content type', async () => {
    const body = JSON.stringify(submission(good));
    const response = await fetch(`${logbook.origin}/entries`, { method: 'POST', body });
    expect(await refusalOf(response)).toEqual([415, 'wrong_content_type']);
  });

  it.each([
    '/entries/by-key/none',
    `/entries/by-key/${'A'.repeat(22)}`,
    '/entries/999999999/proof',
    '/entries/01/proof',
    '/entries/-1/proof',
    '/entries/0/proof?size=3',
    '/tile/0/999',
    '/tile/0/x00/000',
    '/tile/0/..%2f..%2f..%2fsigned-checkpoint',
    '/tile/../signed-checkpoint',
    '/signed-checkpoint',
  ])('as is a question about nothing: %s', async (path) => {
    expect(await refusalOf(await logbook.get(path))).toEqual([404, 'not_found']);
  });
});

describe('the log as files', () => {
  beforeAll(open);
  afterAll(close);

  it('is sound by its address and as a folder, and a flipped bit is found', async () => {
    await logbook.log(commitment(1));
    const trust = await trustOf();
    const rules = [growsByBatches(4), onlyOnce('trust-policy', ['network', 'serial'])];
    const remote = fetchFrom(logbook.origin);
    expect(await audit({ fetchFile: remote, trust, rules })).toMatchObject({ ok: true });
    await logbook.close();
    const folder = join(home.folder, 'log', 'public');
    const local = async (path: string) =>
      new Uint8Array(await readFile(join(folder, path)).catch(() => new Uint8Array()));
    const fromFolder = async (path: string) => ((await local(path)).length > 0 ? local(path) : undefined);
    const report = await audit({ fetchFile: fromFolder, trust, rules });
    expect(report).toMatchObject({ ok: true, origin: home.config.logName });
    const flipped = async (path: string) => {
      const bytes = await fromFolder(path);
      if (bytes !== undefined && path.startsWith('tile/entries/')) bytes[700] = bytes[700]! ^ 4;
      return bytes;
    };
    const { findings } = await audit({ fetchFile: flipped, trust, rules });
    expect(findings).toMatchObject([{ kind: 'entry-altered', entry: 0, byte: 700 }]);
    logbook = await startLogbook(home.config);
  });

  it('may be read by a page of another origin', async () => {
    const response = await fetch(`${logbook.origin}/checkpoint`, {
      headers: { origin: 'http://wallet.example' },
    });
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
    expect(response.headers.get('cross-origin-resource-policy')).toBe('cross-origin');
  });
});

describe('witnesses', () => {
  beforeEach(open);
  afterEach(close);

  let logKey = '';
  let witnesses: TestWitness[];
  beforeEach(async () => {
    logKey = await logbook.logKey();
    witnesses = await Promise.all([21, 22, 23].map((byte) => startWitness(byte, () => logKey)));
    await logbook.close();
    logbook = await startLogbook({ ...home.config, witnesses: witnesses.map(addressOf) });
  });
  afterEach(async () => {
    await Promise.all(witnesses.map((witness) => witness.close()));
  });

  it('cosign what is published, and a reader that wants all of them is content', async () => {
    const reader = await readerOf(witnesses);
    const first = await until(async () => reader.latest().catch(() => undefined));
    const later = await until(async () => {
      const next = await reader.latest();
      return next.size > first.size ? next : undefined;
    });
    expect(later.cosignatures).toHaveLength(3);
  });

  it('that are gone do not stop the log; those that are left still count', async () => {
    await witnesses[0]!.close();
    const two = await readerOf(witnesses.slice(1));
    const start = await until(async () => two.latest().catch(() => undefined));
    await until(async () => ((await two.latest()).size > start.size ? true : undefined));
    await expect((await readerOf(witnesses)).latest()).rejects.toThrow();
    await witnesses[1]!.close();
    await witnesses[2]!.close();
    const size = await sizeNow();
    await until(async () => ((await sizeNow()) > size ? true : undefined));
  });

  it('stop a log whose database and folder were both taken back', async () => {
    await until(async () => (([...witnesses[0]!.heads.values()][0]?.size ?? 0) > 8 ? true : undefined));
    await logbook.close();
    const key = readFileSync(join(home.folder, 'keys', 'log.key'));
    const halts: string[] = [];
    const journal: Journal = {
      info: () => {},
      warn: () => {},
      error: (_, fields) => halts.push(fields?.outcome ?? ''),
    };
    const empty = await place({ witnesses: witnesses.map(addressOf) });
    mkdirSync(join(empty.folder, 'keys'));
    writeFileSync(join(empty.folder, 'keys', 'log.key'), key, { mode: 0o600 });
    const restored = await startLogbook(empty.config, journal);
    await until(async () => (halts.length > 0 ? true : undefined));
    expect(halts).toEqual(['store-behind-witness']);
    expect((await restored.get('/health')).status).toBe(503);
    expect(await refusalOf(await restored.get('/checkpoint'))).toEqual([503, 'not_ready']);
    await restored.close();
    await empty.clear();
    logbook = await startLogbook(home.config);
  });
});

describe('started again', () => {
  beforeEach(open);
  afterEach(close);

  it('goes on where it stopped, and what waited is logged', async () => {
    const index = await logbook.log(commitment(1));
    const reader = await readerOf();
    const pinned = await reader.latest();
    const key = newKey();
    await logbook.post(submission(commitment(2), { key }));
    await logbook.close();
    logbook = await startLogbook(home.config);
    await until(async () => ((await logbook.get(`/entries/by-key/${key}`)).ok ? true : undefined));
    const after = new LogReader({ fetchFile: fetchFrom(logbook.origin), trust: await trustOf(), pinned });
    await expect(after.requireIncluded(index, bytesOf(commitment(1)))).resolves.toBeDefined();
  });

  it('from an older database it brings that forward from the signed files', async () => {
    const index = await logbook.log(commitment(1));
    const pinned = await (await readerOf()).latest();
    await logbook.close();
    // A backup from before the last batches: entries, and the head as it was.
    await withConnection(home.databaseUrl, async (run) => {
      const keep = pinned.size - 4;
      const root = await rootBefore(keep);
      await run('delete from entry where index >= $1', [keep]);
      await run(`update head set size = $1, root = '\\x${root}'`, [keep]);
    });
    logbook = await startLogbook(home.config);
    await until(async () => ((await logbook.get('/health')).ok ? true : undefined));
    const after = new LogReader({ fetchFile: fetchFrom(logbook.origin), trust: await trustOf(), pinned });
    await expect(after.requireIncluded(index, bytesOf(commitment(1)))).resolves.toBeDefined();
  });

  it('without its folder it writes the files anew, but never without its key', async () => {
    const index = await logbook.log(commitment(1));
    const [trust, pinned] = [await trustOf(), await (await readerOf()).latest()];
    await logbook.close();
    rmSync(join(home.folder, 'log'), { recursive: true });
    logbook = await startLogbook(home.config);
    const after = new LogReader({ fetchFile: fetchFrom(logbook.origin), trust, pinned });
    await until(async () => ((await logbook.get('/health')).ok ? true : undefined));
    await expect(after.requireIncluded(index, bytesOf(commitment(1)))).resolves.toBeDefined();
    await logbook.close();
    rmSync(join(home.folder, 'keys'), { recursive: true });
    await expect(startLogbook(home.config)).rejects.toMatchObject({ name: 'ConfigRefused' });
    const other = await place();
    await home.clear();
    home = other;
    logbook = await startLogbook(home.config);
  });

  it('two of it on one database and folder continue one history', async () => {
    const second = await startLogbook(home.config);
    await Promise.all(
      Array.from({ length: 10 }, (_, i) => (i % 2 ? second : logbook).post(submission(commitment(9, i)))),
    );
    await logbook.log(commitment(1));
    await second.log(commitment(2));
    await second.close();
    const report = await audit({
      fetchFile: fetchFrom(logbook.origin),
      trust: await trustOf(),
      rules: [growsByBatches(4)],
    });
    expect(report.findings).toEqual([]);
    expect((await logbook.get('/health')).ok).toBe(true);
  });

  async function rootBefore(size: number): Promise<string> {
    const files = diskFiles(join(home.folder, 'log'));
    const keys = { log: parseVerifierKey(keyText()), witnesses: [] };
    const signed = openCheckpoint((await files.readSigned())!, keys);
    return Buffer.from(await new TileReader(files.read, signed).rootAt(size)).toString('hex');
  }

  function keyText(): string {
    const seed = Buffer.from(readFileSync(join(home.folder, 'keys', 'log.key'), 'utf8').trim(), 'hex');
    return formatVerifierKey(noteKey(home.config.logName, 0x01, new Uint8Array(seed)));
  }
});
