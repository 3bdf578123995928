import { randomBytes } from 'node:crypto';
import { browser } from '@answerable/gateway/testing/browser';
import { withConnection } from '@answerable/kit/database';
import { signInHeadless } from '@answerable/practice-identity-provider/headless';
import { pageRecord } from '@answerable/protocol/report/connector';
import { itemSnapshot } from '@answerable/protocol/report/report';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { start } from './start.ts';
import { type Forum, startForum } from './testing/scene.ts';

let forum: Forum;
beforeAll(async () => {
  forum = await startForum();
});
afterAll(() => forum?.close());
beforeEach(() => forum.set({ rule: 'answerable', forUk: false, geography: 'GB' }));

const id = () => randomBytes(16).toString('base64url');
const anybody = () => forum.gateway.network.enrol();
const subs = async () =>
  (await withConnection(forum.gateway.databaseUrl, (run) => run('select sub, handle from account'))) as {
    sub: string;
    handle: string;
  }[];
const subOf = async (handle: string) => (await subs()).find((row) => row.handle === handle)!.sub;
const act = (kind: string, target: string) =>
  forum.connector('/moderation/acts', { act: id(), kind, target, notice: 'Hidden by the moderators.' });

describe('answerable', () => {
  it('takes in a person through the gateway, who posts, leaves and comes back to the same account', async () => {
    const person = anybody();
    const first = await forum.comeThroughGateway(person, { handle: 'heron' });
    expect(first.body).toMatchObject({ handle: 'heron', answerable: true, realName: null });
    const posted = await forum.call(first.browser, '/threads', { title: 'Hello', text: 'A first post.' });
    expect(posted.status).toBe(201);
    expect((await forum.call(first.browser, '/sign-out', {})).status).toBe(200);
    expect((await forum.call(first.browser, '/threads', { title: 'x', text: 'y' })).body.code).toBe(
      'unauthorised',
    );
    const again = await forum.comeThroughGateway(person, { known: true });
    expect(again.body.id).toBe(first.body.id);
    const { body } = await forum.call(browser(), '/');
    expect(body.threads).toContainEqual(
      expect.objectContaining({
        title: 'Hello',
        author: { handle: 'heron', answerable: true, realName: null },
      }),
    );
  });

  it('does not take in a handle with an e-mail, nor a legal name', async () => {
    expect((await forum.comeOpenly('anyone')).body).toMatchObject({
      code: 'forbidden',
      pointer: 'rule: answerable',
    });
    expect((await comeByName('newcomer')).body).toMatchObject({ code: 'forbidden' });
  });

  it('lets a person have three accounts, each with its own handle, from one browser or several', async () => {
    const person = anybody();
    const three = await Promise.all([1, 2, 3].map((slot) => forum.comeThroughGateway(person, { slot })));
    expect(new Set(three.map(({ body }) => body.id)).size).toBe(3);
    expect((await forum.comeThroughGateway(person, { slot: 4 })).body.code).toBe('accounts_exhausted');
  });

  it('ends the sessions here when the gateway says so, and keeps others', async () => {
    const [barred, other] = [
      await forum.comeThroughGateway(anybody(), { handle: 'crow' }),
      await forum.comeThroughGateway(anybody()),
    ];
    const bar = {
      sanction: id(),
      caseId: id(),
      sub: await subOf('crow'),
      holds: 'person',
      step: 'bar',
      until: '2099-01-01',
    };
    expect((await forum.gateway.desk('sanctions', bar)).status).toBe(200);
    expect((await forum.call(barred.browser, '/me')).status).toBe(401);
    expect((await forum.call(other.browser, '/me')).status).toBe(200);
  });

  it('refuses a logout token that nobody signed', async () => {
    const response = await fetch(`${forum.config.origin}/backchannel-logout`, {
      method: 'POST',
      body: new URLSearchParams({ logout_token: 'e30.e30.e30' }),
    });
    expect(response.status).toBe(403);
  });

  it('asks a moderator about an account that comes after a reset', async () => {
    const late = await forum.comeThroughGateway(forum.gateway.network.enrol({ reset_recent: 'yes' }), {
      handle: 'late',
    });
    expect(late.body.awaitsModerator).toBe(true);
    expect((await forum.call(late.browser, '/threads', { title: 'x', text: 'y' })).body.code).toBe(
      'forbidden',
    );
    await forum.connector('/admin/approvals', { handle: 'late' });
    expect((await forum.call(late.browser, '/threads', { title: 'x', text: 'y' })).status).toBe(201);
  });

  it('refuses a return that this browser did not begin', async () => {
    const stray = await browser().fetch(`${forum.config.origin}/callback?code=x&state=y`, {
      headers: { accept: 'application/json' },
    });
    expect(await stray.json()).toMatchObject({ code: 'session_unknown' });
  });
});

