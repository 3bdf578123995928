/** The evidence file: what is in it, what is not, and that no byte of it can be changed. */
import { randomBytes } from 'node:crypto';
import { toBase64url, utf8 } from '@answerable/core/bytes';
import { withConnection } from '@answerable/kit/database';
import { Sequencer } from '@answerable/log/append/sequencer';
import { MemoryFiles, MemoryStore } from '@answerable/log/testing/memory-log';
import { parseCheckpoint } from '@answerable/log/verify/checkpoint';
import { encodeEntry } from '@answerable/log/verify/entry';
import { leafHash } from '@answerable/log/verify/merkle';
import { parseNote } from '@answerable/log/verify/note';
import { formatVerifierKey, noteKey } from '@answerable/log/verify/note-key';
import { formatProof } from '@answerable/log/verify/proof';
import {
  openFile,
  type PackRecord,
  packCommitment,
  packRecord,
  sealCheck,
  sealPage,
} from '@answerable/protocol/report/evidence-pack';
import { verifyEvidence } from '@answerable/protocol/report/verify-evidence';
import type { TrustPolicy } from '@answerable/protocol/trust-policy';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DeskWorld, deskWorld, type Moderator, reasonsOf, snapshot } from '../testing/desk-world.ts';
import { conductFinding, subOf } from '../testing/example-case.ts';
import { connectorToken } from '../testing/fake-neighbours.ts';
import { withPlace } from '../testing/hostile-pictures.ts';
import { renderPack } from './render-pack.ts';

let world: DeskWorld;
let a: Moderator;
beforeAll(async () => {
  world = await deskWorld('desk-evidence');
  a = await world.signIn('Moderator A');
});
afterAll(() => world.close());

const hostile = `</pre></script><script>alert(1)</script><img src=x onerror=alert(2)>"'&\u202e {{`;
const fileOf = async (receipt: string) => {
  const response = await fetch(`${world.origin}/receipts/${receipt}/evidence`);
  return {
    status: response.status,
    headers: response.headers,
    bytes: new Uint8Array(await response.arrayBuffer()),
  };
};
const recordIn = (bytes: Uint8Array): PackRecord => verifyEvidence(bytes, undefined).record!;
const faultsOf = (bytes: Uint8Array, policy?: TrustPolicy) => verifyEvidence(bytes, policy).faults;
const textOf = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

