/** Once per epoch: an account that exists shows again that it is the same person's, and nobody is barred by being away. */
import type { Credential } from '@answerable/core/presentation/credential';
import { prove } from '@answerable/core/presentation/prove';
import { type PracticeClock, practiceClock } from '@answerable/kit/clock';
import { withConnection } from '@answerable/kit/database';
import type { PresentAgain } from '@answerable/protocol/admission/answer';
import { admissionQuestion } from '@answerable/protocol/admission/question';
import { platformPolicyHash } from '@answerable/protocol/platform-policy';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { basic, claimsIn, clientOf } from '../testing/client.ts';
import { postJson, type Scene, startScene, token } from '../testing/scene.ts';
import { answerAgain, answerAsKnown, resign, signCall } from '../testing/wallet.ts';

let scene: Scene;
let clock: PracticeClock;
beforeAll(async () => {
  clock = practiceClock();
  scene = await startScene({ clock, others: [{ name: 'other' }] });
});
afterAll(() => scene?.close());

const rows = (text: string, values: unknown[] = []) =>
  withConnection(scene.databaseUrl, (run) => run(text, values));
/** To the first second in which the credentials of the epoch before count no more. */
function pastGrace(): void {
  const { epochSeconds, graceSeconds } = scene.network.policy;
  const into = Math.floor(clock.now().getTime() / 1000) % epochSeconds;
  clock.advance({ seconds: epochSeconds - into + graceSeconds + 1 });
}
const post = async (visit: Awaited<ReturnType<Scene['arrive']>>, answer: unknown) => {
  const response = await postJson(visit.browser, `${visit.address}/answer`, answer);
  return (await response.json()) as { resume?: string; code?: string };
};
const again = async (
  credential: Credential,
  change: (answer: PresentAgain) => unknown = (answer) => answer,
) => {
  const visit = await scene.arrive();
  const choice = { checkpoint: scene.network.log.checkpoint() };
  return post(visit, change(answerAgain(credential, visit.request, scene.network.policy, choice)));
};
const inboxOf = async (credential: Credential) => {
  const scope = {
    protocol: 'openid',
    kind: 'platform',
    origin: scene.config.origin,
    platform: 'forum',
  } as const;
  const call = signCall(credential, scope, 'gateway', { kind: 'inbox' }, 1, clock.now());
  const response = await fetch(`${scene.config.origin}/account/calls`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(call),
  });
  return (await response.json()) as { standing: string; presentAgain?: { agreed: string } };
};
const subOf = async (credential: Credential) => {
  const { accountKey } = answerAsKnown(credential, (await scene.arrive()).request);
  return (await rows('select sub, claims, admission from account where account_key = $1', [accountKey]))[0]!;
};

describe('an account', () => {
  it('is asked once when the epoch and its grace are over, and then signs in as ever', async () => {
    const person = scene.network.enrol();
    await scene.admit(person);
    const admitted = await subOf(person);
    expect((await scene.signIn(person)).body.resume).toBeDefined();
    expect(await inboxOf(person)).not.toHaveProperty('presentAgain');
    pastGrace();
    expect((await scene.signIn(person)).body.code).toBe('present_again');
    expect(await inboxOf(person)).toMatchObject({
      standing: 'good',
      presentAgain: { agreed: platformPolicyHash(scene.config.platforms[0]!.policy) },
    });
    const renewed = scene.network.renew(person);
    expect((await again(renewed)).resume).toBeDefined();
    expect((await scene.signIn(renewed)).body.resume).toBeDefined();
    expect(await inboxOf(renewed)).not.toHaveProperty('presentAgain');
    expect((await subOf(renewed)).admission).toEqual(admitted.admission);
    expect(await rows('select 1 from presented_again where sub = $1', [admitted.sub])).toHaveLength(1);
    expect(
      await rows('select 1 from presented p join account a on a.person = p.person where a.sub = $1', [
        admitted.sub,
      ]),
    ).toHaveLength(2);
  });

  it('is not asked in the days of grace, in which some wallets have the new credential and some have not', async () => {
    const person = scene.network.enrol();
    await scene.admit(person);
    const { epochSeconds } = scene.network.policy;
    const into = Math.floor(clock.now().getTime() / 1000) % epochSeconds;
    clock.advance({ seconds: epochSeconds - into + 1 });
    expect((await scene.signIn(person)).body.resume).toBeDefined();
    expect(await inboxOf(person)).not.toHaveProperty('presentAgain');
  });

  it('that was away for a year is asked once, and loses nothing', async () => {
    const person = scene.network.enrol();
    await scene.admit(person, { handle: 'faraway' });
    clock.advance({ days: 365 });
    expect((await again(person)).code).toBe('epoch_old');
    expect((await scene.signIn(person)).body.code).toBe('present_again');
    const back = scene.network.renew(person);
    expect((await again(back)).resume).toBeDefined();
    expect(await rows(`select 1 from account where handle = 'faraway' and closed_day is null`)).toHaveLength(
      1,
    );
  });

  it('shows what the policy asks as it is now, and the platform learns that', async () => {
    const query = {
      client_id: 'forum',
      response_type: 'code',
      scope: 'openid',
      redirect_uri: 'http://localhost:9/callback',
    };
    const person = scene.network.enrol({ over_16: 'no' });
    await clientOf(scene).signUp(person, query);
    pastGrace();
    const older = scene.network.renew(person, { over_16: 'yes' });
    const client = clientOf(scene);
    const visit = await client.arrive(query);
    const choice = { checkpoint: scene.network.log.checkpoint() };
    const back = await client.goOn(visit, answerAgain(older, visit.request, scene.network.policy, choice));
    const form = {
      grant_type: 'authorization_code',
      code: back.get('code')!,
      redirect_uri: query.redirect_uri,
    };
    const { body } = await client.token(form, basic('forum', token));
    expect(claimsIn(body.id_token)).toMatchObject({ over_16: true, standing: 'good' });
  });

  it('that answers again after a crash goes on; another answer to the same request does not', async () => {
    const person = scene.network.enrol();
    await scene.admit(person);
    pastGrace();
    const renewed = scene.network.renew(person);
    const visit = await scene.arrive();
    const choice = { checkpoint: scene.network.log.checkpoint() };
    const answer = answerAgain(renewed, visit.request, scene.network.policy, choice);
    expect((await post(visit, answer)).resume).toBeDefined();
    await rows(`update oidc_state set payload = payload - 'result' where model = 'Interaction'`);
    expect((await post(visit, answer)).resume).toBeDefined();
    expect((await post(visit, answer)).code).toBe('nonce_spent');
    await rows(`update oidc_state set payload = payload - 'result' where model = 'Interaction'`);
    const other = answerAgain(renewed, visit.request, scene.network.policy, choice);
    expect((await post(visit, other)).code).toBe('nonce_spent');
  });
});

