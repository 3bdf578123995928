/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
import { beforeEach, expect, it } from 'vitest';
import { practiceClock } from './clock.ts';
import { silentJournal } from './journal.ts';
import { createMetrics } from './metrics.ts';
import { Form, page } from './page.tsx';
import { createServiceApp, type ServiceApp } from './service.ts';
import { createSignIn, type SignIn } from './sign-in.ts';

let app: ServiceApp;
let signIn: SignIn;
const clock = practiceClock();

beforeEach(() => {
  app = createServiceApp({ name: 'desk', journal: silentJournal, metrics: createMetrics('desk') });
  signIn = createSignIn({ service: 'desk', clock });
  signIn.mount(app);
  app.get('/', signIn.require(), (c) => {
    const { csrf, staff } = signIn.session(c);
    return page(
      c,
      { title: 'Cases', service: 'Desk', practice: true },
      <Form action="/act" csrf={csrf}>
        {staff.name}
      </Form>,
    );
  });
  app.post('/act', signIn.require('moderator'), (c) => c.text('done'));
});

async function signedIn(roles: string[]) {
  const path = signIn.issueLink({ name: '<moderator> A', roles });
  const cookie = (await app.request(path)).headers.get('set-cookie')?.split(';')[0] ?? '';
  const html = await (await app.request('/', { headers: { cookie } })).text();
  const csrf = html.match(/name="csrf" value="([\w-]+)"/)?.[1] ?? '';
  const act = (fields: Record<string, string>) =>
    app.request('/act', { method: 'POST', headers: { cookie }, body: new URLSearchParams(fields) });
  return { path, cookie, html, csrf, act };
}

it('lets staff in by a link that works once', async () => {
  const { path, cookie, html, csrf, act } = await signedIn(['moderator']);
  expect(cookie).toMatch(/^desk-staff=/);
  expect(html).toContain('&lt;moderator&gt; A');
  expect(html.startsWith('<!doctype html>')).toBe(true);
  expect((await act({ csrf })).status).toBe(200);
  expect((await app.request(path)).status).toBe(401);
});

it('refuses a stranger, a wrong role, a form of elsewhere and an old session', async () => {
  expect((await app.request('/')).status).toBe(401);
  const viewer = await signedIn(['viewer']);
  expect((await viewer.act({ csrf: viewer.csrf })).status).toBe(403);
  const moderator = await signedIn(['moderator']);
  expect((await moderator.act({})).status).toBe(403);
  expect((await moderator.act({ csrf: viewer.csrf })).status).toBe(403);
  clock.advance({ hours: 13 });
  expect((await moderator.act({ csrf: moderator.csrf })).status).toBe(401);
});

it('signs out', async () => {
  const { cookie, csrf } = await signedIn(['moderator']);
  const leave = { method: 'POST', headers: { cookie }, body: new URLSearchParams({ csrf }) };
  expect((await app.request('/sign-out', leave)).status).toBe(303);
  expect((await app.request('/', { headers: { cookie } })).status).toBe(401);
});
