/** A personal data server as the AT Protocol's lexicons have it, as far as the connector uses it. For tests only. */
import { Hono } from 'hono';
import { type FakePlatform, fakePlatform } from './fake-platform.ts';

export const blueskyPassword = 'password-of-the-admin';
export const aliceDid = 'did:plc:aaaaaaaaaaaaaaaaaaaaaaaa';
export const postUri = `at://${aliceDid}/app.bsky.feed.post/3k44`;
export const listUri = `at://${aliceDid}/app.bsky.graph.list/3k55`;

export interface FakeBluesky extends FakePlatform {
  /** subjects that are taken down, with the ref of the takedown */
  taken: Map<string, string>;
  sent: { recipientDid: string; content: string }[];
}

export async function fakeBluesky(): Promise<FakeBluesky> {
  const taken: FakeBluesky['taken'] = new Map();
  const sent: FakeBluesky['sent'] = [];
  const api = new Hono();
  const cid = 'bafyreib2rxk3rw6';
  const bad = (error: string) => ({ error, message: 'no' });

  api.get('/xrpc/com.atproto.admin.getSubjectStatus', (c) => {
    const { did, uri } = c.req.query();
    const key = did ?? uri ?? '';
    const ref = taken.get(key);
    if (key.endsWith('/gone')) return c.json(bad('NotFound'), 400);
    const subject = uri
      ? { $type: 'com.atproto.repo.strongRef', uri, cid }
      : { $type: 'com.atproto.admin.defs#repoRef', did };
    return c.json({ subject, ...(ref === undefined ? {} : { takedown: { applied: true, ref } }) });
  });
  api.post('/xrpc/com.atproto.admin.updateSubjectStatus', async (c) => {
    const { subject, takedown } = await c.req.json();
    const isRecord = subject.$type === 'com.atproto.repo.strongRef';
    if (isRecord && subject.cid !== cid) return c.json(bad('InvalidRequest'), 400);
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
    return c.json({ uri, cid, value });
  });
  api.get('/xrpc/com.atproto.admin.getAccountInfo', (c) =>
    c.json({ did: c.req.query('did'), handle: 'alice.town.example', indexedAt: '2026-01-01T00:00:00.000Z' }),
  );
  api.post('/xrpc/com.atproto.admin.sendEmail', async (c) => {
    const { recipientDid, content, senderDid } = await c.req.json();
    if (!senderDid) return c.json(bad('InvalidRequest'), 400);
    sent.push({ recipientDid, content });
    return c.json({ sent: true });
  });
  api.get('/xrpc/com.atproto.admin.getInviteCodes', (c) => c.json({ codes: [] }));
  const basic = `Basic ${Buffer.from(`admin:${blueskyPassword}`).toString('base64')}`;
  const base = await fakePlatform(api, ({ authorization }) => authorization === basic);
  return Object.assign(base, { taken, sent });
}
