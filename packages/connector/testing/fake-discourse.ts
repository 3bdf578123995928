/** Discourse's API as its documentation has it, as far as the connector uses it. For tests only. */
import { Hono } from 'hono';
import { type FakePlatform, fakePlatform } from './fake-platform.ts';

export const discourseKey = 'key-of-discourse';
/** what Discourse keeps of the account of eve, who signs in through a gateway */
export const externalId = 'e'.repeat(52);
export const everyoneReads = [
  { permission_type: 1, group_name: 'everyone' },
  { permission_type: 2, group_name: 'friends' },
];

interface State {
  post: { deleted_at: string | null; notice: { raw: string } | null };
  topic: { deleted_at: string | null; slow_mode_seconds: number };
  permissions: { permission_type: number; group_name: string }[];
  user: { suspended_till: string | null; silenced_till: string | null };
  /** by way of sign-in, what each called the account */
  externalIds: Record<string, unknown> | undefined;
}
export interface FakeDiscourse extends FakePlatform {
  state: State;
  sent: Map<string, { raw: string; target_recipients: string }>;
}

export async function fakeDiscourse(): Promise<FakeDiscourse> {
  const state: State = {
    post: { deleted_at: null, notice: null },
    topic: { deleted_at: null, slow_mode_seconds: 0 },
    permissions: everyoneReads,
    user: { suspended_till: null, silenced_till: null },
    externalIds: {},
  };
  const sent: FakeDiscourse['sent'] = new Map();
  const api = new Hono();
  const at = '2026-11-20T10:00:00.000Z';
  const missing = { errors: ['The requested URL or resource could not be found.'], error_type: 'not_found' };
  const post = (id: number) => ({
    id,
    username: 'eve',
    user_id: 5,
    topic_id: 3,
    post_number: id,
    created_at: at,
    raw: 'Words & more',
    cooked: '<p>Words</p>',
    ...state.post,
  });
  const id = (text: string | undefined) => Number((text ?? '').replace('.json', ''));

  api.get('/posts/by_number/:tid/:n', (c) => c.json(post(10 + id(c.req.param('n')))));
  api.get('/posts/:id', (c) =>
    id(c.req.param('id')) === 404 ? c.json(missing, 404) : c.json(post(id(c.req.param('id')))),
  );
  api.delete('/posts/:id', (c) => {
    state.post.deleted_at = at;
    return c.body('');
  });
  api.put('/posts/:id/recover.json', (c) => {
    state.post.deleted_at = null;
    return c.json(post(id(c.req.param('id'))));
  });
  api.put('/posts/:id/notice.json', async (c) => {
    state.post.notice = { raw: (await c.req.json()).notice };
    return c.json({ success: 'OK' });
  });
  api.get('/t/external_id/:id', (c) => {
    const known = sent.has(c.req.param('id').replace('.json', ''));
    return known ? c.redirect('/t/from-the-moderators/90.json', 301) : c.json(missing, 404);
  });
  api.get('/t/:id', (c) =>
    c.json({
      id: id(c.req.param('id')),
      title: 'A topic',
      created_at: at,
      ...state.topic,
      post_stream: { posts: [post(11), post(12)] },
    }),
  );
  api.delete('/t/:id', (c) => {
    state.topic.deleted_at = at;
    return c.json({ success: 'OK' });
  });
  api.put('/t/:id/recover.json', (c) => {
    state.topic.deleted_at = null;
    return c.json({ success: 'OK' });
  });
  api.put('/t/:id/slow_mode.json', async (c) => {
    state.topic.slow_mode_seconds = (await c.req.json()).seconds;
    return c.json({ success: 'OK' });
  });
  api.get('/c/:id/show.json', (c) =>
    c.json({
      category: {
        id: 4,
        name: 'Talk',
        color: '0088CC',
        text_color: 'FFFFFF',
        group_permissions: state.permissions,
      },
    }),
  );
  api.put('/categories/:id', async (c) => {
    const { name, color, permissions } = await c.req.json();
    if (!name || !color) return c.json({ errors: ['param is missing'] }, 400);
    state.permissions = Object.entries(permissions as Record<string, number>).map(
      ([group_name, permission_type]) => ({
        permission_type,
        group_name,
      }),
    );
    return c.json({ success: 'OK' });
  });
  api.get('/admin/users/:id', (c) =>
    c.json({
      id: id(c.req.param('id')),
      username: 'eve',
      created_at: at,
      ...state.user,
      external_ids: state.externalIds,
    }),
  );
  api.put('/admin/users/:id/suspend.json', async (c) => {
    const { suspend_until, reason } = await c.req.json();
    if (!suspend_until || reason === undefined) return c.json({ errors: ['param is missing'] }, 400);
    state.user.suspended_till = `${suspend_until}T00:00:00.000Z`;
    return c.json({ suspension: {} });
  });
  for (const [verb, till] of [
    ['silence', true],
    ['unsilence', false],
  ] as const)
    api.put(`/admin/users/:id/${verb}.json`, async (c) => {
      state.user.silenced_till = till ? `${(await c.req.json()).silenced_till}T00:00:00.000Z` : null;
      return c.json({});
    });
  api.get('/u/by-external/:sub/oidc.json', (c) =>
    c.req.param('sub') === externalId ? c.json({ user: { id: 5, username: 'eve' } }) : c.json(missing, 404),
  );
  api.put('/admin/users/:id/unsuspend.json', (c) => {
    state.user.suspended_till = null;
    return c.json({ suspension: {} });
  });
  api.get('/u/:name', (c) =>
    c.req.param('name') === 'eve.json' ? c.json({ user: { id: 5, username: 'eve' } }) : c.json(missing, 404),
  );
  api.post('/posts.json', async (c) => {
    const { raw, target_recipients, archetype, external_id } = await c.req.json();
    if (archetype !== 'private_message' || sent.has(external_id)) return c.json({ errors: ['taken'] }, 422);
    sent.set(external_id, { raw, target_recipients });
    return c.json({ id: 90, topic_id: 90 });
  });
  api.get('/session/current.json', (c) =>
    c.json({ current_user: { id: 1, username: 'desk', admin: false, moderator: true } }),
  );
  const base = await fakePlatform(
    api,
    (headers) => headers['api-key'] === discourseKey && headers['api-username'] === 'desk',
  );
  return Object.assign(base, { state, sent });
}
