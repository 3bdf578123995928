/** Accounts from before: attached to a person by a day, once, by who is signed in there; and what comes after. */
import { dayOf, practiceClock } from '@answerable/kit/clock';
import { withConnection } from '@answerable/kit/database';
import { dayPlus } from '@answerable/protocol/platform/succession';
import { type PlatformPolicy, platformPolicyHash } from '@answerable/protocol/platform-policy';
import { epochAt } from '@answerable/protocol/trust-policy';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Browser, browser } from '../testing/browser.ts';
import { postJson, type Scene, startScene, token } from '../testing/scene.ts';
import { answerAsNew } from '../testing/wallet.ts';

const apiToken = 'the-token-of-the-forum-with-thirty-two-characters';
const clock = practiceClock(new Date(), 'practice');
const until = dayPlus(dayOf(new Date()), 30);
const returnTo = 'http://localhost:9/sign-in';
let scene: Scene;
beforeAll(async () => {
  scene = await startScene({
    policy: { claim: { until, afterwards: 'read-only' }, accountsMax: 2 },
    platform: { apiToken },
    clock,
  });
});
afterAll(() => scene?.close());

type Reply = { status: number; body: Record<string, never> & { code?: string } };
async function platform(path: string, body?: unknown): Promise<Reply> {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${apiToken}` };
  const init = body ? { method: 'POST', headers, body: JSON.stringify(body) } : { headers };
  const response = await fetch(`${scene.config.origin}/platform${path}`, init);
  return { status: response.status, body: await response.json() };
}
const codeFor = async (account: string, handle = account): Promise<string> =>
  (await platform('/claims', { account, handle, returnTo })).body.address!;
const press = (from: Browser, address: string) => from.fetch(address, { method: 'POST' });
type Person = ReturnType<Scene['network']['enrol']>;
/** From the claim page, through the wallet, with whatever name and slot. */
async function attach(person: Person, from: Browser, more: { handle?: string; slot?: number } = {}) {
  const visit = await scene.arrive(from);
  const { claims } = visit.request.message;
  const answer = answerAsNew(person, visit.request, scene.network.policy, {
    checkpoint: scene.network.log.checkpoint(),
    ...(claims ? { handle: claims.handle } : {}),
    ...more,
  });
  const response = await postJson(visit.browser, `${visit.address}/answer`, answer);
  return { ...visit, claims, answer, body: (await response.json()) as { resume?: string; code?: string } };
}
async function claimed(account: string) {
  const { accounts } = (await platform('/claims')).body as unknown as {
    accounts: { account: string; sub: string | null; ended: string | null }[];
  };
  return accounts.find((one) => one.account === account);
}

describe('an account from before', () => {
  it('is attached: keeps its name, is told to the platform, and says so in the token', async () => {
    const imported = await platform('/claims/accounts', {
      accounts: ['wren', 'crow', 'heron', 'rook', 'swift', 'kite', 'tern'].map((handle) => ({
        account: handle,
        handle,
      })),
    });
    expect(imported.body).toEqual({ added: 7, known: 0, taken: 0 });
    const visitor = browser();
    const address = await codeFor('wren');
    expect(await (await visitor.fetch(address)).text()).toContain('Attach your account “wren”');
    expect((await press(visitor, address)).headers.get('location')).toBe(returnTo);
    const done = await attach(scene.network.enrol(), visitor);
    expect(done.claims).toEqual({ handle: 'wren' });
    expect(done.body.resume).toBeDefined();
    const { sub } = (await claimed('wren'))!;
    expect(sub).toMatch(/^[a-z2-7]{52}$/);
    const { url } = await visitor.follow(done.body.resume!, ({ port }) => port === '9');
    const tokens = await fetch(`${scene.config.origin}/oidc/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from(`forum:${token}`).toString('base64')}` },
      body: new URLSearchParams({
        grant_type: 'authorization_code',
        code: new URL(url).searchParams.get('code')!,
        redirect_uri: scene.config.platforms[0]!.redirectUris[0]!,
      }),
    });
    const { id_token } = (await tokens.json()) as { id_token: string };
    const told = JSON.parse(Buffer.from(id_token.split('.')[1]!, 'base64url').toString());
    expect(told).toMatchObject({ sub, preferred_username: 'wren', claimed_account: 'wren' });
    expect(JSON.stringify(scene.journal)).not.toMatch(/wren|claim\/[A-Za-z0-9_-]{32}/);
  });

  it('is not told of where nothing was attached', async () => {
    const done = await scene.admit(scene.network.enrol(), { handle: 'sparrow' });
    expect(done.request.message.claims).toBeUndefined();
  });
});

it('one account is asked about by itself, known or not, and no other with it', async () => {
  const named = async (query: string) =>
    ((await platform(`/claims?${query}`)).body as unknown as { accounts: { account: string }[] }).accounts;
  expect((await named('account=crow')).map(({ account }) => account)).toEqual(['crow']);
  expect(await named('account=nobody')).toEqual([]);
  expect(await named('account=crow&after=heron')).toEqual([]);
});

describe('what is refused', () => {
  it('a code in another browser, once one has brought it; looked at, it binds nobody', async () => {
    const [own, thief] = [browser(), browser()];
    const address = await codeFor('crow');
    expect((await thief.fetch(address)).status).toBe(200);
    expect((await press(own, address)).status).toBe(303);
    expect(await (await press(thief, address)).json()).toMatchObject({ code: 'wrong_browser' });
    expect((await thief.fetch(address)).status).toBe(403);
    expect((await attach(scene.network.enrol(), thief)).claims).toBeUndefined();
    expect((await claimed('crow'))!.sub).toBeNull();
  });

  it('a code that a page of another origin presses, and codes that are none', async () => {
    const address = await codeFor('crow');
    const astray = await browser().fetch(address, {
      method: 'POST',
      headers: { origin: 'http://evil.example' },
    });
    expect(await astray.json()).toMatchObject({ code: 'forbidden' });
    for (const code of ['A'.repeat(32), 'short', '..%2f'])
      expect((await fetch(`${scene.config.origin}/claim/${code}`)).status).toBe(404);
  });

  it('an older code, once there is a newer one', async () => {
    const old = await codeFor('crow');
    await codeFor('crow');
    expect(await (await press(browser(), old)).json()).toMatchObject({ code: 'claim_unknown' });
  });

  it('two people for one account: one has it', async () => {
    const run = (text: string, values: unknown[] = []) =>
      withConnection(scene.databaseUrl, (ask) => ask(text, values));
    const visits = [];
    const codes = [];
    for (const visitor of [browser(), browser()]) {
      await press(visitor, await codeFor('heron'));
      visits.push(await scene.arrive(visitor));
      codes.push(
        (await run(`select to_jsonb(c) as kept from claim_code c where account = 'heron'`))[0]!.kept,
      );
    }
    // A new code ended the first one; put back, as if the platform had given out both at the same instant.
    await run('insert into claim_code select * from jsonb_populate_record(null::claim_code, $1)', [
      JSON.stringify(codes[0]),
    ]);
    const answers = visits.map((visit) =>
      postJson(
        visit.browser,
        `${visit.address}/answer`,
        answerAsNew(scene.network.enrol(), visit.request, scene.network.policy, {
          checkpoint: scene.network.log.checkpoint(),
          handle: 'heron',
        }),
      ).then((response) => response.json() as Promise<{ resume?: string; code?: string }>),
    );
    const outcomes = await Promise.all(answers);
    expect(outcomes.filter(({ resume }) => resume)).toHaveLength(1);
    expect(outcomes.filter(({ code }) => code)).toHaveLength(1);
    expect((await platform('/claims', { account: 'heron', handle: 'heron', returnTo })).body.code).toBe(
      'account_attached',
    );
  });

  it('one person with k accounts for one more', async () => {
    const person = scene.network.enrol();
    await scene.admit(person, { slot: 1 });
    for (const [account, slot] of [
      ['rook', 2],
      ['swift', 3],
    ] as const) {
      const visitor = browser();
      await press(visitor, await codeFor(account));
      const { body } = await attach(person, visitor, { slot });
      expect(body.code).toBe(account === 'rook' ? undefined : 'accounts_exhausted');
    }
    expect((await claimed('rook'))!.sub).not.toBeNull();
    expect((await claimed('swift'))!.sub).toBeNull();
  });

  it('a replay: the same browser again makes an account like any other', async () => {
    const visitor = browser();
    const address = await codeFor('swift');
    await press(visitor, address);
    const person = scene.network.enrol();
    const { body } = await attach(person, visitor);
    expect(body.resume).toBeDefined();
    const { sub } = (await claimed('swift'))!;
    const again = await attach(scene.network.enrol(), visitor, { handle: 'someone_else' });
    expect(again.claims).toBeUndefined();
    expect(await (await press(visitor, address)).json()).toMatchObject({ code: 'claim_unknown' });
    expect((await claimed('swift'))!.sub).toBe(sub);
  });

  it('another name than the one it has, and its name for anybody else', async () => {
    const visitor = browser();
    await press(visitor, await codeFor('kite'));
    expect((await attach(scene.network.enrol(), visitor, { handle: 'kite_2' })).body.code).toBe('malformed');
    expect((await scene.admit(scene.network.enrol(), { handle: 'kite' })).body.code).toBe('handle_taken');
    expect((await claimed('kite'))!.sub).toBeNull();
  });

  it('whoever goes back instead attaches nothing', async () => {
    const visitor = browser();
    const address = await codeFor('kite');
    await press(visitor, address);
    const visit = await scene.arrive(visitor);
    expect(await (await visitor.fetch(visit.address)).text()).toContain('You attach the account “kite”');
    await visitor.fetch(`${visit.address}/cancel`, { method: 'POST' });
    expect((await scene.arrive(visitor)).request.message.claims).toBeUndefined();
    expect((await visitor.fetch(address)).status).toBe(404);
  });

  it('a way back to somewhere else, an e-mail address where none belongs, and other people’s tokens', async () => {
    const asked = { account: 'kite', handle: 'kite' };
    expect((await platform('/claims', { ...asked, returnTo: 'http://evil.example/' })).body.code).toBe(
      'malformed',
    );
    expect((await platform('/claims', { ...asked, handle: 'robin', returnTo })).body.code).toBe('malformed');
    const response = await fetch(`${scene.config.origin}/platform/claims`, {
      headers: { authorization: `Bearer ${token}` },
    });
    expect(response.status).toBe(401);
  });
});

describe('the day after the last day', () => {
  it('does to how many what the dry run said, once; and nobody attaches then', async () => {
    const first = scene.config.platforms[0]!.policy;
    const policy: PlatformPolicy = {
      ...first,
      serial: 2,
      previous: platformPolicyHash(first),
      effective: dayPlus(dayOf(clock.now()), 15),
    };
    const dry = await fetch(`${scene.config.origin}/operator/policies/dry-runs`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ policy }),
    });
    const said = ((await dry.json()) as { claim: { unattached: number; attached: number } }).claim;
    expect(said).toMatchObject({ until, afterwards: 'read-only', known: 7, unattached: 3 });
    const late = browser();
    const address = await codeFor('kite');
    await press(late, address);
    const visit = await scene.arrive(late);
    expect(visit.request.message.claims).toEqual({ handle: 'kite' });

    clock.advance({ days: 31 });
    await withConnection(scene.databaseUrl, (run) =>
      run("update request set expires_at = now() + interval '99 days'"),
    );
    await withConnection(scene.databaseUrl, (run) =>
      run("update claim_code set expires_at = now() + interval '99 days'"),
    );
    const answer = answerAsNew(
      scene.network.enrol({}, epochAt(scene.network.policy, clock.now().getTime())),
      visit.request,
      scene.network.policy,
      { checkpoint: scene.network.log.checkpoint(), handle: 'kite' },
    );
    const tooLate = await postJson(late, `${visit.address}/answer`, answer);
    expect(await tooLate.json()).toMatchObject({ code: 'claim_over' });
    const { body } = await platform('/claims', { account: 'tern', handle: 'tern', returnTo });
    expect(body.code).toBe('claim_over');
    expect(
      (await platform('/claims/accounts', { accounts: [{ account: 'x', handle: 'dove' }] })).body.code,
    ).toBe('claim_over');
    await scene.restart();
    await scene.restart();
    await expect
      .poll(async () => ((await platform('/claims')).body as unknown as { ends: unknown[] }).ends)
      .toEqual([
        {
          until,
          afterwards: 'read-only',
          day: dayOf(clock.now()),
          attached: said.attached,
          unattached: said.unattached,
          carried: 'platform',
        },
      ]);
    expect((await claimed('kite'))!.ended).toBe('read-only');
    expect((await claimed('wren'))!.ended).toBeNull();
    const [rows] = [
      await withConnection(scene.databaseUrl, (run) =>
        run("select count(*)::int as n from legacy_account where ended = 'read-only'"),
      ),
    ];
    expect(rows).toEqual([{ n: said.unattached }]);
  });
});