describe('the file of a receipt', () => {
  let receipt = '';
  let file: Uint8Array;
  beforeAll(async () => {
    const sent = await fetch(`${world.origin}/media`, {
      method: 'POST',
      headers: { 'content-type': 'image/jpeg' },
      body: new Uint8Array(await withPlace()),
    });
    const { hash } = await sent.json();
    const media = [{ hash, kind: 'picture' as const, description: hostile }];
    const more = { statement: `He wrote this. ${hostile}`, media, links: ['https://elsewhere.example/x'] };
    const items = [snapshot('post/e1', subOf('e'), `I will find you. ${hostile}`)];
    ({ receipt } = (await world.report(items, more, connectorToken)).body);
    await world.report([snapshot('post/e1', subOf('e'))], { statement: 'another person wrote this' });
    const given = await fileOf(receipt);
    expect(given.status).toBe(200);
    expect(given.headers.get('content-disposition')).toBe('attachment; filename="evidence-commons.html"');
    file = given.bytes;
  });

  it('has what was reported and kept, since when, and who showed it', () => {
    const record = recordIn(file);
    expect(record).toMatchObject({
      platform: 'commons',
      what: 'report',
      received: '2026-11-23',
      outcome: null,
    });
    expect(record.statement).toContain('He wrote this.');
    const [version] = record.items[0]!.versions;
    expect(version).toMatchObject({ seen: 'platform', author: subOf('e') });
    expect(version!.kept).toMatch(/^2026-11-23T08:/);
    expect(record.pictures).toEqual([{ hash: expect.any(String), inside: true }]);
    expect(textOf(file)).toContain('the platform, to the desk itself');
  });

  it('holds whole', () => {
    expect(verifyEvidence(file, undefined)).toMatchObject({ faults: [], log: null, unchecked: false });
  });

  it('has nothing of another report, of the receipt, or of how anybody can be reached', () => {
    const text = textOf(file);
    expect(text).not.toContain('another person wrote this');
    expect(text).not.toContain(receipt);
  });

  it('runs nothing: whatever was written is text', () => {
    const text = textOf(file);
    expect(text.match(/<script/g)).toHaveLength(2);
    expect(text.match(/<script type="application\/json" id="(record|seal)">/g)).toHaveLength(2);
    expect(text).not.toMatch(/<img (?!id="picture-1\.jpg" alt="[^"]*" src="data:image\/jpeg)/);
    expect(text).toContain("content=\"default-src 'none'; img-src data:; style-src 'unsafe-inline'\"");
  });

  it('is the same file until there is something new to say', async () => {
    expect(textOf((await fileOf(receipt)).bytes)).toBe(textOf(file));
    world.clock.advance({ minutes: 5 });
    expect(textOf((await fileOf(receipt)).bytes)).toBe(textOf(file));
    await fetch(`${world.origin}/receipts/${receipt}/additions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ words: 'He did it again.', media: [] }),
    });
    const later = (await fileOf(receipt)).bytes;
    expect(recordIn(later).additions).toEqual([{ day: '2026-11-23', words: 'He did it again.' }]);
  });

  it('goes to the log and into the ledger of the desk as a commitment, and lies nowhere itself', async () => {
    const { seal } = openFile(textOf(file))!;
    const commitment = packCommitment(seal.salt, seal.manifest);
    expect([...world.neighbours.commitments.values()]).toContain(commitment);
    const rows = await withConnection(world.databaseUrl, (run) =>
      run("select body from ledger where chain = 'evidence'"),
    );
    expect(rows.map(({ body }) => (body as { commitment: string }).commitment)).toContain(commitment);
    const packs = await withConnection(world.databaseUrl, (run) => run('select * from evidence_pack'));
    expect(JSON.stringify(packs)).not.toContain('I will find you');
  });

  it('with any byte changed does not hold', () => {
    // Every byte of the seal and of what is around it, and every 29th of the rest.
    const from = file.length - 1_500;
    for (let at = 0; at < file.length; at += at < from ? 29 : 1) {
      const changed = Uint8Array.from(file);
      changed[at] = changed[at]! ^ 1;
      if (faultsOf(changed).length === 0) throw new Error(`byte ${at} can be changed`);
    }
  });

  it.each([
    ['cut short by a byte', (bytes: Uint8Array) => bytes.slice(0, -1)],
    ['with a byte more', (bytes: Uint8Array) => Uint8Array.of(...bytes, 10)],
    ['with a mark before it', (bytes: Uint8Array) => Uint8Array.of(0xef, 0xbb, 0xbf, ...bytes)],
    ['that is empty', () => new Uint8Array()],
    ['that is no text', () => Uint8Array.of(0xff, 0xfe, 0x00)],
  ])('%s does not hold', (_name, change) => {
    expect(faultsOf(change(file))).not.toEqual([]);
  });

  it('with the seal of another report does not hold', async () => {
    const other = (await world.report([snapshot('post/e2', subOf('f'))])).body.receipt;
    const [mine, theirs] = [openFile(textOf(file))!, openFile(textOf((await fileOf(other)).bytes))!];
    const { check: _, ...seal } = theirs.seal;
    expect(faultsOf(utf8(sealPage(mine.page, seal)))).toContain('changed since it was made: page');
  });

  it('says when the desk has not seen it itself', async () => {
    const { body } = await world.report([snapshot('post/e3', null)]);
    const record = recordIn((await fileOf(body.receipt)).bytes);
    expect(record.items[0]!.versions[0]).toMatchObject({ seen: 'reporter', author: null });
  });

  it('leaves intimate pictures out, and names them by hash', async () => {
    const sent = await fetch(`${world.origin}/media`, {
      method: 'POST',
      headers: { 'content-type': 'image/jpeg' },
      body: new Uint8Array(await withPlace()),
    });
    const media = [{ hash: (await sent.json()).hash, kind: 'picture' as const, description: '' }];
    const declared = { isIntimateImage: true, trueToBelief: true, canBeFound: true } as const;
    const intimateImage = { ...declared, madeBy: 'subject' as const, contact: 'me-at-home@example.org' };
    const report = { media, reasons: ['intimate-image' as const], intimateImage };
    const { body, status } = await world.report([snapshot('post/e4', null)], report);
    expect(status).toBe(201);
    const { bytes } = await fileOf(body.receipt);
    expect(textOf(bytes)).not.toContain('me-at-home');
    const record = recordIn(bytes);
    expect(record.pictures).toEqual([{ hash: media[0]!.hash, inside: false }]);
  });

  it('has what was decided and the ladder, and no words that were written about a person', async () => {
    const sub = subOf('g');
    const { body } = await world.report([snapshot('post/e5', sub)], {}, connectorToken);
    const { caseId } = await world.caseOf(a, 'post/e5');
    await a.post(`/cases/${caseId}/claim`);
    const sanction = { kind: 'sanction', sub, holds: 'account', step: 'suspend', until: '2027-01-31' };
    const reasons = { ...reasonsOf(), facts: 'facts-of-a-moderator', explanation: 'words-of-a-moderator' };
    const decided = await a.post(`/cases/${caseId}/decision`, {
      assessment: conductFinding(['post/e5']),
      decision: { path: 'conduct', measures: [sanction], reasons },
    });
    expect(decided.status).toBe(200);
    const { bytes } = await fileOf(body.receipt);
    expect(recordIn(bytes).outcome).toMatchObject({
      day: '2026-11-23',
      statement: { byPeople: true },
      measures: [{ kind: 'suspend', until: '2027-01-31', inForce: true }],
      appeals: [],
    });
    expect(textOf(bytes)).toContain('The account was suspended, until 31 January 2027.');
    expect(textOf(bytes)).not.toMatch(/-of-a-moderator|Moderator A/);
  });

  it('of a case that ended with help says no more of it', async () => {
    const worried = { reasons: ['worried-about-them' as const] };
    const { body } = await world.report([snapshot('post/e6', subOf('h'))], worried, connectorToken);
    const { caseId } = await world.caseOf(a, 'post/e6');
    await a.post(`/cases/${caseId}/claim`);
    await a.post(`/cases/${caseId}/decision`, { decision: { path: 'care', offerContact: true } });
    const { outcome } = recordIn((await fileOf(body.receipt)).bytes);
    expect(outcome).toMatchObject({ statement: null, measures: [], appeals: [] });
    expect(outcome!.words).toContain('We do not tell more about other people');
  });

  it('of somebody who did not wish to be told has no outcome', async () => {
    const sub = subOf('i');
    const { body } = await world.report(
      [snapshot('post/e7', sub)],
      { wishesToBeTold: false },
      connectorToken,
    );
    const { caseId } = await world.caseOf(a, 'post/e7');
    await a.post(`/cases/${caseId}/claim`);
    await a.post(`/cases/${caseId}/decision`, { decision: { path: 'none' } });
    expect(recordIn((await fileOf(body.receipt)).bytes).outcome).toBeNull();
  });

  it.each([
    ['of nobody', toBase64url(randomBytes(16)), 404],
    ['that is none', 'x', 400],
  ])('a receipt %s gives none', async (_name, given, status) => {
    expect((await fileOf(given)).status).toBe(status);
  });

  it('and the page of a receipt leads to it without scripts', async () => {
    const page = await fetch(`${world.origin}/receipts/${receipt}`, { headers: { accept: 'text/html' } });
    expect(await page.text()).toContain(`href="/receipts/${receipt}/evidence"`);
  });
});

describe('its place in the log', () => {
  const record = packRecord.parse({
    v: 1,
    desk: 'Commons',
    platform: 'commons',
    what: 'report',
    received: '2026-11-23',
    capacity: 'user',
    statement: 'Please look.',
    links: [],
    additions: [],
    items: [],
    pictures: [],
    outcome: null,
  });
  let policy: TrustPolicy;
  let proofs: string[];
  let others: string[];
  const salt = toBase64url(randomBytes(32));
  const { page, manifest } = renderPack(record, [], '2026-11-23T08:00:00.000Z');

  beforeAll(async () => {
    const key = noteKey('log.example', 0x01, randomBytes(32));
    const [store, files] = [new MemoryStore(), new MemoryFiles()];
    const random = (length: number) => new Uint8Array(randomBytes(length));
    const log = new Sequencer({ store, files, key, entriesPerBatch: 2, cadenceMilliseconds: 1, random });
    await log.recover();
    const entries = [packCommitment(salt, manifest), toBase64url(randomBytes(32))].map((commitment) =>
      encodeEntry({ v: 1, kind: 'commitment', commitment }),
    );
    for (const entry of entries) store.submit(entry);
    await log.append(1_000);
    await log.publish(await log.sign());
    const checkpoint = files.files.get('checkpoint')!;
    expect(parseCheckpoint(parseNote(checkpoint).text).size).toBe(2);
    const leaves = entries.map(leafHash);
    // A batch is in no order: our entry stands at one of two places, and the other one is its sibling.
    const at = (sibling: number) => (index: number) =>
      new TextDecoder().decode(formatProof({ index, hashes: [leaves[sibling]!], checkpoint }));
    proofs = [0, 1].map(at(1));
    others = [0, 1].map(at(0));
    const witnesses = { quorum: 0, list: [] };
    policy = { log: { verifierKey: formatVerifierKey(key) }, witnesses } as unknown as TrustPolicy;
  });
  const fileWith = (proof: string | null) => utf8(sealPage(page, { manifest, salt, proof }));

  it('is shown by its proof under the policy', () => {
    const place = proofs.findIndex((proof) => verifyEvidence(fileWith(proof), policy).log);
    expect(verifyEvidence(fileWith(proofs[place]!), policy)).toMatchObject({ faults: [], log: { seen: [] } });
  });
  it('is not shown by the proof of another entry', () => {
    const held = (proof: string) => verifyEvidence(fileWith(proof), policy).faults.length === 0;
    expect(proofs.filter(held)).toHaveLength(1);
    expect(others.filter(held)).toEqual([]);
  });
  it('is not shown under another salt', () => {
    const other = utf8(sealPage(page, { manifest, salt: toBase64url(randomBytes(32)), proof: proofs[0]! }));
    expect(faultsOf(other, policy)).toHaveLength(1);
  });
  it('is not claimed where there is no policy, or no proof', () => {
    expect(verifyEvidence(fileWith(proofs[0]!), undefined)).toMatchObject({ unchecked: true, log: null });
    expect(verifyEvidence(fileWith(null), policy)).toMatchObject({ faults: [], log: null, unchecked: false });
  });
  it('control: a file that somebody made again with other words holds by itself, and not against the log', () => {
    const forged = renderPack({ ...record, statement: 'Other words.' }, [], manifest.made);
    const seal = { manifest: forged.manifest, salt, proof: proofs[0]! };
    expect(sealCheck(seal)).toBeDefined();
    const made = utf8(sealPage(forged.page, seal));
    expect(faultsOf(made)).toEqual([]);
    expect(faultsOf(made, policy)).not.toEqual([]);
  });
});
