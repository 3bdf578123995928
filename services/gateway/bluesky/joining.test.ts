/** The way into a server of the AT Protocol, before a fake of it: who comes in, who does not, and what undoes that. */
import { foreignSub } from '@answerable/connector/foreign-name';
import { blueskyPassword, type FakeBluesky, fakeBluesky } from '@answerable/connector/testing/fake-bluesky';
import { practiceClock } from '@answerable/kit/clock';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { browser } from '../testing/browser.ts';
import { postJson } from '../testing/scene.ts';
import { signCall } from '../testing/wallet.ts';
import { startTown, type Town } from './testing/town.ts';

const clock = practiceClock();
const own = `did:plc:${'o'.repeat(24)}`;
const before = `did:plc:${'b'.repeat(24)}`;
let fake: FakeBluesky;
let town: Town;
beforeAll(async () => {
  fake = await fakeBluesky();
  fake.now = () => clock.now();
  fake.signUp(undefined, before);
  town = await startTown(
    { origin: fake.origin, adminPassword: blueskyPassword },
    { clock, platform: { bluesky: { ownAccounts: [own] } }, policy: { accountsMax: 2 } },
  );
  await town.round();
});
afterAll(async () => {
  await town.close();
  await fake.close();
});

const round = () => town.round();
const subOf = async (visit: { request: { message: { request: string } } }) => {
  const rows = await town.rows('select sub from bluesky_join where id = $1', [visit.request.message.request]);
  return String(rows[0]?.sub);
};
const standing = async (did: string) =>
  (await town.rows('select sub, revoked, down from bluesky_account where did = $1', [did]))[0];
const id = () => Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString('base64url');
const barOf = async (sub: string, step = 'bar') => {
  const sanction = id();
  const body = { sanction, caseId: sanction, sub, holds: 'person', step, until: '2099-01-01' };
  expect((await town.desk('sanctions', body)).status).toBe(200);
  return sanction;
};

describe('somebody joins', () => {
  it('with a code for one account, that is theirs once it is used', async () => {
    const visit = await town.join(town.network.enrol());
    expect(visit.request.message.scope).toMatchObject({ protocol: 'atproto', platform: 'forum' });
    expect(await town.joinedPage(visit)).toContain('Show my invite code');
    const code = await town.code(visit);
    expect(fake.codes.find((one) => one.code === code)?.forAccount).toMatch(/^did:invite:[0-9a-f]{32}$/);
    const did = fake.signUp(code)!;
    const page = await town.joinedPage(visit);
    expect(page).toContain('Your account is there');
    expect(page).toContain(did);
    expect(await standing(did)).toMatchObject({ sub: await subOf(visit), revoked: null, down: false });
    expect(fake.taken.size).toBe(0);
  });
  it('and learns of it when they come back with their wallet, without a second code', async () => {
    const person = town.network.enrol();
    const did = fake.signUp(await town.code(await town.join(person)))!;
    const back = await town.comeBack(person);
    const codes = fake.codes.length;
    expect((await town.askForCode(back)).status).toBe(303);
    expect(fake.codes).toHaveLength(codes);
    expect(await town.joinedPage(back)).toContain(did);
  });
  it('by moving an account here that they said', async () => {
    const visit = await town.join(town.network.enrol());
    const moved = `did:plc:${'m'.repeat(24)}`;
    fake.signUp(await town.code(visit, moved), moved);
    expect(await town.joinedPage(visit)).toContain('Your account is there');
    expect(await standing(moved)).toMatchObject({ revoked: null });
  });
  it('and those of before, and the operator’s own, stay as they were', async () => {
    fake.signUp(undefined, own);
    await round();
    expect(await standing(own)).toMatchObject({ sub: null, revoked: null });
    expect(await standing(before)).toMatchObject({ sub: null, revoked: null });
    expect([...fake.taken.keys()]).not.toContain(own);
    expect([...fake.taken.keys()]).not.toContain(before);
  });
});

describe('an account that its holder closes', () => {
  it('goes on there no longer, also once it is erased here', async () => {
    const person = town.network.enrol();
    const visit = await town.join(person);
    const did = fake.signUp(await town.code(visit))!;
    await town.joinedPage(visit);
    const said = signCall(person, visit.request.message.scope, 'gateway', { kind: 'close' });
    expect((await postJson({ fetch }, `${town.config.origin}/account/calls`, said)).status).toBe(200);
    await round();
    expect(fake.taken.has(did)).toBe(true);
    expect((await town.askForCode(visit)).status).toBe(403);
    await town.erase('2099-01-01');
    expect(await standing(did)).toMatchObject({ sub: null, revoked: 'closed', down: true });
    await round();
    expect(fake.taken.has(did)).toBe(true);
  });
});

