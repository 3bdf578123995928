import { withConnection } from '@answerable/kit/database';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { browser } from './testing/browser.ts';
import { postJson, type Scene, startScene } from './testing/scene.ts';
import { answerAsKnown, answerAsNew, resign } from './testing/wallet.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await startScene();
});
afterAll(() => scene?.close());

const count = (table: string) =>
  withConnection(scene.databaseUrl, async (run) =>
    Number((await run(`select count(*) as n from ${table}`))[0]!.n),
  );

describe('a new account', () => {
  it('is taken in, and the platform learns sub, handle and what its policy asks', async () => {
    const { config, network } = scene;
    const admitted = await scene.admit(network.enrol(), { handle: 'wren' });
    expect(admitted.body).toEqual({ resume: expect.stringContaining('/oidc/auth/') });
    const { url } = await admitted.browser.follow(admitted.body.resume!, ({ port }) => port === '9');
    const code = new URL(url).searchParams.get('code')!;
    const response = await fetch(`${config.origin}/oidc/token`, {
      method: 'POST',
      headers: {
        authorization: `Basic ${Buffer.from(`forum:${config.platforms[0]!.clientSecret}`).toString('base64')}`,
      },
      body: new URLSearchParams({
        grant_type: 'authorization_code',
        code,
        redirect_uri: config.platforms[0]!.redirectUris[0]!,
      }),
    });
    const tokens = (await response.json()) as { id_token: string; access_token: string };
    const claims = JSON.parse(Buffer.from(tokens.id_token.split('.')[1]!, 'base64url').toString());
    expect(claims).toMatchObject({
      sub: expect.stringMatching(/^[a-z2-7]{52}$/),
      preferred_username: 'wren',
      answerable: true,
      standing: 'good',
      over_16: true,
      residence: 'gb',
      reset_recent: false,
    });
    expect(claims.over_18).toBeUndefined();
    const me = await fetch(`${config.origin}/oidc/me`, {
      headers: { authorization: `Bearer ${tokens.access_token}` },
    });
    expect(await me.json()).toMatchObject({ sub: claims.sub, preferred_username: 'wren' });
    expect(JSON.stringify(scene.journal)).not.toContain(claims.sub);
  });

  it('signs in again with its key alone, and not at a place where it has no account', async () => {
    const person = scene.network.enrol();
    await scene.admit(person);
    expect((await scene.signIn(person)).body.resume).toBeDefined();
    expect((await scene.signIn(person, 2)).body.code).toBe('account_unknown');
  });

  it('shows a page that says who asks for what, and leads to the wallet with the request in the fragment', async () => {
    const { browser: visitor, address } = await scene.arrive();
    const html = await (await visitor.fetch(address)).text();
    expect(html).toContain('Sign in to The forum');
    expect(html).toContain('whether you are over 16');
    expect(html).not.toContain('whether you are over 18');
    expect(html).toContain('http://localhost:4601/#/ask?request=');
  });

  it('lets the person go back without signing in', async () => {
    const { browser: visitor, address } = await scene.arrive();
    const left = await visitor.fetch(`${address}/cancel`, { method: 'POST' });
    const { url } = await visitor.follow(left.headers.get('location')!, ({ port }) => port === '9');
    expect(new URL(url).searchParams.get('error')).toBe('access_denied');
  });
});

