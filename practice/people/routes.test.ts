/** The ways to show who one is: in one step or two, with claims of another kind, and what goes wrong on each. */
import { withConnection } from '@answerable/kit/database';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startTrialNetwork, type TrialNetwork } from './testing/trial-network.ts';
import { enrolAs, enrolWithWords, proveWho, returnAs } from './visit.ts';

let network: TrialNetwork;
beforeAll(async () => {
  network = await startTrialNetwork();
});
afterAll(() => network?.close());
beforeEach(() =>
  withConnection(network.databases.registrar!.url, (run) =>
    run('truncate evidence_account, tag, leaf, batch, record_key, session, record cascade'),
  ),
);

const person = 'hounded';
const asProvider = (path: string, body: unknown): Promise<Response> =>
  fetch(`${network.origin('identity-provider')}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

describe('a person joins', () => {
  it('in two steps, each looked at by the wallet, by signed requests', async () => {
    const wallet = network.wallet();
    const { authorizationUrl } = await wallet.beginEnrolment('join', 'two-steps');
    const first = claimsOf(authorizationUrl);
    expect(first).toMatchObject({ vtr: ['Cl.Cm'], code_challenge_method: 'S256' });
    expect(first.claims).toBeUndefined();
    const signedIn = await wallet.finishEnrolment(await proveWho(authorizationUrl, { person }));
    if (signedIn.end !== 'go-on') throw new Error('one step was enough');
    const second = claimsOf(signedIn.authorizationUrl);
    expect(second).toMatchObject({ vtr: ['Cl.Cm.P2'], nonce: first.nonce });
    // As text: the simulator of GOV.UK One Login reads it so only.
    expect(JSON.parse(second.claims as string)).toHaveProperty('userinfo');
    expect(second.state).not.toBe(first.state);
    const end = await wallet.finishEnrolment(await proveWho(signedIn.authorizationUrl, { person }));
    expect(end).toMatchObject({ end: 'joined', identity: { name: 'Priya Marlowe' } });
  });

  it('and is known by the same document, whatever the route', async () => {
    await enrolAs({ person }, network.wallet(), { route: 'flat' });
    for (const route of ['login', 'two-steps', 'flat'])
      await expect(enrolAs({ person }, network.wallet(), { route })).rejects.toMatchObject({
        code: 'person_known',
      });
  });

  it('at fifteen, by each route', async () => {
    for (const route of ['login', 'flat']) {
      const wallet = network.wallet();
      const who = route === 'login' ? 'young' : 'hounder';
      await enrolAs({ person: who }, wallet, { route });
      expect((await wallet.look()).attributes).toMatchObject({ over_13: 'yes' });
    }
  });

  it('and comes back with words by each route', async () => {
    const words = await enrolWithWords({ person }, network.wallet());
    const again = network.wallet();
    await enrolAs({ person }, again, { purpose: 'return', route: 'flat' });
    await again.recall(words);
    expect(await again.look()).toMatchObject({ holds: 'credential' });
    await returnAs({ person }, network.wallet(), words);
  });
});

describe('is told why not', () => {
  it.each([
    ['a proof that failed, by what the letter means', 'login', 'failed', 'evidence_document'],
    ['a proof that failed, where no letter is known', 'two-steps', 'failed', 'evidence_unproven'],
    ['a proof that failed, elsewhere', 'flat', 'failed', 'evidence_unproven'],
    ['stopping', 'flat', 'stopped', 'evidence_denied'],
  ] as const)('%s', async (_what, route, outcome, code) => {
    const wallet = network.wallet();
    await expect(enrolAs({ person, outcome }, wallet, { route })).rejects.toMatchObject({ code });
    expect(await enrolAs({ person }, wallet, { route })).toMatchObject({ end: 'joined' });
  });

  it.each(['login', 'two-steps', 'flat'])('being eleven: %s', async (route) => {
    const wallet = network.wallet();
    await expect(enrolAs({ person: 'child' }, wallet, { route })).rejects.toMatchObject({
      code: 'too_young',
    });
    const kept = await withConnection(network.databases.registrar!.url, (run) =>
      run('select (select count(*) from record) + (select count(*) from tag) as n'),
    );
    expect(Number(kept[0]!.n)).toBe(0);
  });

  it('that somebody else proved themself in the second step', async () => {
    const wallet = network.wallet();
    const { authorizationUrl } = await wallet.beginEnrolment('join', 'two-steps');
    const end = await wallet.finishEnrolment(await proveWho(authorizationUrl, { person: 'young' }));
    if (end.end !== 'go-on') throw new Error('one step was enough');
    await expect(proveWho(end.authorizationUrl, { person })).rejects.toMatchObject({
      code: 'evidence_mismatch',
    });
  });
});

describe('a wallet refuses', () => {
  it.each([
    ['another nonce', (url: URL) => url.searchParams.set('nonce', 'somebody-elses')],
    ['another provider', (url: URL) => Object.assign(url, { host: 'provider.example' })],
    ['another client', (url: URL) => url.searchParams.set('client_id', 'registrar-flat')],
  ])('a second address with %s', async (_sin, change) => {
    const dishonest: typeof fetch = async (input, init) => {
      const response = await fetch(input, init);
      if (!String(input).endsWith('/enrolment/evidence')) return response;
      const answer = (await response.json()) as { authorizationUrl: string };
      const url = new URL(answer.authorizationUrl);
      change(url);
      return Response.json({ ...answer, authorizationUrl: url.href });
    };
    const wallet = network.wallet({ fetch: dishonest });
    const { authorizationUrl } = await wallet.beginEnrolment('join', 'two-steps');
    await expect(wallet.finishEnrolment(await proveWho(authorizationUrl, { person }))).rejects.toMatchObject({
      name: 'Distrust',
      doubt: 'nonce',
    });
  });
});

describe('who signs out at the provider', () => {
  const signOut = async () => {
    const told = await asProvider('/practice/sign-out', { client_id: 'registrar-client', person });
    expect(await told.json()).toEqual({ told: 200 });
  };

  it('ends what they began here', async () => {
    const wallet = network.wallet();
    const { authorizationUrl } = await wallet.beginEnrolment('join');
    const back = await proveWho(authorizationUrl, { person });
    await signOut();
    await expect(wallet.finishEnrolment(back)).rejects.toMatchObject({ code: 'session_unknown' });
  });

  it('but not what others began, nor a record that was made', async () => {
    const [other, done] = [network.wallet(), network.wallet()];
    await enrolAs({ person }, done);
    const { authorizationUrl } = await other.beginEnrolment('join');
    const back = await proveWho(authorizationUrl, { person: 'young' });
    await signOut();
    expect(await other.finishEnrolment(back)).toMatchObject({ end: 'joined' });
    await done.renew();
  });

  it.each(['', 'a.b.c', 'eyJhbGciOiJub25lIn0.e30.'])('is not believed of a token like %j', async (token) => {
    const answer = await fetch(`${network.origin('registrar')}/evidence/login/back-channel-logout`, {
      method: 'POST',
      body: new URLSearchParams({ logout_token: token }),
    });
    expect(answer.status).toBe(400);
  });
});

it('the provider’s keys for identities change, and people go on joining', async () => {
  await enrolAs({ person }, network.wallet());
  expect((await asProvider('/practice/identity-keys', { rotate: 'identity' })).status).toBe(200);
  network.clock.advance({ seconds: 61 });
  expect(await enrolAs({ person: 'young' }, network.wallet())).toMatchObject({ end: 'joined' });
});

it('how many take which route is for anybody to read, by week and without the few', async () => {
  const at = (path: string) => fetch(`${network.origin('registrar')}${path}`);
  await enrolAs({ person }, network.wallet());
  network.clock.advance({ days: 8 });
  const { routes } = (await (await at('/figures')).json()) as {
    routes: { route: string; spans: { over: string; outcomes: Record<string, number | null> }[] }[];
  };
  expect(routes.map(({ route }) => route)).toEqual(['login', 'two-steps', 'flat', 'referee']);
  const login = routes[0]!.spans.flatMap(({ outcomes }) => Object.keys(outcomes));
  expect(login).toEqual(expect.arrayContaining(['begun', 'back', 'completed', 'refused.too_young']));
  const figures = routes.flatMap(({ spans }) => spans.flatMap(({ outcomes }) => Object.values(outcomes)));
  for (const figure of figures) expect(figure === null || figure >= 5).toBe(true);
  const table = await (await at('/figures.csv')).text();
  expect(table.split('\r\n')[0]).toBe('route,over,from,to,outcome,count');
  expect(table).toContain('login,');
});

function claimsOf(address: string): Record<string, unknown> {
  const request = new URL(address).searchParams.get('request')!;
  return JSON.parse(Buffer.from(request.split('.')[1]!, 'base64url').toString());
}