describe('a server that leaves this gateway', () => {
  it('keeps the accounts of its members, though each is closed here, and whoever comes after', async () => {
    const own = practiceClock();
    const server = await fakeBluesky();
    server.now = () => own.now();
    const leaves = new Date(own.now().getTime() + 30 * 86_400_000).toISOString().slice(0, 10);
    const leaving = await startTown(
      { origin: server.origin, adminPassword: blueskyPassword },
      { clock: own, platform: { leaves } },
    );
    await leaving.round();
    const visit = await leaving.join(leaving.network.enrol());
    const did = server.signUp(await leaving.code(visit))!;
    await leaving.round();
    own.advance({ days: 31 });
    await leaving.restart();
    await expect.poll(() => leaving.rows('select 1 from account where closed_day is null')).toEqual([]);
    const after = server.signUp(undefined)!;
    await leaving.round();
    expect([server.taken.has(did), server.taken.has(after)]).toEqual([false, false]);
    await leaving.close();
    await server.close();
  });
});

describe('is taken down: an account', () => {
  it('without a code, by the gateway’s own upkeep', async () => {
    const did = fake.signUp(undefined)!;
    await town.restart();
    await expect.poll(() => fake.taken.has(did)).toBe(true);
    await round();
    expect(await standing(did)).toMatchObject({ sub: null, revoked: 'no-code', down: true });
    expect(fake.taken.has(did)).toBe(true);
  });
  it('with a code that somebody else gave out', async () => {
    fake.codes.push({ code: 'friends', forAccount: 'admin', disabled: false, uses: [] });
    const did = fake.signUp('friends')!;
    await round();
    expect(await standing(did)).toMatchObject({ revoked: 'foreign-code', down: true });
  });
  it('that came second with one code', async () => {
    const visit = await town.join(town.network.enrol());
    const code = await town.code(visit);
    const first = fake.signUp(code)!;
    // A server that lets two in at the same instant.
    const second = `did:plc:${'s'.repeat(24)}`;
    const kept = fake.codes.find((one) => one.code === code)!;
    kept.uses.push({ usedBy: second, usedAt: clock.now().toISOString() });
    fake.accounts.push({ did: second, code });
    await round();
    expect(await standing(first)).toMatchObject({ revoked: null, down: false });
    expect(await standing(second)).toMatchObject({ sub: null, revoked: 'code-used-before', down: true });
  });
  it('that came after the code’s time, while we could not end it', async () => {
    const person = town.network.enrol();
    const visit = await town.join(person);
    const code = await town.code(visit);
    clock.advance({ minutes: 17 });
    const did = fake.signUp(code)!;
    await round();
    expect(await standing(did)).toMatchObject({ revoked: 'code-over', down: true });
    const page = await town.joinedPage(visit);
    expect(page).toContain('An account was taken down');
    // The person is not shut out for it.
    const again = fake.signUp(await town.code(visit))!;
    expect(await town.joinedPage(visit)).toContain(again);
  });
  it('other than the one that was said', async () => {
    const visit = await town.join(town.network.enrol());
    const did = fake.signUp(await town.code(visit, `did:plc:${'x'.repeat(24)}`))!;
    await round();
    expect(await standing(did)).toMatchObject({ revoked: 'other-account', down: true });
    expect(await town.joinedPage(visit)).toContain('it is not the account that its invite code was for');
  });
  it('of somebody who was barred between code and account; and it is back when that is lifted', async () => {
    const visit = await town.join(town.network.enrol());
    const code = await town.code(visit);
    const id = await barOf(await subOf(visit));
    const did = fake.signUp(code)!;
    await round();
    expect(await standing(did)).toMatchObject({ sub: await subOf(visit), down: true });
    expect(fake.taken.has(did)).toBe(true);
    await town.desk(`sanctions/${id}/lift`, {});
    await round();
    expect(fake.taken.has(did)).toBe(false);
    expect(await standing(did)).toMatchObject({ down: false });
  });
});