async function comeByName(person: string) {
  const visitor = browser();
  const begun = await visitor.fetch(`${forum.config.origin}/sign-in/identity`);
  const back = await signInHeadless({ authorizationUrl: begun.headers.get('location')!, person });
  const response = await visitor.fetch(back, { headers: { accept: 'application/json' } });
  return { status: response.status, body: await response.json(), browser: visitor };
}

describe('the ban', () => {
  it('takes a legal name, keeps it, and shows it beside every word', async () => {
    await forum.set({ rule: 'ban' });
    const { body, browser: visitor } = await comeByName('hounded');
    expect(body).toMatchObject({ realName: 'Priya Marlowe', answerable: false });
    await forum.call(visitor, '/threads', { title: 'By name', text: 'Everybody sees who I am.' });
    const html = await (await browser().fetch(forum.config.origin)).text();
    expect(html).toContain('real name: Priya Marlowe');
    const rows = await withConnection(forum.databaseUrl, (run) =>
      run(`select legal_name, birth_date::text from account where legal_name is not null`),
    );
    expect(rows).toContainEqual({ legal_name: 'Priya Marlowe', birth_date: '1989-04-12' });
    expect(forum.journal.join('')).not.toContain('Marlowe');
    expect((await comeByName('hounded')).body.id).toBe(body.id);
  });

  it('takes nobody else in', async () => {
    await forum.set({ rule: 'ban' });
    expect((await forum.comeOpenly('somebody')).body.code).toBe('forbidden');
    expect((await forum.comeThroughGateway(anybody())).body.code).toBe('forbidden');
  });
});

describe('no rule', () => {
  it('a handle and any e-mail are enough; an account comes back with them', async () => {
    await forum.set({ rule: 'no-rule' });
    expect((await forum.comeOpenly('anything')).status).toBe(201);
    expect((await forum.comeOpenly('anything')).body.code).toBe('handle_taken');
    const back = await forum.call(browser(), '/sign-in', {
      handle: 'anything',
      email: 'anything@mail.example',
    });
    expect(back.body.handle).toBe('anything');
    const wrong = await forum.call(browser(), '/sign-in', {
      handle: 'anything',
      email: 'other@mail.example',
    });
    expect(wrong.body.code).toBe('account_unknown');
  });
});

describe('for people in the UK', () => {
  it('is decided by credential, then address, then the person’s own word', async () => {
    await forum.set({ forUk: true, geography: null });
    const how = (query: string) => forum.call(browser(), `/join${query}`);
    expect((await how('')).body).toMatchObject({ bound: null, because: 'unknown', ways: [] });
    expect((await how('?told=elsewhere')).body).toMatchObject({
      bound: false,
      because: 'told',
      ways: ['gateway', 'open'],
    });
    expect((await how('?told=elsewhere&country=GB')).body).toMatchObject({
      bound: true,
      because: 'geography',
      ways: ['gateway'],
    });
    expect((await forum.comeOpenly('paris', '?country=FR')).status).toBe(201);
    expect((await forum.comeOpenly('leeds', '?country=GB')).body.code).toBe('forbidden');
    expect((await forum.comeOpenly('nowhere')).body).toMatchObject({
      code: 'malformed',
      pointer: 'told: uk or elsewhere',
    });
    expect((await forum.comeOpenly('abroad', '?told=elsewhere')).status).toBe(201);
  });

  it('believes the credential before the address: under the ban, who lives elsewhere comes in without a name', async () => {
    await forum.set({ rule: 'ban', forUk: true, geography: 'GB' });
    const [here, elsewhere] = [anybody(), forum.gateway.network.enrol({ residence: 'elsewhere' })];
    expect((await forum.comeThroughGateway(here)).body.code).toBe('forbidden');
    expect((await forum.comeThroughGateway(elsewhere)).body.answerable).toBe(true);
  });
});

