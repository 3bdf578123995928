/** Where software may not settle it: two people look, a record is suspended, a place says whom it does not take in. */
import { withConnection } from '@answerable/kit/database';
import { platformPolicy } from '@answerable/protocol/platform-policy';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createBrowser } from './browser.ts';
import { type ConsoleVisit, firstAdmin, inviteTo } from './console-visit.ts';
import { practiceReferee, type Referee, vouchedBy } from './referee.ts';
import { startTrialNetwork, type TrialNetwork } from './testing/trial-network.ts';
import { enrolAs, visitForum } from './visit.ts';

let network: TrialNetwork;
let admin: ConsoleVisit;
let second: ConsoleVisit;
let referees: Referee[];
let reviewers: ConsoleVisit[];

beforeAll(async () => {
  network = await startTrialNetwork();
  const origin = network.origin('registrar');
  admin = await firstAdmin(origin, network.operatorToken);
  second = await inviteTo(origin, admin, { name: 'Second', roles: ['admin'] });
  const at = { name: 'The Refuge', kind: 'refuge' };
  const first = await practiceReferee(origin, admin, { name: 'Ada', at });
  referees = [first, await practiceReferee(origin, admin, { name: 'Ben', at: first.organisation })];
  reviewers = await Promise.all(
    ['Rae', 'Ray', 'Roy'].map((name) => inviteTo(origin, admin, { name, roles: ['reviewer'] })),
  );
});
afterAll(() => network?.close());

const rows = (text: string) => withConnection(network.databases.registrar!.url, (run) => run(text));
const person = (given: string) => ({ given, family: 'Twin', birthDate: '1990-01-01' });
const wallet = () => network.wallet();

/** Somebody whose name and birth date are on record already, and who asks that people look. */
async function unsure(given: string) {
  await vouchedBy(referees[0]!, person(given), wallet());
  const other = wallet();
  await expect(vouchedBy(referees[1]!, person(given), other)).rejects.toMatchObject({
    code: 'person_unsure',
  });
  expect(await other.askReview()).toMatchObject({ state: 'waiting' });
  return other;
}
const session = async (one: Awaited<ReturnType<typeof unsure>>) => (await one.state())!.session!;
const says = (by: ConsoleVisit, id: string, verdict: string, reason = 'common-name') =>
  by.send(`/reviews/${id}`, { verdict, reason });