describe('a person who is barred', () => {
  it('is taken down with every account, refused again at the door, and let back in on appeal', async () => {
    const person = town.network.enrol();
    const visits = [await town.join(person, 1), await town.join(person, 2)];
    const dids: string[] = [];
    for (const visit of visits) dids.push(fake.signUp(await town.code(visit))!);
    await round();
    const id = await barOf(await subOf(visits[0]!));
    await round();
    expect(dids.map((did) => fake.taken.has(did))).toEqual([true, true]);
    const again = await town.arriveAtJoin();
    expect(await town.answer(again, town.answerNew(again, person, 1))).toMatchObject({
      status: 403,
      body: { code: 'barred' },
    });
    // A page that was open before gives no code either.
    expect((await town.askForCode(visits[0]!)).status).toBe(403);
    expect(await town.joinedPage(visits[0]!)).toContain('Read the reasons');
    await town.desk(`sanctions/${id}/lift`, {});
    await round();
    expect(dids.map((did) => fake.taken.has(did))).toEqual([false, false]);
  });
  it('stays down where the server’s own people took the account down, whatever we lift', async () => {
    const visit = await town.join(town.network.enrol());
    const did = fake.signUp(await town.code(visit))!;
    await town.joinedPage(visit);
    fake.taken.set(did, 'theirs');
    const id = await barOf(await subOf(visit));
    await round();
    await town.desk(`sanctions/${id}/lift`, {});
    await round();
    expect(fake.taken.get(did)).toBe('theirs');
  });
  it('is taken down again when the server’s own people bring the account back meanwhile', async () => {
    const visit = await town.join(town.network.enrol());
    const did = fake.signUp(await town.code(visit))!;
    await town.joinedPage(visit);
    fake.taken.set(did, 'theirs');
    await barOf(await subOf(visit));
    await round();
    fake.taken.delete(did);
    await round();
    expect(fake.taken.get(did)).toBe('answerable-gateway');
  });
});

describe('refuses', () => {
  it('an answer in another browser', async () => {
    const visit = await town.arriveAtJoin();
    const stranger = { ...visit, browser: browser() };
    const answer = town.answerNew(visit, town.network.enrol());
    expect(await town.answer(stranger, answer)).toMatchObject({ body: { code: 'wrong_browser' } });
    // The control: in its own browser it is taken.
    expect((await town.answer(visit, answer)).status).toBe(200);
  });
  it('to show or give a code in another browser', async () => {
    const visit = await town.join(town.network.enrol());
    const code = await town.code(visit);
    const stranger = { ...visit, browser: browser() };
    expect(await town.joinedPage(stranger)).not.toContain(code);
    expect((await town.askForCode(stranger)).status).toBe(403);
  });
  it('a code before the wallet has answered', async () => {
    expect((await town.askForCode(await town.arriveAtJoin())).status).toBe(404);
  });
  it('the same answer twice, in the same way in and in another', async () => {
    const visit = await town.arriveAtJoin();
    const answer = town.answerNew(visit, town.network.enrol());
    expect((await town.answer(visit, answer)).status).toBe(200);
    expect(await town.answer(visit, answer)).toMatchObject({ body: { code: 'nonce_spent' } });
    const other = await town.arriveAtJoin();
    expect(await town.answer(other, answer)).toMatchObject({ status: 400, body: { code: 'malformed' } });
  });
  it('the k + 1st account', async () => {
    const person = town.network.enrol();
    await town.join(person, 1);
    await town.join(person, 2);
    const visit = await town.arriveAtJoin();
    expect(await town.answer(visit, town.answerNew(visit, person, 3))).toMatchObject({
      body: { code: 'accounts_exhausted' },
    });
  });
  it('a place that is no server of the AT Protocol', async () => {
    const response = await fetch(`${town.config.origin}/join/bank`, { redirect: 'manual' });
    expect(response.status).toBe(404);
  });
  it('a form of another page, and a DID that is none', async () => {
    const visit = await town.join(town.network.enrol());
    const foreign = await visit.browser.fetch(`${visit.address}/code`, {
      method: 'POST',
      body: new URLSearchParams({}),
      headers: { 'sec-fetch-site': 'cross-site' },
    });
    expect(foreign.status).toBe(403);
    expect((await town.askForCode(visit, 'alice.example')).status).toBe(400);
    expect(await town.joinedPage(visit)).toContain('Show my invite code');
  });
});