describe('who may reply', () => {
  it('is the author’s choice: only answerable accounts', async () => {
    await forum.set({ rule: 'no-rule' });
    const target = await forum.comeThroughGateway(anybody(), { handle: 'target' });
    const [open, held] = [await forum.comeOpenly('throwaway'), await forum.comeThroughGateway(anybody())];
    const { body } = await forum.call(target.browser, '/threads', { title: 'Mine', text: 'Here.' });
    const reply = (from: typeof open) =>
      forum.call(from.browser, `/posts/${body.id}/replies`, { text: 'You!' });
    expect((await reply(open)).status).toBe(201);
    await forum.call(target.browser, '/me', { replyRule: 'answerable' });
    expect((await reply(open)).body).toMatchObject({ code: 'forbidden' });
    expect((await reply(held)).status).toBe(201);
    const { replies } = (await forum.call(browser(), `/posts/${body.id}`)).body;
    expect(replies).toHaveLength(2);
  });
});

describe('the safety desk', () => {
  it('gets a report with what stands there, and the author’s sub where there is one', async () => {
    await forum.set({ rule: 'no-rule' });
    const [target, hounding, unchecked] = [
      await forum.comeThroughGateway(anybody(), { handle: 'finch' }),
      await forum.comeThroughGateway(anybody(), { handle: 'hawk' }),
      await forum.comeOpenly('kite'),
    ];
    const thread = await forum.call(target.browser, '/threads', { title: 'T', text: 'Mine.' });
    for (const from of [hounding, unchecked])
      await forum.call(from.browser, `/posts/${thread.body.id}/replies`, { text: 'Go away.' });
    const told = await forum.call(target.browser, '/report', {
      repliesTo: thread.body.id,
      reasons: ['abuse', 'pile-on'],
      capacity: 'subject',
      statement: 'It does not stop.',
    });
    expect(told.body.receipt).toMatch(/^[\w-]{22}$/);
    const { items } = forum.reports.at(-1)!;
    expect(items.map(({ author, text }) => [author, text])).toEqual([
      [await subOf('hawk'), 'Go away.'],
      [null, 'Go away.'],
    ]);
  });

  it('hides and shows again, holds and shuts a page and opens it again, shows help', async () => {
    const owner = await forum.comeThroughGateway(anybody());
    const made = await forum.call(owner.browser, '/pages', { title: 'A page', about: 'About.' });
    const post = await forum.call(owner.browser, `/pages/${made.body.id}/posts`, { text: 'On it.' });
    const page = () => forum.call(browser(), `/pages/${made.body.id}`);

    await act('hide-item', post.body.locator);
    expect((await page()).body.posts[0]).toMatchObject({ text: null, hidden: 'Hidden by the moderators.' });
    await act('restore-item', post.body.locator);
    await act('show-help', post.body.locator);
    expect((await page()).body.posts[0]).toMatchObject({ text: 'On it.', help: 'Hidden by the moderators.' });

    await act('hold-page', made.body.locator);
    expect((await page()).body).toMatchObject({ page: { state: 'held', title: null }, posts: [] });
    await act('shut-page', made.body.locator);
    expect((await page()).body.page.state).toBe('shut');
    const record = await forum.connector(`/moderation/pages/${made.body.id}/record`);
    expect(pageRecord.parse(record.body)).toMatchObject({
      posts: [{ text: 'On it.' }],
      warnings: [expect.anything()],
    });
    await act('restore-page', made.body.locator);
    expect((await page()).body).toMatchObject({
      page: { state: 'open', title: 'A page' },
      posts: [expect.anything()],
    });
  });

  it('suspends an account by its sub at once, and restores it; one act counts once', async () => {
    const held = await forum.comeThroughGateway(anybody(), { handle: 'magpie' });
    const target = `account/${await subOf('magpie')}`;
    const suspend = { act: id(), kind: 'suspend-account', target, notice: 'Suspended.' };
    expect((await forum.connector('/moderation/acts', suspend)).body).toEqual({ done: true, could: '' });
    expect((await forum.call(held.browser, '/me')).status).toBe(401);
    await act('restore-account', target);
    await forum.connector('/moderation/acts', suspend);
    const item = await forum.connector(`/moderation/items/${target}`);
    expect(itemSnapshot.parse(item.body).text).toContain('magpie');
    expect((await act('hide-item', 'post/none')).body.done).toBe(false);
  });

  it('slows replies and opens them; keeps an account as a memorial and ends it', async () => {
    const owner = await forum.comeThroughGateway(anybody(), { handle: 'oriole' });
    const guest = await forum.comeThroughGateway(anybody(), { handle: 'pipit' });
    const thread = await forum.call(owner.browser, '/threads', { title: 'Rain', text: 'It rains.' });
    expect(thread.body).toMatchObject({ id: expect.any(String) });
    const reply = () => forum.call(guest.browser, `/posts/${thread.body.id}/replies`, { text: 'Here too.' });
    await act('slow-replies', thread.body.locator);
    expect([(await reply()).status, (await reply()).body.code]).toEqual([201, 'too_many_requests']);
    const shown = await forum.call(browser(), `/posts/${thread.body.id}`);
    expect(shown.body.post.slow).toBe('Hidden by the moderators.');
    await act('restore-replies', thread.body.locator);
    expect((await reply()).status).toBe(201);

    const account = `account/${await subOf('oriole')}`;
    expect((await act('keep-as-memorial', account)).body.done).toBe(true);
    expect((await reply()).body.code).toBe('forbidden');
    expect((await forum.call(owner.browser, '/threads', { title: 'I', text: 'am back' })).status).toBe(401);
    const page = await forum.call(browser(), `/posts/${thread.body.id}`);
    expect(page.body.post.memorial).toBe('Hidden by the moderators.');
    await act('end-memorial', account);
    expect((await reply()).status).toBe(201);
    expect((await act('keep-as-memorial', 'account/nobody')).body.done).toBe(false);
  });

  it('and nobody else moderates or changes the rule', async () => {
    for (const path of ['/moderation/acts', '/admin/settings'])
      expect((await forum.call({ fetch }, path, {})).body.code).toBe('unauthorised');
  });
});

