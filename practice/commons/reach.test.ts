/**
 * A member who is hounded, at a forum: wishes, a block that holds the person, knocks; and that the forum sees the
 * same whether a later account is the blocked person's or a stranger's.
 */
import type { Credential } from '@answerable/core/presentation/credential';
import { type Member, membersOf } from '@answerable/gateway/testing/members';
import { withConnection } from '@answerable/kit/database';
import type { ReachView } from '@answerable/protocol/admission/reach';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Came, type Forum, startForum } from './testing/scene.ts';

let forum: Forum;
let members: ReturnType<typeof membersOf>;
beforeAll(async () => {
  const acts = { read: 'open', post: 'answerable', reply: 'answerable' } as const;
  forum = await startForum([
    { id: 'noticeboard', title: 'The noticeboard', acts },
    { id: 'pages', title: 'Pages', acts },
  ]);
  members = membersOf(forum.gateway);
});
afterAll(() => forum?.close());
beforeEach(() => forum.set({ rule: 'answerable', forUk: false, geography: 'GB' }));
afterEach(() => vi.restoreAllMocks());

/** Somebody at the forum, with the wallet that belongs to the account. */
interface Somebody extends Member {
  handle: string;
  browser: Came['browser'];
}
async function come(
  handle: string,
  person: Credential = forum.gateway.network.enrol(),
  slot = 1,
): Promise<Somebody> {
  const { browser, status } = await forum.comeThroughGateway(person, { handle, slot });
  expect(status).toBe(200);
  const [row] = await members.rows('select sub from account where handle = $1', [handle]);
  return { handle, person, slot, browser, sub: String(row!.sub) };
}
const write = async ({ browser }: Pick<Somebody, 'browser'>, text = 'Where?') =>
  (await forum.call(browser, '/threads', { title: 'Bread', text })).body.id as string;
const reply = ({ browser }: Pick<Somebody, 'browser'>, post: string, text = 'There.') =>
  forum.call(browser, `/posts/${post}/replies`, { text });
const at = ({ browser }: Pick<Somebody, 'browser'>, other: string, what: 'block' | 'unblock' | 'knock') =>
  forum.call(browser, `/accounts/${other}/${what}`, {});
const wallet = async (who: Somebody, call: Parameters<typeof members.call>[1] = { kind: 'reach' }) =>
  (await members.call(who, call)).body as ReachView;
/** The forum notes the door, the wallet knocks at it. */
async function knock(who: Somebody, at_: Somebody): Promise<void> {
  expect((await at(who, at_.handle, 'knock')).body.knock).toBe('held');
  const door = (await wallet(who)).doors.find(({ sent }) => !sent)!;
  await wallet(who, { kind: 'knock', knock: door.id });
}
const waits = { code: 'forbidden', pointer: expect.stringContaining('knock') };
let made = 0;
const name = (of: string) => `${of}_${++made}`;

/** Everything that the forum sends to its gateway about reaching members, and hears, with accounts by their order. */
function overhear(people: readonly Somebody[]): string[] {
  const heard: string[] = [];
  const real = globalThis.fetch;
  vi.spyOn(globalThis, 'fetch').mockImplementation(async (input, init) => {
    const response = await real(input, init);
    const { pathname } = new URL(String(input instanceof Request ? input.url : input));
    if (pathname.startsWith('/platform/'))
      heard.push(`${init?.method} ${pathname} ${init?.body ?? ''} ${await response.clone().text()}`);
    return response;
  });
  const plain = (text: string) =>
    people.reduce(
      (left, { sub, handle }, i) => left.replaceAll(sub, `<${i}>`).replaceAll(handle, `<${i}>`),
      text,
    );
  return new Proxy(heard, {
    get: (list, key) => (key === 'join' ? () => plain(list.join('\n')) : list[key as never]),
  });
}