describe('a server that is away', () => {
  it('when the code is asked for: nothing is shown, and later there is one code', async () => {
    const visit = await town.join(town.network.enrol());
    fake.mood = { page: 502 };
    expect((await town.askForCode(visit)).status).toBe(503);
    expect(await town.joinedPage(visit)).toContain('does not answer');
    fake.mood = 'well';
    const code = await town.code(visit);
    expect(fake.signUp(code)).toBeDefined();
  });
  it('whose answer with the code was lost: that code is ended before another is asked for', async () => {
    const visit = await town.join(town.network.enrol());
    const codes = fake.codes.length;
    fake.loses = '/xrpc/com.atproto.server.createInviteCode';
    expect((await town.askForCode(visit)).status).toBe(503);
    fake.loses = undefined;
    const code = await town.code(visit);
    expect(fake.codes.length).toBe(codes + 2);
    expect(fake.codes[codes]).toMatchObject({ disabled: true });
    expect(fake.codes[codes + 1]).toMatchObject({ code, disabled: false });
  });
  it('when a code’s time is over: it is ended once the server is there', async () => {
    const visit = await town.join(town.network.enrol());
    const code = await town.code(visit);
    clock.advance({ minutes: 16 });
    fake.mood = { page: 502 };
    await expect(round()).rejects.toMatchObject({ code: 'unavailable' });
    const kept = fake.codes.find((one) => one.code === code)!;
    expect(kept.disabled).toBe(false);
    fake.mood = 'well';
    await round();
    expect(kept.disabled).toBe(true);
    expect(fake.signUp(code)).toBeUndefined();
    expect(await town.joinedPage(visit)).not.toContain(code);
  });
  it('when somebody is barred: they are taken down once it is there, even by a gateway that had lost its answer', async () => {
    const visit = await town.join(town.network.enrol());
    const did = fake.signUp(await town.code(visit))!;
    await town.joinedPage(visit);
    await barOf(await subOf(visit));
    fake.loses = '/xrpc/com.atproto.admin.updateSubjectStatus';
    await expect(round()).rejects.toMatchObject({ code: 'unavailable' });
    expect(await standing(did)).toMatchObject({ down: false });
    fake.loses = undefined;
    await round();
    expect(await standing(did)).toMatchObject({ down: true });
    expect(fake.taken.get(did)).toBe('answerable-gateway');
  });
});

describe('the desk', () => {
  it('names an account as it sees it on the server, in what it asks and what it hears, and nothing else', async () => {
    const person = town.network.enrol();
    const visits = [await town.join(person, 1), await town.join(person, 2)];
    const did = fake.signUp(await town.code(visits[0]!))!;
    await town.joinedPage(visits[0]!);
    const deskName = foreignSub('forum', did);
    const subs = [await subOf(visits[0]!), await subOf(visits[1]!)];
    const stranger = foreignSub('forum', before);
    const caseId = id();
    const { body } = await town.desk('persons', { caseId, subs: [deskName, subs[1], stranger] });
    const persons = body.persons as unknown as { sub: string; person: number }[];
    expect(persons.map(({ sub }) => sub).sort()).toEqual([deskName, subs[1]].sort());
    expect(new Set(persons.map((one) => one.person)).size).toBe(1);
    const warned = await town.desk('sanctions', {
      ...{ sanction: id(), caseId, sub: deskName, holds: 'person', step: 'warn', until: null },
    });
    expect(warned.body.accounts).toEqual([deskName, subs[1]]);
    // Somebody else's account, which nobody was admitted for, stays nobody's.
    const refused = { sanction: id(), caseId, sub: stranger, holds: 'person', step: 'warn', until: null };
    expect(await town.desk('sanctions', refused)).toMatchObject({ status: 404 });
  });
  it('with another’s token is refused before anything is renamed', async () => {
    expect((await town.desk('persons', { caseId: id(), subs: [] }, 'x'.repeat(40))).status).toBe(401);
  });
});

describe('two at once', () => {
  it('one person asking twice at the same instant has one code that works', async () => {
    const visit = await town.join(town.network.enrol());
    const codes = fake.codes.length;
    await Promise.all([town.askForCode(visit), town.askForCode(visit)]);
    const code = await town.code(visit);
    const live = fake.codes.slice(codes).filter(({ disabled }) => !disabled);
    expect(live.map((one) => one.code)).toEqual([code]);
  });
});

it('the journal has no code, no DID, no mark and no sub', async () => {
  const lines = town.journal.join('\n');
  expect(lines).not.toMatch(/did:|town-example-/);
  for (const { sub } of await town.rows('select sub from account')) expect(lines).not.toContain(String(sub));
});