describe('a visitor with a browser', () => {
  it('reads pages that say under which rule the forum stands, and refusals in plain words', async () => {
    await forum.set({ rule: 'ban', forUk: true });
    const read = async (path: string) =>
      (await fetch(forum.config.origin + path, { headers: { accept: 'text/html' } })).text();
    for (const path of ['/', '/pages', '/join', '/report?target=post/x'])
      expect(await read(path)).toContain('The ban: this forum checks and keeps');
    expect(await read('/join')).toContain('Prove who you are');
    expect(await read('/me')).toContain('Please sign in first.');
  });

  it('cannot be made to post by a page from elsewhere', async () => {
    const { browser: visitor } = await forum.comeThroughGateway(anybody());
    const response = await visitor.fetch(`${forum.config.origin}/threads`, {
      method: 'POST',
      headers: { 'sec-fetch-site': 'same-site', 'content-type': 'application/x-www-form-urlencoded' },
      body: 'title=x&text=y',
    });
    expect(response.status).toBe(403);
  });

  it('is told which field cannot be kept, and the forum stays up', async () => {
    const { browser: visitor } = await forum.comeThroughGateway(anybody());
    for (const text of ['', 'x'.repeat(5001), 'a\0b', 7, { $gt: '' }])
      expect((await forum.call(visitor, '/threads', { title: 'x', text })).body).toMatchObject({
        code: 'malformed',
        pointer: 'text',
      });
    expect((await forum.call(visitor, '/posts/a%00b')).body.code).toBe('not_found');
    expect((await forum.call(visitor, '/')).status).toBe(200);
  });

  it('writes with plain forms', async () => {
    const { browser: visitor } = await forum.comeThroughGateway(anybody());
    const response = await visitor.fetch(`${forum.config.origin}/threads`, {
      method: 'POST',
      body: new URLSearchParams({ title: 'From a form', text: '<b>words</b>' }),
    });
    expect(response.status).toBe(303);
    const html = await (
      await visitor.fetch(new URL(response.headers.get('location')!, forum.config.origin).href)
    ).text();
    expect(html).toContain('&lt;b&gt;words&lt;/b&gt;');
  });
});

it('does not run in production', async () => {
  await expect(start({ ...forum.config, mode: 'production' })).rejects.toThrow('practice');
});
