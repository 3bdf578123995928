/** A personal data server as the AT Protocol's lexicons have it, as far as the connector uses it. For tests only. */
import { randomInt } from 'node:crypto';
import { Hono } from 'hono';
import { type FakePlatform, fakePlatform } from './fake-platform.ts';

export const blueskyPassword = 'password-of-the-admin';
export const aliceDid = 'did:plc:aaaaaaaaaaaaaaaaaaaaaaaa';
export const postUri = `at://${aliceDid}/app.bsky.feed.post/3k44`;
/** an account of another server, and a post of it, which this server shows from its app view */
export const farDid = 'did:plc:ffffffffffffffffffffffff';
export const farPostUri = `at://${farDid}/app.bsky.feed.post/3k66`;
export const listUri = `at://${aliceDid}/app.bsky.graph.list/3k55`;

export interface FakeBluesky extends FakePlatform {
  /** subjects that are taken down, with the ref of the takedown */
  taken: Map<string, string>;
  sent: { recipientDid: string; content: string }[];
  /** codes as the server keeps them */
  codes: FakeCode[];
  /** accounts in the order in which they came, with the code they came with */
  accounts: { did: string; code: string | undefined }[];
  /** Makes an account as somebody with an app does; `did` moves one here. Undefined if the code is not taken. */
  signUp(code: string | undefined, did?: string): string | undefined;
  /** what its clock says */
  now: () => Date;
  /** which version of a record is the newest; changes when it is edited */
  cid: string;
}

export interface FakeCode {
  code: string;
  forAccount: string;
  disabled: boolean;
  uses: { usedBy: string; usedAt: string }[];
}

export async function fakeBluesky(): Promise<FakeBluesky> {
  const taken: FakeBluesky['taken'] = new Map();
  const sent: FakeBluesky['sent'] = [];
  const api = new Hono();
  const bad = (error: string) => ({ error, message: 'no' });

  api.get('/xrpc/com.atproto.admin.getSubjectStatus', (c) => {
    const { did, uri } = c.req.query();
    const key = did ?? uri ?? '';
    const ref = taken.get(key);
    if (key.endsWith('/gone') || key.includes(farDid)) return c.json(bad('NotFound'), 400);
    const subject = uri
      ? { $type: 'com.atproto.repo.strongRef', uri, cid: fake.cid }
      : { $type: 'com.atproto.admin.defs#repoRef', did };
    return c.json({ subject, ...(ref === undefined ? {} : { takedown: { applied: true, ref } }) });
  });
  api.post('/xrpc/com.atproto.admin.updateSubjectStatus', async (c) => {
    const { subject, takedown } = await c.req.json();
    const isRecord = subject.$type === 'com.atproto.repo.strongRef';
    if (isRecord && subject.cid !== fake.cid) return c.json(bad('InvalidRequest'), 400);
    const key = isRecord ? subject.uri : subject.did;
    if (takedown.applied) taken.set(key, takedown.ref);
    else taken.delete(key);
    return c.json({ subject, takedown });
  });
  api.get('/xrpc/com.atproto.repo.getRecord', (c) => {
    const { repo, collection, rkey } = c.req.query();
    const uri = `at://${repo}/${collection}/${rkey}`;
    if (taken.has(uri) || rkey === 'gone') return c.json(bad('RecordNotFound'), 400);
    const value =
      collection === 'app.bsky.feed.post'
        ? { text: 'Words & more', langs: ['en'], createdAt: '2026-11-20T10:00:00.000Z' }
        : { name: 'A list', description: 'About it', createdAt: '2026-11-20T10:00:00.000Z' };
    return c.json({ uri, cid: fake.cid, value });
  });
  const codes: FakeCode[] = [];
  const accounts: FakeBluesky['accounts'] = [];
  const drawDid = () => {
    const letters = 'abcdefghijklmnopqrstuvwxyz234567';
    return `did:plc:${Array.from({ length: 24 }, () => letters[randomInt(letters.length)]).join('')}`;
  };
  const signUp = (given: string | undefined, did = drawDid()): string | undefined => {
    const code = codes.find((one) => one.code === given);
    if (given !== undefined && (!code || code.disabled || code.uses.length > 0)) return undefined;
    code?.uses.push({ usedBy: did, usedAt: fake.now().toISOString() });
    accounts.push({ did, code: given });
    return did;
  };
  api.post('/xrpc/com.atproto.server.createInviteCode', async (c) => {
    const { useCount, forAccount } = await c.req.json();
    if (useCount !== 1 || !/^did:[a-z]+:[\w.:%-]+$/.test(forAccount))
      return c.json(bad('InvalidRequest'), 400);
    const code = `town-example-${randomInt(1e9)}`;
    codes.push({ code, forAccount, disabled: false, uses: [] });
    return c.json({ code });
  });
  api.post('/xrpc/com.atproto.admin.disableInviteCodes', async (c) => {
    const ended = await c.req.json();
    for (const one of codes)
      if (ended.codes.includes(one.code) || ended.accounts.includes(one.forAccount)) one.disabled = true;
    return c.body(null, 200);
  });
  api.get('/xrpc/com.atproto.sync.listRepos', (c) => {
    const [from, limit] = [Number(c.req.query('cursor') ?? 0), Number(c.req.query('limit'))];
    const repos = accounts
      .slice(from, from + limit)
      .map(({ did }) => ({ did, head: fake.cid, rev: '3k', active: true }));
    // As the real one: a cursor wherever there was anything, also on the last page.
    return c.json({ repos, ...(repos.length > 0 ? { cursor: String(from + repos.length) } : {}) });
  });
  api.get('/xrpc/com.atproto.admin.getAccountInfo', (c) => {
    const did = c.req.query('did');
    if (did === farDid) return c.json(bad('NotFound'), 400);
    const account = accounts.find((one) => one.did === did);
    const code = codes.find((one) => one.code === account?.code);
    const invitedBy = code && {
      ...code,
      available: 1,
      createdBy: 'admin',
      createdAt: '2026-01-01T00:00:00.000Z',
    };
    const info = { did, handle: 'alice.town.example', indexedAt: '2026-01-01T00:00:00.000Z' };
    return c.json({ ...info, ...(invitedBy ? { invitedBy } : {}) });
  });
  api.post('/xrpc/com.atproto.admin.sendEmail', async (c) => {
    const { recipientDid, content, senderDid } = await c.req.json();
    if (!senderDid) return c.json(bad('InvalidRequest'), 400);
    sent.push({ recipientDid, content });
    return c.json({ sent: true });
  });
  api.get('/xrpc/com.atproto.admin.getInviteCodes', (c) => c.json({ codes: [] }));
  const basic = `Basic ${Buffer.from(`admin:${blueskyPassword}`).toString('base64')}`;
  const base = await fakePlatform(api, ({ authorization }) => authorization === basic);
  const cid = 'bafyreib2rxk3rw6';
  const fake: FakeBluesky = Object.assign(base, {
    taken,
    sent,
    codes,
    accounts,
    signUp,
    cid,
    now: () => new Date(),
  });
  return fake;
}