describe('what is refused', () => {
  let person: Credential;
  let stranger: Credential;
  beforeAll(async () => {
    person = scene.network.enrol();
    stranger = scene.network.enrol();
    for (const one of [person, stranger]) await scene.admit(one);
    pastGrace();
    [person, stranger] = [scene.network.renew(person), scene.network.renew(stranger)];
  });
  const untouched = async () => expect((await scene.signIn(person)).body.code).toBe('present_again');

  it('another person’s proof, with the account key lent for it', async () => {
    const visit = await scene.arrive();
    const choice = { checkpoint: scene.network.log.checkpoint() };
    const own = answerAgain(person, visit.request, scene.network.policy, choice);
    const { accountKey, noticeHandle } = own;
    // The stranger proves with their own secret, over the label of this account.
    const facts = { epoch: stranger.epoch, checkpoint: choice.checkpoint, accountKey, noticeHandle };
    const question = admissionQuestion(scene.network.policy, visit.request.message, facts);
    const presentation = Buffer.from(prove(stranger, question)).toString('base64url');
    const { accountProof } = resign(person, visit.request, {
      ...own,
      kind: 'new-account',
      slot: 1,
      handle: 'nobody',
      presentation,
    });
    expect((await post(visit, { ...own, presentation, accountProof })).code).toBe('presentation_refused');
    await untouched();
  });

  it.each<[string, (answer: PresentAgain) => unknown, string]>([
    ['no proof at all', (answer) => ({ ...answer, presentation: 'AAAA' }), 'presentation_refused'],
    [
      'another notice handle',
      (answer) => ({ ...answer, noticeHandle: 'A'.repeat(43) }),
      'presentation_refused',
    ],
    [
      'a key that has no account',
      (answer) => ({ ...answer, accountKey: 'A'.repeat(43) }),
      'signature_refused',
    ],
    [
      'a signature that is not the account’s',
      (a) => ({ ...a, signature: a.accountProof }),
      'signature_refused',
    ],
    [
      'a proof that the account key does not stand for',
      (a) => ({ ...a, accountProof: a.signature }),
      'presentation_refused',
    ],
    ['an epoch of long ago', (answer) => ({ ...answer, epoch: 1 }), 'epoch_old'],
    ['a slot, which is not asked', (answer) => ({ ...answer, slot: 2 }), 'malformed'],
    ['a handle, which stays', (answer) => ({ ...answer, handle: 'another' }), 'malformed'],
  ])('%s', async (_name, change, code) => {
    expect((await again(person, change)).code).toBe(code);
    await untouched();
  });

  it('somebody without an account, in the place of a new one', async () => {
    const newcomer = scene.network.enrol();
    expect((await again(newcomer)).code).toBe('account_unknown');
  });

  it('a barred person, whose presentation then counts nothing', async () => {
    const barred = scene.network.enrol();
    await scene.admit(barred);
    const { sub } = await subOf(barred);
    pastGrace();
    const renewed = scene.network.renew(barred);
    await rows(
      `insert into sanction (id, case_id, person, sub, holds, step) select 's', 'c', person, sub, 'person', 'bar' from account where sub = $1`,
      [sub],
    );
    expect((await again(renewed)).code).toBe('barred');
    expect(await rows('select 1 from presented_again where sub = $1', [sub])).toEqual([]);
    expect(await inboxOf(renewed)).not.toHaveProperty('presentAgain');
  });
});
