/** NodeBB's API as version 4.15.1 answers it when it is run, as far as the connector uses it. For tests only. */
import { type Context, Hono } from 'hono';
import { type FakePlatform, fakePlatform } from './fake-platform.ts';

export const nodebbToken = 'token-of-nodebb';

interface State {
  post: { deleted: boolean };
  topic: { deleted: boolean; locked: boolean };
  category: { disabled: number };
  user: { banned: boolean; muted: boolean };
  /** whose token it is */
  self: { isAdmin: boolean; isGlobalModerator: boolean };
}

export interface FakeNodebb extends FakePlatform {
  state: State;
  /** what stands in the private room */
  said: string[];
  /** whom the sign-in plugin let in, by the word it was told */
  letIn: Map<string, number>;
  flags: {
    flagId: number;
    type: 'post' | 'user';
    targetId: number | string;
    reports: { value: string; timestamp: number }[];
  }[];
}

export async function fakeNodebb(): Promise<FakeNodebb> {
  const state: State = {
    post: { deleted: false },
    topic: { deleted: false, locked: false },
    category: { disabled: 0 },
    user: { banned: false, muted: false },
    self: { isAdmin: true, isGlobalModerator: false },
  };
  const said: string[] = [];
  const flags: FakeNodebb['flags'] = [];
  const letIn: FakeNodebb['letIn'] = new Map();
  const api = new Hono();
  const ok = (c: Context, response: object = {}) =>
    c.json({ status: { code: 'ok', message: 'OK' }, response });
  const words = { 400: 'bad-request', 403: 'forbidden', 404: 'not-found' };
  const no = (c: Context, code: 400 | 403 | 404, message: string) =>
    c.json({ status: { code: words[code], message }, response: {} }, code);
  const acting = (c: Context) => c.req.query('_uid') === '1';
  let roomId = 0;

  api.use('/api/*', (c, next) =>
    acting(c) ? next() : Promise.resolve(no(c, 400, 'A master token was received')),
  );
  api.get('/api/v3/posts/:pid', (c) =>
    c.req.param('pid') === '404'
      ? no(c, 404, 'Post does not exist')
      : ok(c, {
          pid: Number(c.req.param('pid')),
          tid: 3,
          uid: 5,
          content: 'Words & more',
          timestamp: 1763632800000,
          deleted: state.post.deleted ? 1 : 0,
        }),
  );
  api.delete('/api/v3/posts/:pid/state', (c) => {
    if (state.post.deleted) return no(c, 400, 'This post has already been deleted');
    state.post.deleted = true;
    return ok(c);
  });
  api.put('/api/v3/posts/:pid/state', (c) => {
    if (!state.post.deleted) return no(c, 400, 'This post has already been restored');
    state.post.deleted = false;
    return ok(c);
  });
  const topic = () => ({
    tid: 3,
    uid: 5,
    title: 'A topic',
    timestamp: 1763632800000,
    deleted: Number(state.topic.deleted),
    locked: Number(state.topic.locked),
  });
  api.get('/api/v3/topics/:tid', (c) => ok(c, topic()));
  api.get('/api/topic/:tid/:slug?/:index?', (c) =>
    c.json({
      posts: [
        { pid: 11, index: 0 },
        { pid: 12, index: 1 },
      ],
      tid: Number(c.req.param('tid')),
    }),
  );
  for (const [verb, value] of [
    ['delete', true],
    ['put', false],
  ] as const)
    api[verb]('/api/v3/topics/:tid/state', (c) => {
      if (state.topic.deleted === value)
        return no(c, 400, `This topic has already been ${value ? 'deleted' : 'restored'}`);
      state.topic.deleted = value;
      return ok(c);
    });
  for (const [verb, value] of [
    ['put', true],
    ['delete', false],
  ] as const)
    api[verb]('/api/v3/topics/:tid/lock', (c) => {
      state.topic.locked = value;
      return ok(c);
    });
  // It says nothing of a category that is not there, and that with 200.
  api.get('/api/v3/categories/:cid', (c) =>
    ok(
      c,
      c.req.param('cid') === '404' ? {} : { cid: 4, name: 'Talk', description: 'About', ...state.category },
    ),
  );
  api.put('/api/v3/categories/:cid', async (c) => {
    if (c.req.param('cid') === '404') return ok(c);
    state.category.disabled = (await c.req.json()).disabled;
    return ok(c);
  });
  api.use('/api/v3/users/404/*', async (c) => no(c, 404, 'User does not exist'));
  api.get('/api/v3/users/:uid', (c) =>
    ok(c, {
      uid: Number(c.req.param('uid')),
      username: 'eve',
      joindate: 1763632800000,
      ...state.user,
    }),
  );
  api.put('/api/v3/users/:uid/ban', (c) => {
    if (c.req.param('uid') === '1') return no(c, 400, "You can't ban other admins!");
    state.user.banned = true;
    return ok(c);
  });
  api.delete('/api/v3/users/:uid/ban', (c) => {
    state.user.banned = false;
    return ok(c);
  });
  for (const [verb, value] of [
    ['put', true],
    ['delete', false],
  ] as const)
    api[verb]('/api/v3/users/:uid/mute', (c) => {
      state.user.muted = value;
      return ok(c);
    });
  api.get('/api/user/:by/:word', (c) => {
    const known = { email: 'eve@mail.example', username: 'eve' } as Record<string, string>;
    const { by, word } = c.req.param();
    const page = { path: `/user/${by}/${word}`, title: '[[global:404.title]]' };
    return known[by] === word ? c.json({ uid: 5, username: 'eve' }) : c.json(page, 404);
  });
  api.get('/api/v3/plugins/oauth2-multiple/provider/:provider/user/:word', (c) => {
    if (!state.self.isAdmin) return no(c, 403, 'You are not authorised to make this call');
    const uid = letIn.get(c.req.param('word'));
    return uid === undefined ? no(c, 404, 'Invalid API call') : ok(c, { userData: { uid, username: 'eve' } });
  });
  api.get('/api/v3/users/:uid/chat', (c) => ok(c, { roomId: roomId || null }));
  api.post('/api/v3/chats', async (c) => {
    if (!Array.isArray((await c.req.json()).uids)) return no(c, 400, 'Wrong parameter type');
    roomId = 8;
    return ok(c, { roomId });
  });
  api.get('/api/v3/chats/:roomId', (c) => ok(c, { messages: said.map(asHtml) }));
  api.post('/api/v3/chats/:roomId', async (c) => {
    const { message } = await c.req.json();
    if (message.length > 1000) return no(c, 400, 'Chat messages can not be longer than 1000 characters.');
    said.push(message);
    return ok(c);
  });
  api.get('/api/self', (c) => c.json({ username: 'desk', ...state.self }));
  api.get('/api/flags', (c) => {
    const page = [...flags].reverse().slice(0, Number(c.req.query('perPage') ?? 20));
    return c.json({
      flags: page.map(({ reports, ...flag }) => ({
        ...flag,
        targetId: String(flag.targetId),
        state: 'open',
      })),
    });
  });
  api.get('/api/v3/flags/:id', (c) => {
    const found = flags.find((one) => String(one.flagId) === c.req.param('id'));
    return found ? ok(c, found) : no(c, 404, 'Flag does not exist');
  });
  const base = await fakePlatform(api, ({ authorization }) => authorization === `Bearer ${nodebbToken}`);
  return Object.assign(base, { state, said, flags, letIn });
}

/** Messages come back as its Markdown made them. */
const asHtml = (message: string) => ({
  content: `<p dir="auto">${message.replaceAll(/(?<!\w)_(\w+)_(?!\w)/g, '<em>$1</em>')}</p>\n`,
});
