/**
 * A gateway before a server of the AT Protocol dies before each thing that somebody's way in leaves behind, here or
 * there: between the record and the code, between the code there and its record here, between the account there and
 * whose it is. Started again there is one account, one that works at most, and no code that lies about.
 */

import { blueskyPassword, type FakeBluesky, fakeBluesky } from '@answerable/connector/testing/fake-bluesky';
import type { Credential } from '@answerable/core/presentation/credential';
import { startTown, type Town } from '@answerable/gateway/bluesky/testing/town';
import { token, type Visit } from '@answerable/gateway/testing/scene';
import { practiceClock } from '@answerable/kit/clock';
import { freePort } from '@answerable/kit/free-port';
import type { AdmissionAnswer } from '@answerable/protocol/admission/answer';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Effects, passThrough, placesOf } from './effects.ts';

/** Some twenty starts of a gateway. */
const timeoutMs = 600_000;
const clock = practiceClock(new Date(), 'practice');
let fake: FakeBluesky;
let town: Town;
let effects: Effects;
beforeAll(async () => {
  fake = await fakeBluesky();
  fake.now = () => clock.now();
  const server = { origin: fake.origin, adminPassword: blueskyPassword };
  town = await startTown(server, { clock, adminToken: token });
  await town.stop();
  const { config } = town;
  const [known, own] = [config.port, await freePort()];
  effects = await passThrough({
    databaseUrl: config.databaseUrl,
    gateway: { port: known, own },
    platformOrigin: fake.origin,
  });
  const [platform] = config.platforms;
  Object.assign(platform!.connector!, { origin: effects.platformOrigin });
  Object.assign(config, { port: own, databaseUrl: effects.databaseUrl });
  await town.restart();
});
afterAll(async () => {
  await effects?.close();
  await town?.close();
  await fake?.close();
});

/** How far somebody came, as far as they know. */
interface Reached {
  person: Credential;
  visit?: Visit;
  answer?: AdmissionAnswer;
  isIn?: boolean;
  code?: string;
  did?: string;
  isBound?: boolean;
}
async function comeIn(reached: Reached): Promise<void> {
  if (!reached.visit) {
    reached.visit = await town.arriveAtJoin();
    reached.answer = town.answerNew(reached.visit, reached.person);
  }
  const { visit, answer } = reached as { visit: Visit; answer: AdmissionAnswer };
  const { status, body } = await town.answer(visit, answer);
  if (status !== 200) throw new Error(body.code);
  reached.isIn = true;
  await makeAccount(reached);
}
async function makeAccount(reached: Reached): Promise<void> {
  const visit = reached.visit!;
  if (!reached.did) {
    reached.code ??= await town.code(visit);
    const did = fake.signUp(reached.code);
    // One that was ended: the page is loaded again.
    if (!did) delete reached.code;
    if (!did) return makeAccount(reached);
    reached.did = did;
  }
  reached.isBound = (await town.joinedPage(visit)).includes('Your account is there');
  if (!reached.isBound) throw new Error('the account is not bound');
}

const accountOf = async ({ person, visit }: Reached): Promise<string | undefined> => {
  if (!visit) return undefined;
  const { accountKey } = town.answerKnown(visit, person) as { accountKey: string };
  const rows = await town.rows('select sub from account where account_key = $1', [accountKey]);
  expect(rows.length).toBeLessThan(2);
  return rows[0]?.sub as string | undefined;
};

/** What somebody does who was left standing: the page again; else from the beginning, with the account if there is one. */
async function comeAgain(reached: Reached, isAccount: boolean): Promise<void> {
  const again = reached.isIn ? makeAccount : comeIn;
  const done = await again(reached).then(
    () => true,
    () => false,
  );
  if (done) return;
  const { person } = reached;
  reached.visit = isAccount ? await town.comeBack(person) : await town.join(person);
  await makeAccount(reached);
}