describe('a member who is hounded', () => {
  it('blocks a person: their new account waits at the door, its knock is not heard, a stranger’s is', async () => {
    const [target, hounder, stranger] = [await come('iris'), await come('loud'), await come('newcomer')];
    const thread = await write(target);
    expect((await reply(hounder, thread, 'Nobody asked you.')).status).toBe(201);
    expect((await at(target, 'loud', 'block')).body).toEqual({ ok: true });
    const quiet = await come('quiet', hounder.person, 2);
    for (const one of [hounder, quiet, stranger])
      expect((await reply(one, thread)).body).toMatchObject(waits);
    await knock(quiet, target);
    await knock(stranger, target);
    const seen = await wallet(target);
    expect(seen.blocks.map(({ handle }) => handle)).toEqual(['loud']);
    expect(seen.knocks.map(({ handle }) => handle)).toEqual(['newcomer']);
    await wallet(target, { kind: 'let-in', knock: seen.knocks[0]!.id });
    expect((await reply(stranger, thread)).status).toBe(201);
    expect((await reply(quiet, thread)).body).toMatchObject(waits);
    // Taken back, everything is as before.
    expect((await at(target, 'loud', 'unblock')).body).toEqual({ ok: true });
    expect((await reply(quiet, thread)).status).toBe(201);
  });

  it('is not mentioned by who must knock, nor by an account that she does not wish to be mentioned by', async () => {
    const [target, hounder, other] = [await come('linnet'), await come('magpie'), await come('siskin')];
    await at(target, 'magpie', 'block');
    const say = ({ browser }: Somebody, text: string) =>
      forum.call(browser, '/threads', { title: 'x', text });
    expect((await say(hounder, 'Look at @linnet again.')).body).toMatchObject(waits);
    expect((await say(other, 'Ask @linnet, or @nobody_here.')).body).toMatchObject(waits);
    expect((await say(target, 'I am @linnet. Good day, @siskin.')).status).toBe(201);
    const eleven = Array.from({ length: 11 }, (_, i) => `@somebody_${i}`).join(' ');
    expect((await say(other, eleven)).body.code).toBe('malformed');
  });

  it('says whom answerable accounts alone may reach, here and in the wallet: the last word counts', async () => {
    await forum.set({ rule: 'no-rule' });
    const throwAway = await forum.comeOpenly('x_9917');
    await forum.set({ rule: 'answerable' });
    const target = await come('wagtail');
    const thread = await write(target);
    const mention = () => forum.call(throwAway.browser, '/threads', { title: 'x', text: 'See @wagtail.' });
    const wish = (wishes: object) => forum.call(target.browser, '/me/wishes', wishes);
    expect((await reply(throwAway, thread)).status).toBe(201);
    expect((await wish({ reply: true, mention: false, message: true })).status).toBe(200);
    expect((await wallet(target)).wishes).toEqual({ reply: true, mention: false, message: true });
    expect((await reply(throwAway, thread)).body.pointer).toContain('only answerable');
    expect((await mention()).status).toBe(201);
    await wallet(target, { kind: 'wishes', wishes: { reply: false, mention: true, message: false } });
    expect((await reply(throwAway, thread)).status).toBe(201);
    expect((await mention()).body.pointer).toContain('only answerable');
    // The one setting of before is the wish about replies, and leaves the others.
    await forum.call(target.browser, '/me', { replyRule: 'answerable' });
    expect((await wallet(target)).wishes).toEqual({ reply: true, mention: true, message: false });
  });

  it('who has a block is not reached by accounts that nobody stands behind', async () => {
    await forum.set({ rule: 'no-rule' });
    const throwAway = await forum.comeOpenly('x_1120');
    await forum.set({ rule: 'answerable' });
    const [target, hounder] = [await come('whinchat'), await come('jackdaw')];
    const thread = await write(target);
    await at(target, hounder.handle, 'block');
    expect((await reply(throwAway, thread)).body.pointer).toContain('only answerable');
  });
});

/** What the forum asks and hears while `later` comes to a member who blocked somebody. */
async function transcript(whose: 'the blocked person' | 'a stranger', naive = false): Promise<string> {
  const [target, blocked] = [await come(name('target')), await come(name('blocked'))];
  const person = whose === 'a stranger' ? forum.gateway.network.enrol() : blocked.person;
  const later = await come(name('later'), person, 2);
  const heard = overhear([target, blocked, later]);
  const thread = await write(target);
  await at(target, blocked.handle, 'block');
  const tries = async () => {
    await reply(later, thread);
    await forum.call(later.browser, '/threads', { title: 'x', text: `Hey @${target.handle}` });
    for (const path of [`/accounts/${target.handle}`, `/accounts/${later.handle}`, `/posts/${thread}`])
      for (const who of [later, target]) heard.push(await shown(who, path));
    heard.push(await shown(later, `/posts/${thread}/replies`, { text: 'There.' }));
  };
  await tries();
  await knock(later, target);
  await tries();
  if (naive) heard.push(JSON.stringify((await wallet(target)).knocks.length));
  await at(target, later.handle, 'block');
  await at(target, blocked.handle, 'unblock');
  await tries();
  const text = heard
    .join('\n')
    .replaceAll(thread, '<post>')
    .replaceAll(/nonce="[^"]+"/g, 'nonce');
  vi.restoreAllMocks();
  return text;
}