describe('what is refused', () => {
  it('the k + 1st account: after three, and of four at the same instant exactly three stand', async () => {
    const person = scene.network.enrol();
    const tries = await Promise.all([1, 2, 3, 4].map((slot) => scene.admit(person, { slot })));
    expect(tries.filter(({ body }) => body.resume)).toHaveLength(3);
    expect(tries.filter(({ body }) => body.code === 'accounts_exhausted')).toHaveLength(1);
    expect((await scene.admit(person, { slot: 4 })).body.code).toBe('accounts_exhausted');
    expect((await scene.admit(person, { slot: 2 })).body.code).toBe('slot_taken');
  });

  it('one slot twice at the same instant', async () => {
    const person = scene.network.enrol();
    const tries = await Promise.all([1, 1, 1].map((slot) => scene.admit(person, { slot })));
    expect(tries.map(({ body }) => body.code ?? 'in').sort()).toEqual(['in', 'slot_taken', 'slot_taken']);
  });

  it('a handle that somebody has; the same request then takes another one', async () => {
    await scene.admit(scene.network.enrol(), { handle: 'robin' });
    const second = await scene.admit(scene.network.enrol(), { handle: 'robin' });
    expect(second.body.code).toBe('handle_taken');
    const again = { ...second.answer, handle: 'robin_2' };
    expect((await postJson(second.browser, `${second.address}/answer`, again)).status).toBe(200);
  });

  it('a replayed answer', async () => {
    const admitted = await scene.admit(scene.network.enrol());
    const replayed = await postJson(admitted.browser, `${admitted.address}/answer`, admitted.answer);
    expect(await replayed.json()).toMatchObject({ code: 'nonce_spent' });
  });

  it('an answer in another browser, to another request, or to none', async () => {
    const visit = await scene.arrive();
    const checkpoint = scene.network.log.checkpoint();
    const answer = answerAsNew(scene.network.enrol(), visit.request, scene.network.policy, { checkpoint });
    const elsewhere = await postJson(browser(), `${visit.address}/answer`, answer);
    expect(await elsewhere.json()).toMatchObject({ code: 'wrong_browser' });
    const other = await scene.arrive();
    const moved = await postJson(other.browser, `${other.address}/answer`, {
      ...answer,
      request: other.request.message.request,
    });
    expect(await moved.json()).toMatchObject({ code: 'presentation_refused' });
    const none = await postJson(
      visit.browser,
      `${scene.config.origin}/interaction/unknown-one/answer`,
      answer,
    );
    expect(await none.json()).toMatchObject({ code: 'request_unknown' });
  });

  it('an answer that a page of another origin posts', async () => {
    const { browser: visitor, address } = await scene.arrive();
    const response = await visitor.fetch(`${address}/answer`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: 'http://localhost:4999' },
      body: '{}',
    });
    expect(await response.json()).toMatchObject({ code: 'forbidden' });
  });

  it.each([
    ['another label: the slot key of somebody else', { accountKey: 'A'.repeat(43) }, 'presentation_refused'],
    ['another notice handle', { noticeHandle: 'A'.repeat(43) }, 'presentation_refused'],
    ['an epoch of long ago', { epoch: 1 }, 'epoch_old'],
    ['a checkpoint the log never had', { checkpoint: { size: 4, root: 'A'.repeat(43) } }, 'checkpoint_old'],
    ['a checkpoint of the future', { checkpoint: { size: 400, root: 'A'.repeat(43) } }, 'checkpoint_old'],
    ['bytes that are no presentation', { presentation: 'AAAA' }, 'presentation_refused'],
    ['a slot that cannot be', { slot: 9 }, 'malformed'],
    ['a handle that cannot be', { handle: 'No Spaces' }, 'malformed'],
  ])('%s', async (_name, changed, code) => {
    const visit = await scene.arrive();
    const checkpoint = scene.network.log.checkpoint();
    const answer = answerAsNew(scene.network.enrol(), visit.request, scene.network.policy, { checkpoint });
    const before = await count('account');
    const response = await postJson(visit.browser, `${visit.address}/answer`, { ...answer, ...changed });
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    expect(await response.json()).toMatchObject({ code });
    expect(await count('account')).toBe(before);
  });

  it('a disclosed flag that was altered, though everything around it is signed again', async () => {
    const { network } = scene;
    const visit = await scene.arrive();
    const person = network.enrol({ over_16: 'no' });
    const answer = answerAsNew(person, visit.request, network.policy, {
      checkpoint: network.log.checkpoint(),
    });
    // version, then length and value of over_16: 'no' becomes 'yes', with the length that goes with it.
    const bytes = Buffer.from(answer.presentation, 'base64url');
    expect(bytes.subarray(1, 4).toString()).toBe('\u0002no');
    const altered = Buffer.concat([bytes.subarray(0, 1), Buffer.from('\u0003yes'), bytes.subarray(4)]);
    const signed = resign(person, visit.request, { ...answer, presentation: altered.toString('base64url') });
    const response = await postJson(visit.browser, `${visit.address}/answer`, signed);
    expect(await response.json()).toMatchObject({ code: 'presentation_refused' });
  });

  it('a proof for another scope, or with another registrar’s credential', async () => {
    const { network } = scene;
    const checkpoint = network.log.checkpoint();
    const visit = await scene.arrive();
    const { message } = visit.request;
    const otherScope = {
      ...visit.request,
      message: { ...message, scope: { ...message.scope, platform: 'lantern' } },
    };
    const stray = answerAsNew(network.enrol(), otherScope, network.policy, { checkpoint });
    const response = await postJson(visit.browser, `${visit.address}/answer`, stray);
    expect(await response.json()).toMatchObject({ code: 'presentation_refused' });
    const foreign = await startScene();
    try {
      const person = foreign.network.enrol();
      const again = await scene.arrive();
      const answer = answerAsNew(
        person,
        again.request,
        { ...network.policy, registrar: foreign.network.policy.registrar },
        { checkpoint },
      );
      const refused = await postJson(again.browser, `${again.address}/answer`, answer);
      expect(await refused.json()).toMatchObject({ code: 'presentation_refused' });
    } finally {
      await foreign.close();
    }
  });

  it('a page that another browser began, in plain words for who came with one', async () => {
    const { address } = await scene.arrive();
    const response = await browser().fetch(address, { headers: { accept: 'text/html' } });
    expect(response.status).toBe(403);
    expect(await response.text()).toContain('This answer belongs to another browser.');
  });

  it('a body that is too large, is not JSON, or is not an answer', async () => {
    const { browser: visitor, address } = await scene.arrive();
    const send = async (body: string) =>
      (
        await visitor.fetch(`${address}/answer`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body,
        })
      ).json();
    expect(
      await send(JSON.stringify({ kind: 'new-account', presentation: 'A'.repeat(20_000) })),
    ).toMatchObject({ code: 'body_too_large' });
    expect(await send('{')).toMatchObject({ code: 'malformed' });
    expect(await send('{"kind":"other"}')).toMatchObject({ code: 'malformed' });
  });

  it('a sign-in whose signature is for another request', async () => {
    const person = scene.network.enrol();
    await scene.admit(person);
    const [one, two] = [await scene.arrive(), await scene.arrive()];
    const stray = { ...answerAsKnown(person, one.request), request: two.request.message.request };
    const response = await postJson(two.browser, `${two.address}/answer`, stray);
    expect(await response.json()).toMatchObject({ code: 'signature_refused' });
  });
});