/** What a person who is barred meanwhile finds: reasons, no code, and their account down. */
async function whatBarredGets(reached: Reached, sub: string): Promise<string[]> {
  const found: string[] = [];
  const sanction = Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString('base64url');
  const bar = { sanction, caseId: sanction, sub, holds: 'person', step: 'bar', until: '2099-01-01' };
  expect((await town.desk('sanctions', bar)).status).toBe(200);
  await town.round();
  const { visit, answer, did, person } = reached;
  if (visit && answer) {
    await town.answer(visit, answer);
    if ((await town.askForCode(visit)).status === 303) found.push('a code was given out');
    if (/id="code"/.test(await town.joinedPage(visit))) found.push('a code is shown');
  }
  const back = await town.arriveAtJoin();
  const { body } = await town.answer(back, town.answerKnown(back, person));
  if (body.code !== 'barred') found.push('let in again');
  if (did && !fake.taken.has(did)) found.push('the account there is up');
  expect((await town.desk(`sanctions/${sanction}/lift`, {})).status).toBe(200);
  await town.round();
  if (did && fake.taken.has(did)) found.push('the account there stays down');
  return found;
}

const upkeepIsDone = () =>
  expect
    .poll(
      async () => {
        const headers = { authorization: `Bearer ${token}` };
        const state = await fetch(`${town.config.origin}/admin/state`, { headers });
        return ((await state.json()) as { upkeep: { at: string | null } }).upkeep.at;
      },
      { interval: 10 },
    )
    .not.toBeNull();

it(
  'a gateway killed at each step of a way into a server of the AT Protocol',
  async () => {
    await upkeepIsDone();
    effects.count();
    await comeIn({ person: town.network.enrol() });
    const all = [...effects.seen()];
    const died = new Set<string>();
    const wrong: string[] = [];
    // What comes before is the way of every admission: admission-killed.test.ts.
    const first = all.indexOf('commit');
    for (const place of placesOf(all).slice(first)) {
      const reached: Reached = { person: town.network.enrol() };
      const codes = fake.codes.length;
      await upkeepIsDone();
      if (await effects.dieBefore(place, () => comeIn(reached))) died.add(place.effect);
      await town.stop();
      effects.live();
      await town.restart();
      const say = (what: string) => wrong.push(`before ${place.effect}, ${place.nth}: ${what}`);
      const before = await accountOf(reached);
      if (reached.isIn && !before) say('an account that was acknowledged is lost');
      if (before) for (const what of await whatBarredGets(reached, before)) say(`barred: ${what}`);
      await comeAgain(reached, before !== undefined).catch((error: Error) => say(error.message));
      await town.round();
      const after = await accountOf(reached);
      if (before && after !== before) say('another account');
      const rows = await town.rows('select did, down from bluesky_account where sub = $1', [after ?? '']);
      expect(rows).toEqual([{ did: reached.did, down: false }]);
      if (fake.taken.has(reached.did!)) say('taken down for nothing');
      const made = fake.codes.slice(codes);
      if (made.filter(({ uses }) => uses.length > 0).length !== 1) say('not one code was used');
      if (made.some(({ uses, disabled }) => uses.length === 0 && !disabled)) say('a code lies about');
    }
    for (const place of all.slice(first)) if (!died.has(place)) wrong.push(`never died before ${place}`);
    expect(wrong).toEqual([]);
    expect(all).toEqual(
      expect.arrayContaining([
        'insert into bluesky_invitation',
        'asks the platform: POST /xrpc/com.atproto.server.createInviteCode',
        'update bluesky_invitation set',
        'insert into bluesky_account',
      ]),
    );
    // Whoever never comes back leaves no code either: its time is over.
    const gone: Reached = { person: town.network.enrol() };
    await upkeepIsDone();
    const kept = { effect: 'update bluesky_invitation set', nth: 0 };
    expect(await effects.dieBefore(kept, () => comeIn(gone))).toBe(true);
    await town.stop();
    effects.live();
    expect(gone.code).toBeUndefined();
    expect(fake.codes.at(-1)).toMatchObject({ disabled: false });
    clock.advance({ minutes: 17 });
    await town.restart();
    await upkeepIsDone();
    expect(fake.codes.at(-1)).toMatchObject({ disabled: true });
  },
  timeoutMs,
);