/** The page as a browser without scripts shows it, after a form was sent where there is one. */
async function shown({ browser }: Somebody, path: string, form?: Record<string, string>): Promise<string> {
  const response = await browser.fetch(forum.config.origin + path, {
    headers: { accept: 'text/html' },
    ...(form ? { method: 'POST', body: new URLSearchParams(form) } : {}),
  });
  return `${response.status} ${(await response.text()).split('<main')[1] ?? ''}`;
}

describe('what the forum sees', () => {
  it('is the same whether a later account is the blocked person’s or a stranger’s', async () => {
    const seen = await transcript('the blocked person');
    expect(seen).toBe(await transcript('a stranger'));
    expect(seen).toContain('/platform/knocks');
    expect(seen).toContain('You must knock');
  });

  it('control: were it told of knocks, it would read there which accounts are one', async () => {
    expect(await transcript('the blocked person', true)).not.toBe(await transcript('a stranger', true));
  });

  it('and its tables keep nothing of blocks and knocks', async () => {
    const tables = await withConnection(forum.databaseUrl, (run) =>
      run(
        `select table_name || '.' || column_name as name from information_schema.columns where table_schema = 'public'`,
      ),
    );
    expect(tables.length).toBeGreaterThan(20);
    expect(tables.filter(({ name }) => /block|knock/.test(String(name)))).toEqual([]);
  });

  it('sends everybody to one address of the wallet, with no account in it', async () => {
    const [one, two] = [await come(name('one')), await come(name('two'))];
    const [first, second] = [await at(one, two.handle, 'knock'), await at(two, one.handle, 'knock')];
    expect(first).toEqual(second);
    const { walletOrigin } = forum.gateway.config;
    expect(first.body.wallet).toBe(`${walletOrigin}/#/reach?gateway=gateway&platform=forum`);
  });
});

describe('it is refused', () => {
  it.each([
    ['to block oneself', (me: Somebody) => at(me, me.handle, 'block'), 'not_found'],
    ['to block whom nobody knows', (me: Somebody) => at(me, 'nobody_at_all', 'block'), 'not_found'],
    ['to knock at one’s own door', (me: Somebody) => at(me, me.handle, 'knock'), 'not_found'],
    [
      'a wish that is no yes or no',
      (me: Somebody) => forum.call(me.browser, '/me/wishes', { reply: 'maybe' }),
      'malformed',
    ],
  ])('%s', async (_what, sin, code) => {
    expect((await sin(await come(name('me')))).body.code).toBe(code);
  });

  it('to block or knock without an account, from one that nobody stands behind, or one such', async () => {
    await forum.set({ rule: 'no-rule' });
    const throwAway = await forum.comeOpenly('x_3030');
    await forum.set({ rule: 'answerable' });
    const me = await come(name('me'));
    expect((await at({ browser: { ...me.browser, fetch } }, me.handle, 'block')).body.code).toBe(
      'unauthorised',
    );
    for (const what of ['block', 'knock'] as const) {
      expect((await at(throwAway, me.handle, what)).body.code).toBe('forbidden');
      expect((await at(me, 'x_3030', what)).body.code).toBe('forbidden');
    }
  });

  it('where the forum asks nothing: under another rule', async () => {
    const [me, other] = [await come(name('me')), await come(name('other'))];
    await forum.set({ rule: 'no-rule' });
    expect((await at(me, other.handle, 'block')).body.code).toBe('not_found');
  });

  it('to say that something was done while the gateway is away', async () => {
    const [me, other] = [await come(name('me')), await come(name('other'))];
    const real = globalThis.fetch;
    vi.spyOn(globalThis, 'fetch').mockImplementation((input, init) =>
      String(input).includes('/platform/')
        ? Promise.reject(new TypeError('fetch failed'))
        : real(input, init),
    );
    expect((await at(me, other.handle, 'block')).body.code).toBe('unavailable');
    expect((await at(me, other.handle, 'knock')).body.code).toBe('unavailable');
    const wishes = { reply: true, mention: true, message: true };
    expect((await forum.call(me.browser, '/me/wishes', wishes)).body.code).toBe('unavailable');
    vi.restoreAllMocks();
    expect((await wallet(me)).blocks).toEqual([]);
  });
});
