/** A forum that asks its gateway before it lets somebody write, and what holds while the gateway is away. */
import { membersOf } from '@answerable/gateway/testing/members';
import { withConnection } from '@answerable/kit/database';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Came, type Forum, startForum } from './testing/scene.ts';

let forum: Forum;
let members: ReturnType<typeof membersOf>;
beforeAll(async () => {
  forum = await startForum([
    {
      id: 'noticeboard',
      title: 'The noticeboard',
      acts: { read: 'open', post: 'answerable', reply: 'answerable' },
    },
    { id: 'pages', title: 'Pages', acts: { read: 'open', post: 'named' } },
  ]);
  members = membersOf(forum.gateway);
});
afterAll(() => forum?.close());
beforeEach(() => forum.set({ rule: 'answerable', forUk: false, geography: 'GB' }));
afterEach(() => vi.restoreAllMocks());

const come = (handle: string) => forum.comeThroughGateway(forum.gateway.network.enrol(), { handle });
const write = ({ browser }: Came) => forum.call(browser, '/threads', { title: 'Bread', text: 'Where?' });
const openPage = ({ browser }: Came) => forum.call(browser, '/pages', { title: 'Oak Lane', about: 'It.' });
const reply = ({ browser }: Came, post: string) =>
  forum.call(browser, `/posts/${post}/replies`, { text: 'There.' });
const subOf = async (handle: string) => {
  const [row] = await withConnection(forum.gateway.databaseUrl, (run) =>
    run('select sub from account where handle = $1', [handle]),
  );
  return String(row!.sub);
};
/** The gateway answers this in place of what it would say; `asked` are the questions. */
function answers(instead: () => Promise<Response>): unknown[] {
  const asked: unknown[] = [];
  const real = globalThis.fetch;
  vi.spyOn(globalThis, 'fetch').mockImplementation((input, init) => {
    if (!String(input).endsWith('/platform/acts')) return real(input, init);
    asked.push(JSON.parse(String(init?.body)));
    return instead();
  });
  return asked;
}

describe('by room and act', () => {
  it('lets an answerable account post and reply on the noticeboard', async () => {
    const [first, other] = [await come('wren'), await come('robin')];
    const { body, status } = await write(first);
    expect(status).toBe(201);
    expect((await reply(other, body.id)).status).toBe(201);
  });

  it('says the words of the gateway where a room asks for a name, in JSON and on the page', async () => {
    const visitor = await come('dipper');
    const name = /Here people speak under their own name/;
    expect((await openPage(visitor)).body).toMatchObject({
      code: 'forbidden',
      pointer: expect.stringMatching(name),
    });
    const form = new URLSearchParams({ title: 'Oak Lane', about: 'It.' });
    const shown = await visitor.browser.fetch(`${forum.config.origin}/pages`, {
      method: 'POST',
      headers: { accept: 'text/html' },
      body: form,
    });
    expect([shown.status, await shown.text()]).toEqual([403, expect.stringMatching(name)]);
  });

  it('lets nobody write whom the gateway restricts, from the next act on', async () => {
    const visitor = await come('shrike');
    expect((await write(visitor)).status).toBe(201);
    const restriction = { sanction: 'A'.repeat(22), caseId: 'B'.repeat(22), sub: await subOf('shrike') };
    const until = '2099-01-01';
    const held = await forum.gateway.desk('sanctions', {
      ...restriction,
      holds: 'account',
      step: 'restrict',
      until,
    });
    expect(held.status).toBe(200);
    expect((await write(visitor)).body).toMatchObject({
      code: 'forbidden',
      pointer: 'This cannot be done here.',
    });
  });

  it('keeps a blocked account from a member, who may still write first and is then answered', async () => {
    const [owner, blocked] = [await come('plover'), await come('skua')];
    const [mine, theirs] = [(await write(owner)).body.id, (await write(blocked)).body.id];
    expect((await reply(blocked, mine)).status).toBe(201);
    const stranger = await come('ruff');
    await members.ask('POST', '/blocks', { owner: await subOf('plover'), blocked: await subOf('skua') });
    const knock = { code: 'forbidden', pointer: expect.stringContaining('knock') };
    expect((await reply(blocked, mine)).body).toMatchObject(knock);
    const ofStranger = (await write(stranger)).body.id;
    expect((await reply(stranger, mine)).body).toMatchObject(knock);
    expect((await reply(owner, ofStranger)).status).toBe(201);
    expect((await reply(stranger, mine)).status).toBe(201);
    expect((await reply(owner, theirs)).status).toBe(201);
    expect((await reply(blocked, mine)).body).toMatchObject(knock);
  });
});

describe('while the gateway is away', () => {
  it.each([
    ['it cannot be reached', () => Promise.reject(new TypeError('fetch failed'))],
    ['it answers with an error', async () => Response.json({ code: 'internal' }, { status: 500 })],
    ['it says what nobody understands', async () => new Response('<p>Back soon</p>')],
  ])('what was decided at sign-in holds: %s', async (_name, instead) => {
    const visitor = await come(`swift_${Math.random().toString(36).slice(2, 8)}`);
    const asked = answers(instead);
    expect((await openPage(visitor)).status).toBe(201);
    expect(asked).toHaveLength(1);
    expect(forum.journal.at(-1)).not.toContain('swift');
  });

  it('and the forum’s own suspension holds too', async () => {
    const visitor = await come('grebe');
    answers(() => Promise.reject(new TypeError('fetch failed')));
    const target = `account/${await subOf('grebe')}`;
    const act = { act: 'C'.repeat(22), kind: 'suspend-account', target, notice: 'Suspended.' };
    expect((await forum.connector('/moderation/acts', act)).body.done).toBe(true);
    expect((await write(visitor)).status).toBe(401);
  });
});

describe('it is asked about nobody else', () => {
  it('not about accounts that came another way, nor under another rule', async () => {
    const visitor = await come('teal');
    await forum.set({ rule: 'no-rule' });
    const asked = answers(() => Promise.reject(new TypeError('fetch failed')));
    const open = await forum.comeOpenly('gadwall');
    expect([(await openPage(visitor)).status, (await openPage(open)).status]).toEqual([201, 201]);
    await forum.set({ rule: 'answerable' });
    expect((await openPage(open)).status).toBe(201);
    expect(asked).toEqual([]);
  });

  it('and an account that it knows no more writes no more', async () => {
    const visitor = await come('smew');
    answers(async () => Response.json({ code: 'account_unknown' }, { status: 404 }));
    expect((await write(visitor)).body.code).toBe('account_unknown');
  });
});
