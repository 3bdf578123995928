/**
 * A gateway dies before each thing that an admission leaves behind, and is started again. The person goes on as
 * people do: the page is loaded again, or the platform's button pressed again. There is one account then, the one
 * that was acknowledged if one was; and whoever is barred in between comes in by none of what lies around.
 */
import type { Credential } from '@answerable/core/presentation/credential';
import { browser } from '@answerable/gateway/testing/browser';
import { basic, type Client, clientOf, type Tokens } from '@answerable/gateway/testing/client';
import { postJson, type Scene, startScene, token, type Visit } from '@answerable/gateway/testing/scene';
import { answerAgain, answerAsKnown, answerAsNew, signCall } from '@answerable/gateway/testing/wallet';
import { dayOf, practiceClock } from '@answerable/kit/clock';
import { withConnection } from '@answerable/kit/database';
import { freePort } from '@answerable/kit/free-port';
import { dayPlus } from '@answerable/protocol/platform/succession';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Effects, passThrough, placesOf } from './effects.ts';

/** Some twenty starts of a gateway. */
const timeoutMs = 600_000;
/** More than there are steps of presenting again. */
const membersMax = 16;
const clock = practiceClock(new Date(), 'practice');
const apiToken = 'the-token-of-the-forum-with-thirty-two-characters';
const until = dayPlus(dayOf(new Date()), 30);
const query = {
  client_id: 'forum',
  response_type: 'code',
  scope: 'openid profile',
  redirect_uri: 'http://localhost:9/callback',
  state: 'state',
};
let scene: Scene;
let client: Client;
let effects: Effects;
beforeAll(async () => {
  scene = await startScene({
    clock,
    adminToken: token,
    policy: { claim: { until, afterwards: 'read-only' }, accountsMax: 2 },
    platform: { apiToken },
  });
  await scene.stop();
  const { port, databaseUrl } = scene.config;
  scene.config.port = await freePort();
  effects = await passThrough({ databaseUrl, gateway: { port, own: scene.config.port } });
  scene.config.databaseUrl = effects.databaseUrl;
  client = clientOf(scene);
  await scene.restart();
});
afterAll(async () => {
  await effects?.close();
  await scene?.close();
});

const run = (text: string, values: unknown[] = []) =>
  withConnection(scene.databaseUrl, (ask) => ask(text, values));

/** How far somebody came, as far as they know. */
interface Reached {
  person: Credential;
  visitor: ReturnType<typeof browser>;
  visit?: Visit;
  answer?: { accountKey: string };
  /** an answer that was taken: from here on there is an account */
  resume?: string;
  code?: string;
  tokens?: Tokens;
  me?: Record<string, unknown>;
}
type Answer = (reached: Reached, visit: Visit) => { accountKey: string };
const asNew: Answer = ({ person }, { request }) =>
  answerAsNew(person, request, scene.network.policy, {
    checkpoint: scene.network.log.checkpoint(),
    ...(request.message.claims ? { handle: request.message.claims.handle } : {}),
  });
const asKnown: Answer = ({ person }, { request }) => answerAsKnown(person, request);
const again: Answer = ({ person }, { request }) =>
  answerAgain(person, request, scene.network.policy, { checkpoint: scene.network.log.checkpoint() });

/** From the platform's button to what the platform's server learns; throws where somebody does not go on. */
async function comeIn(reached: Reached, answer: Answer): Promise<void> {
  const visit = await client.arrive(query, reached.visitor);
  reached.visit = visit;
  reached.answer = answer(reached, visit);
  await goOn(reached);
}
async function goOn(reached: Reached): Promise<void> {
  const { browser: visitor, address } = reached.visit!;
  const said = await postJson(visitor, `${address}/answer`, reached.answer);
  const { resume, code } = (await said.json()) as { resume?: string; code?: string };
  if (!resume) throw new Error(code);
  reached.resume = resume;
  await comeBack(reached);
}
async function comeBack(reached: Reached): Promise<void> {
  const { url } = await reached.visitor.follow(reached.resume!, ({ port }) => port === '9');
  const code = new URL(url).searchParams.get('code');
  if (!code) throw new Error('came back without a code');
  reached.code = code;
  await exchange(reached);
}
async function exchange(reached: Reached): Promise<void> {
  const form = { grant_type: 'authorization_code', code: reached.code!, redirect_uri: query.redirect_uri };
  const { status, body } = await client.token(form, basic('forum', token));
  if (status !== 200) throw new Error(body.error);
  reached.tokens = body;
  await ask(reached);
}
async function ask(reached: Reached): Promise<void> {
  const me = await client.userInfo(reached.tokens!.access_token);
  if (typeof me.sub !== 'string') throw new Error('no userinfo');
  reached.me = me;
}