describe('the same name and birth date, and no document', () => {
  it('two people say “somebody else”, apart from each other, and the person joins', async () => {
    const other = await unsure('Mary');
    const { id } = await session(other);
    const page = await reviewers[0]!.page(`/reviews/${id}`);
    expect(page.text).toContain('Mary Twin');
    expect(page.text).toContain('One record has');
    expect((await says(reviewers[0]!, id, 'different')).status).toBe(303);
    expect((await says(reviewers[0]!, id, 'different')).status).toBe(403);
    expect(await other.askReview()).toMatchObject({ state: 'waiting' });
    expect((await reviewers[1]!.page(`/reviews/${id}`)).text).not.toContain('Rae');
    await says(reviewers[1]!, id, 'different');
    expect(await other.askReview()).toMatchObject({ state: 'different' });
    expect(await other.finishEnrolment({ session: id })).toMatchObject({
      end: 'joined',
      identity: { name: 'Mary Twin' },
    });
    expect(await rows('select * from review')).toEqual([]);
  });

  it('“somebody else” twice is one new person, not two', async () => {
    const other = await unsure('Jan');
    const again = wallet();
    await expect(vouchedBy(referees[0]!, person('Jan'), again)).rejects.toMatchObject({
      code: 'person_unsure',
    });
    await again.askReview();
    for (const one of [other, again])
      for (const by of reviewers.slice(0, 2)) await says(by, (await session(one)).id, 'different');
    await other.askReview();
    await again.askReview();
    expect(await other.finishEnrolment({ session: (await session(other)).id })).toMatchObject({
      end: 'joined',
    });
    await expect(again.finishEnrolment({ session: (await session(again)).id })).rejects.toMatchObject({
      code: 'person_unsure',
    });
  });

  it('two people who differ leave it open; a third settles it', async () => {
    const other = await unsure('Ann');
    const { id } = await session(other);
    await says(reviewers[0]!, id, 'different');
    await says(reviewers[1]!, id, 'more', 'document-wanted');
    expect(await other.askReview()).toMatchObject({ state: 'waiting' });
    await says(reviewers[2]!, id, 'more', 'referee-wanted');
    expect(await other.askReview()).toMatchObject({ state: 'more' });
    await expect(other.finishEnrolment({ session: id })).rejects.toMatchObject({ code: 'session_state' });
    expect((await says(reviewers[2]!, id, 'different')).status).toBe(409);
  });

  it('“the person on record” adds what was shown there, and nobody joins twice', async () => {
    network.clock.advance({ days: 1 });
    await Promise.all([...reviewers, ...referees.map(({ visit }) => visit)].map((one) => one.signIn()));
    await vouchedBy(referees[0]!, { given: 'Noor', family: 'Bellamy', birthDate: '2001-05-25' }, wallet());
    const other = wallet();
    await expect(enrolAs({ person: 'newcomer' }, other)).rejects.toMatchObject({ code: 'person_unsure' });
    await other.askReview();
    const { id } = await session(other);
    await says(reviewers[0]!, id, 'same', 'second-source');
    await says(reviewers[1]!, id, 'same', 'second-source');
    expect(await other.askReview()).toMatchObject({ state: 'same' });
    await expect(enrolAs({ person: 'newcomer' }, wallet())).rejects.toMatchObject({ code: 'person_known' });
    expect(
      (
        await rows(
          "select count(*) as n from record r join tag t on t.record_id = r.id where kind = 'strong'",
        )
      )[0]?.n,
    ).not.toBe('0');
  });

  it('who lost words and devices, and has no document, asks for a reset by two people’s word', async () => {
    const old = wallet();
    await vouchedBy(referees[1]!, person('Lou'), old);
    const other = wallet();
    await expect(vouchedBy(referees[0]!, person('Lou'), other, 'reset')).rejects.toMatchObject({
      code: 'person_unsure',
    });
    await other.askReview();
    const { id } = await session(other);
    for (const by of reviewers.slice(0, 2)) await says(by, id, 'same', 'second-source');
    expect(await other.askReview()).toMatchObject({ state: 'same' });
    expect(await other.finishEnrolment({ session: id })).toMatchObject({ end: 'waiting' });
  });

  it('what waits is sealed, stands in no record by name, and is erased when its time is over', async () => {
    const other = await unsure('Eve');
    for (const table of ['review', 'review_word', 'ledger', 'session'])
      for (const { row } of await rows(`select to_jsonb(t)::text as row from "${table}" t`))
        expect(String(row)).not.toMatch(/twin|1990-01-01|bellamy/i);
    expect((await rows("select count(*)::int as n from ledger where body->>'kind' = 'reviewed'"))[0]?.n).toBe(
      13,
    );
    network.clock.advance({ days: 15 });
    await expect(other.askReview()).rejects.toMatchObject({ code: 'session_unknown' });
    await expect.poll(() => rows('select * from review')).toEqual([]);
  });

  it('a document number that a referee typed takes nobody’s place from who holds the document', async () => {
    await Promise.all([...reviewers, ...referees.map(({ visit }) => visit)].map((one) => one.signIn()));
    const document = { documentKind: 'passport', documentIssuer: 'GBR', documentNumber: '521300105' };
    const thief = { given: 'Somebody', family: 'Else', birthDate: '1970-01-01', ...document };
    await vouchedBy(referees[0]!, thief, wallet());
    const holder = wallet();
    const enrol = (one: typeof holder) => enrolAs({ person: 'whistleblower' }, one);
    await expect(enrol(holder)).rejects.toMatchObject({ code: 'person_unsure' });
    await holder.askReview();
    const { id } = await session(holder);
    for (const by of reviewers.slice(0, 2)) await says(by, id, 'different', 'second-source');
    const { code } = await holder.askReview();
    expect(await holder.finishEnrolment({ session: id, ...(code ? { code } : {}) })).toMatchObject({
      end: 'joined',
    });
    await expect(enrol(wallet())).rejects.toMatchObject({ code: 'person_known' });
    // Nor does it begin a reset of who has proved it.
    await expect(vouchedBy(referees[0]!, thief, wallet(), 'reset')).rejects.toMatchObject({
      code: 'person_unsure',
    });
  });

  it('nobody is looked at whom a document settles, and nobody looks but reviewers', async () => {
    await Promise.all(
      [...reviewers, ...referees.map(({ visit }) => visit), admin, second].map((one) => one.signIn()),
    );
    const fresh = wallet();
    await vouchedBy(referees[0]!, person('Zoe'), fresh);
    await expect(fresh.askReview()).rejects.toMatchObject({ code: 'session_state' });
    expect((await referees[0]!.visit.page('/reviews')).status).toBe(403);
    expect((await reviewers[0]!.page(`/reviews/${'A'.repeat(22)}`)).status).toBe(404);
    expect((await says(reviewers[0]!, 'A'.repeat(22), 'different')).status).toBe(404);
  });
});