describe('time', () => {
  it('ends a request: its nonce expires', async () => {
    const brief = await startScene({ requestSeconds: 5 });
    try {
      const visit = await brief.arrive();
      const { checkpoint } = { checkpoint: brief.network.log.checkpoint() };
      const answer = answerAsNew(brief.network.enrol(), visit.request, brief.network.policy, { checkpoint });
      await withConnection(brief.databaseUrl, (run) =>
        run(`update request set expires_at = now() - interval '1 second'`),
      );
      const late = await postJson(visit.browser, `${visit.address}/answer`, answer);
      expect(await late.json()).toMatchObject({ code: 'nonce_expired' });
    } finally {
      await brief.close();
    }
  });

  it('is in a request, and so in the admission record, to the day only', async () => {
    const person = scene.network.enrol();
    const { expires } = (await scene.arrive()).request.message;
    expect(expires).toMatch(/T00:00:00Z$/);
    expect(Date.parse(expires)).toBeGreaterThan(Date.now());
    await scene.admit(person);
    const kept = await withConnection(scene.databaseUrl, (run) =>
      run(`select 1 from account where admission::text ~ 'T(?!00:00:00Z)\\d\\d:\\d\\d:'`),
    );
    expect(kept).toEqual([]);
  });

  it('keeps a credential of the last epoch good for the time of grace only', async () => {
    const { network } = scene;
    const epoch = Math.floor(Date.now() / 1000 / network.policy.epochSeconds);
    expect((await scene.admit(network.enrol({}, epoch - 2))).body.code).toBe('epoch_old');
    expect((await scene.admit(network.enrol({}, epoch + 2))).body.code).toBe('epoch_old');
  });
});