const accountOf = async ({ person }: Reached) => {
  const accountKey = keyOf(person);
  const rows = await run(
    `select sub, handle, (select count(*)::int from account b where b.person = a.person) as n
    from account a where account_key = $1`,
    [accountKey],
  );
  return rows[0] as { sub: string; handle: string; n: number } | undefined;
};
const scope = () =>
  ({ protocol: 'openid', kind: 'platform', origin: scene.config.origin, platform: 'forum' }) as const;
const keyOf = (person: Credential): string =>
  signCall(person, scope(), 'gateway', { kind: 'inbox' }).message.accountKey;

/** As a wallet does before it answers: is there an account, and must it present again? */
async function howToAnswer({ person }: Reached): Promise<Answer> {
  const call = signCall(person, scope(), 'gateway', { kind: 'inbox' }, 1, clock.now());
  const said = await postJson({ fetch }, `${scene.config.origin}/account/calls`, call);
  if (said.status !== 200) return asNew;
  return 'presentAgain' in ((await said.json()) as object) ? again : asKnown;
}

/** What somebody does who was left standing: loads the page again, then begins anew. */
async function comeAgain(reached: Reached): Promise<void> {
  if (reached.answer && (await worked(() => goOn(reached)))) return;
  await comeIn(reached, await howToAnswer(reached));
}
const worked = (what: () => Promise<void>): Promise<boolean> =>
  what().then(
    () => true,
    () => false,
  );

/** Everything that was handed out or stored before, tried once more. */
async function triesEverything(reached: Reached): Promise<string[]> {
  const { answer, resume, code, tokens } = reached;
  const ways = {
    token: tokens && (() => ask(reached)),
    code: code && (() => exchange(reached)),
    resume: resume && (() => comeBack(reached)),
    answer: answer && (() => goOn(reached)),
    'sign-in': () => comeIn({ ...reached, visitor: browser() }, asKnown),
    presentation: () => comeIn({ ...reached, visitor: browser() }, again),
  };
  const cameIn: string[] = [];
  for (const [name, way] of Object.entries(ways)) if (way && (await worked(way))) cameIn.push(name);
  return cameIn;
}

async function barred<T>(sub: string, work: () => Promise<T>): Promise<T> {
  const sanction = Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString('base64url');
  const bar = { sanction, caseId: sanction, sub, holds: 'person', step: 'bar', until: '2099-01-01' };
  expect((await scene.desk('sanctions', bar)).status).toBe(200);
  const result = await work();
  expect((await scene.desk(`sanctions/${sanction}/lift`, {})).status).toBe(200);
  return result;
}

/** What a gateway does at its start is over: what it writes from now on, it writes for somebody. */
const upkeepIsDone = () =>
  expect
    .poll(
      async () => {
        const headers = { authorization: `Bearer ${token}` };
        const state = await fetch(`${scene.config.origin}/admin/state`, { headers });
        return ((await state.json()) as { upkeep: { at: string | null } }).upkeep.at;
      },
      { interval: 10 },
    )
    .not.toBeNull();

interface Walk {
  begin(): Promise<Reached>;
  answer: Answer;
  /** which of its effects are died before: from the first that begins so, up to the one; all of them without */
  from?: string;
  upTo?: string;
}