describe('a suspension', () => {
  const say = (by: ConsoleVisit, record: string, wish: string, reason: string) =>
    by.send('/suspensions', { record, wish, reason });

  it('for fraud takes two, and so does letting go on; renewals stop in between', async () => {
    const one = wallet();
    await enrolAs({ person: 'neighbour' }, one);
    const { recordPoint } = (await one.state())!.holding!;
    await say(admin, recordPoint, 'suspend', 'fraud');
    await one.renew();
    expect((await say(admin, recordPoint, 'suspend', 'fraud')).status).toBe(403);
    await say(second, recordPoint, 'suspend', 'fraud');
    await expect(one.renew()).rejects.toMatchObject({ code: 'record_suspended' });
    await say(admin, recordPoint, 'lift', 'fraud');
    await expect(one.renew()).rejects.toMatchObject({ code: 'record_suspended' });
    await say(second, recordPoint, 'lift', 'fraud');
    await one.renew();
    await say(admin, recordPoint, 'suspend', 'death');
    await expect(one.renew()).rejects.toMatchObject({ code: 'record_suspended' });
  });

  it('is nobody’s but an admin’s, and of a record that is there', async () => {
    expect((await say(reviewers[0]!, 'A'.repeat(64), 'suspend', 'death')).status).toBe(403);
    expect((await say(admin, 'A'.repeat(64), 'suspend', 'death')).status).toBe(404);
    expect((await say(admin, 'x', 'suspend', 'death')).status).toBe(400);
  });
});

describe('a place that takes in nobody who was vouched for', () => {
  it('says so in public, refuses them, and takes in who showed a document', async () => {
    const [vouched, shown] = [wallet(), wallet()];
    await vouchedBy(referees[1]!, person('Ivy'), vouched);
    await enrolAs({ person: 'journalist' }, shown);
    const visit = (one: typeof vouched, handle: string) =>
      visitForum(network.strictForum, one, { way: 'new', slot: 1, handle }, createBrowser(), (url) =>
        url.href.startsWith(network.forum.redirectUri),
      );
    await expect(visit(vouched, 'ivy')).rejects.toMatchObject({ code: 'vouched_refused' });
    expect((await visit(shown, 'somebody')).url).toContain(network.forum.redirectUri);
  });

  it('cannot refuse them without saying so, nor ask how somebody was identified without saying what for', () => {
    const policy = {
      v: 1,
      platform: 'p',
      title: 'P',
      accountsMax: 1,
      disclose: ['assurance'],
      grounds: [],
      sanctionsHoldThePerson: true,
      resetNeedsModerator: true,
    };
    expect(platformPolicy.safeParse({ ...policy, vouched: 'refused' }).success).toBe(true);
    expect(platformPolicy.safeParse({ ...policy, vouched: 'accepted' }).success).toBe(true);
    expect(platformPolicy.safeParse(policy).success).toBe(false);
    expect(platformPolicy.safeParse({ ...policy, disclose: [], vouched: 'refused' }).success).toBe(false);
  });
});
