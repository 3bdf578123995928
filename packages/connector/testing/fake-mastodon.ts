/** Mastodon's API as its documentation has it, as far as the connector uses it. For tests only. */
import { Hono } from 'hono';
import { type FakePlatform, fakePlatform } from './fake-platform.ts';

export const mastodonToken = 'token-of-mastodon';

interface FakeAccount {
  id: string;
  acct: string;
  domain: string | null;
  suspended: boolean;
  silenced: boolean;
  disabled: boolean | null;
  email?: string;
}

export interface FakeMastodon extends FakePlatform {
  accounts: Map<string, FakeAccount>;
  /** messages that were sent, once each */
  sent: { status: string; visibility: string }[];
  /** warnings by e-mail */
  mails: string[];
  permissions: string;
}

export const statusOf = (id: string, account: { id: string; acct: string }) => ({
  id,
  created_at: '2026-11-20T10:00:00.000Z',
  language: 'en',
  spoiler_text: '',
  content: `<p>Words of ${id} &amp; more.<br>Next line</p>`,
  url: `https://town.example/@${account.acct}/${id}`,
  account: publicAccount(account),
});

const publicAccount = ({ id, acct }: { id: string; acct: string }) => ({
  id,
  acct,
  display_name: `Name of ${acct}`,
  note: '<p>About me</p>',
  url: `https://town.example/@${acct}`,
  created_at: '2025-01-01T00:00:00.000Z',
});

export async function fakeMastodon(): Promise<FakeMastodon> {
  const accounts = new Map<string, FakeAccount>();
  for (const [id, acct, domain] of [
    ['1', 'alice', null],
    ['2', 'bob@city.example', 'city.example'],
  ] as const)
    accounts.set(id, {
      id,
      acct,
      domain,
      suspended: false,
      silenced: false,
      disabled: domain ? null : false,
    });
  const sent: FakeMastodon['sent'] = [];
  const keys = new Set<string>();
  const mails: string[] = [];
  const api = new Hono();
  const shown = (one: FakeAccount) => ({ ...one, account: publicAccount(one) });
  const isSought =
    ({ local, username, email }: Record<string, string>) =>
    (one: FakeAccount) =>
      (!local || one.domain === null) &&
      (!username || one.acct.startsWith(username)) &&
      (!email || one.email === email);
  const missing = { error: 'Record not found' };

  api.get('/api/v1/admin/accounts', (c) =>
    rights()
      ? c.json([...accounts.values()].filter(isSought(c.req.query())).map(shown))
      : c.json({ error: 'This action is not allowed' }, 403),
  );
  api.get('/api/v1/admin/accounts/:id', (c) => {
    const one = accounts.get(c.req.param('id'));
    return one ? c.json(shown(one)) : c.json(missing, 404);
  });
  api.post('/api/v1/admin/accounts/:id/action', async (c) => {
    const one = accounts.get(c.req.param('id'));
    const { type, text, send_email_notification: mail } = await c.req.json();
    if (!one) return c.json(missing, 404);
    if (type === 'disable' && one.domain === null) one.disabled = true;
    else if (type === 'silence') one.silenced = true;
    else if (type === 'suspend') one.suspended = true;
    else if (type === 'none' && mail) mails.push(text);
    else return c.json({ error: 'Record invalid' }, 422);
    return c.json({});
  });
  for (const [verb, field] of [
    ['enable', 'disabled'],
    ['unsilence', 'silenced'],
    ['unsuspend', 'suspended'],
  ] as const)
    api.post(`/api/v1/admin/accounts/:id/${verb}`, (c) => {
      const one = accounts.get(c.req.param('id'));
      if (!one) return c.json(missing, 404);
      one[field] = false;
      return c.json(shown(one));
    });
  api.get('/api/v1/statuses/:id', (c) => {
    const author = accounts.get('1')!;
    return c.req.param('id') === '404' ? c.json(missing, 404) : c.json(statusOf(c.req.param('id'), author));
  });
  api.get('/api/v1/accounts/lookup', (c) => {
    const one = [...accounts.values()].find(({ acct }) => acct === c.req.query('acct'));
    return one ? c.json(publicAccount(one)) : c.json(missing, 404);
  });
  api.get('/api/v1/accounts/verify_credentials', (c) =>
    c.json({ ...publicAccount({ id: '9', acct: 'desk' }), role: { permissions: fake.permissions } }),
  );
  api.get('/api/v1/accounts/:id/statuses', (c) =>
    c.json(['11', '12'].map((id) => statusOf(id, accounts.get(c.req.param('id'))!))),
  );
  api.post('/api/v1/statuses', async (c) => {
    const key = c.req.header('idempotency-key') ?? 'none';
    const { status, visibility } = await c.req.json();
    if (!keys.has(key)) sent.push({ status, visibility });
    keys.add(key);
    return c.json({ id: '77' });
  });

  const base = await fakePlatform(api, ({ authorization }) => authorization === `Bearer ${mastodonToken}`);
  const fake: FakeMastodon = Object.assign(base, {
    accounts,
    sent,
    mails,
    permissions: '1040',
  });
  const rights = () => (BigInt(fake.permissions) & 0x401n) !== 0n;
  return fake;
}