/** Dies before each effect of the walk in turn, and returns what was wrong afterwards, by where it died. */
async function killedEverywhere({
  begin,
  answer,
  from = '',
  upTo = 'reply to GET /oidc/me',
}: Walk): Promise<{ places: string[]; wrong: string[] }> {
  const whole = await begin();
  await upkeepIsDone();
  effects.count();
  await comeIn(whole, answer);
  const all = [...effects.seen()];
  const first = all.findIndex((effect) => effect.startsWith(from));
  const last = all.findIndex((effect) => effect.startsWith(upTo));
  const wrong: string[] = [];
  const died = new Set<string>();
  const walked = placesOf(all).slice(first, last + 1);
  for (const place of walked) {
    const reached = await begin();
    await upkeepIsDone();
    if (await effects.dieBefore(place, () => comeIn(reached, answer))) died.add(place.effect);
    await scene.stop();
    effects.live();
    await scene.restart();
    const before = await accountOf(reached);
    const say = (what: string) => wrong.push(`before ${place.effect}, ${place.nth}: ${what}`);
    if (reached.resume && !before) say('an account that was acknowledged is lost');
    if (before)
      for (const way of await barred(before.sub, () => triesEverything({ ...reached })))
        say(`barred, and came in by the ${way}`);
    const cameBack = await comeAgain(reached).then(
      () => undefined,
      (error: Error) => error.message,
    );
    if (cameBack) say(`could not come back: ${cameBack}`);
    const after = await accountOf(reached);
    if (after?.n !== 1) say(`${after?.n} accounts`);
    if (before && after?.sub !== before.sub) say('another account');
    if (reached.me?.sub !== after?.sub) say('the platform learnt of another account');
  }
  const places = all.slice(first, last + 1);
  for (const place of places) if (!died.has(place)) wrong.push(`never died before ${place}`);
  return { places, wrong };
}

const somebody = async (): Promise<Reached> => ({ person: scene.network.enrol(), visitor: browser() });

/** Somebody whose browser has brought a claim code of an account from before. */
async function claimant(): Promise<Reached> {
  const reached = await somebody();
  const account = `from_before_${claimants++}`;
  const said = await fetch(`${scene.config.origin}/platform/claims`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${apiToken}` },
    body: JSON.stringify({ account, handle: account, returnTo: 'http://localhost:9/sign-in' }),
  });
  const { address } = (await said.json()) as { address: string };
  expect((await reached.visitor.fetch(address, { method: 'POST' })).status).toBe(303);
  return reached;
}
let claimants = 0;

/** Somebody with an account from an epoch that is over. */
async function member(): Promise<Reached> {
  const reached = waiting.pop()!;
  return { ...reached, person: scene.network.renew(reached.person) };
}
const waiting: Reached[] = [];

const fromAnswer = 'update request set';
describe('a gateway killed at each step', { timeout: timeoutMs }, () => {
  it('of an admission: one account, and nobody barred comes in', async () => {
    const { places, wrong } = await killedEverywhere({ begin: somebody, answer: asNew });
    expect(wrong).toEqual([]);
    expect(places).toEqual(
      expect.arrayContaining(['insert into account', 'commit', 'reply to GET /oidc/me']),
    );
  });

  it('of an admission that attaches an account from before: it is attached to that account, once', async () => {
    const walk = { begin: claimant, answer: asNew, from: fromAnswer, upTo: 'reply to POST' };
    const { places, wrong } = await killedEverywhere(walk);
    expect(wrong).toEqual([]);
    expect(places).toEqual(expect.arrayContaining(['update claim_code set', 'update legacy_account set']));
    const rows = await run(
      'select l.handle, a.handle as now from legacy_account l left join account a on a.sub = l.sub',
    );
    expect(rows).toHaveLength(claimants);
    for (const { handle, now } of rows) expect(now).toBe(handle);
  });

  it('of presenting again: shown once, and the account goes on', async () => {
    for (let n = 0; n < membersMax; n += 1) {
      const reached = await somebody();
      await comeIn(reached, asNew);
      waiting.push(reached);
    }
    const { epochSeconds, graceSeconds } = scene.network.policy;
    const into = Math.floor(clock.now().getTime() / 1000) % epochSeconds;
    clock.advance({ seconds: epochSeconds - into + graceSeconds + 1 });
    const { places, wrong } = await killedEverywhere({
      begin: member,
      answer: again,
      from: fromAnswer,
      upTo: 'reply to POST',
    });
    expect(wrong).toEqual([]);
    expect(places).toEqual(expect.arrayContaining(['insert into presented_again', 'insert into sign_in']));
    const twice = 'select 1 from presented group by person having count(*) > 2';
    expect(await run(twice)).toEqual([]);
  });
});
