/** The young person: old enough for a predicate, too young for a birth date; can ask, is not named, gets help. */
import { fromBase64url } from '@answerable/core/bytes';
import { decodeCredential } from '@answerable/core/presentation/credential';
import { prove } from '@answerable/core/presentation/prove';
import { verifyPresentation } from '@answerable/core/presentation/verify';
import { policySource } from '@answerable/kit/policy-source';
import { ask, player, refusalOf, type Seat } from '@answerable/practice-story/cast';
import { barDecision, type CaseSeen, caseWith, effectsDone } from '@answerable/practice-story/desk-words';
import { moderators, until } from '@answerable/practice-story/staff';
import type { World } from '@answerable/practice-story/world';
import { admissionQuestion } from '@answerable/protocol/admission/question';
import type { AdmissionRecord } from '@answerable/protocol/disclosure/filing';
import { expect, it } from 'vitest';
import {
  answerableParties,
  expectBroken,
  expectUnnamed,
  type PostSeen,
  rowsOf,
  seatOf,
  seatUnderTheBan,
  write,
} from './town.ts';

export function young(given: () => World): void {
  it('asks at Lantern what cannot be asked at home; the forum learns “over 13”, and no more', async () => {
    const world = given();
    const own = await seatOf(world, 'young', 'lantern', 'asking_softly');
    await write(world, own, 'How do you know?', 'I think I like girls and I cannot ask anybody here.');
    expect((await player(world, 'young').wallet.look()).attributes).toMatchObject({
      over_13: 'yes',
      over_18: 'no',
    });
    const [kept] = await rowsOf(world, 'gateway-lantern', 'select claims from account where handle = $1', [
      'asking_softly',
    ]);
    expect(kept?.claims).toEqual({ over_13: true, reset_recent: false });
    const [shown] = await rowsOf(
      world,
      'lantern',
      'select birth_date, legal_name, email from account where id = $1',
      [own.id],
    );
    expect(shown).toEqual({ birth_date: null, legal_name: null, email: null });
  });

  it('says “not over 18” to who asks that, and still no birth date', async () => {
    const world = given();
    const policy = policySource(world.network.policyPath).current();
    const state = await player(world, 'young').device.load();
    const credential = decodeCredential(fromBase64url(state!.holding!.credential));
    const [row] = await rowsOf(world, 'gateway-lantern', 'select admission from account where handle = $1', [
      'asking_softly',
    ]);
    const { request, answer } = row!.admission as AdmissionRecord;
    const platformPolicy = { ...request.platformPolicy, disclose: ['over_18' as const] };
    const question = admissionQuestion(policy, { ...request, platformPolicy }, answer);
    const { disclosed } = verifyPresentation(prove(credential, question), question);
    expect(disclosed).toEqual({ over_18: 'no' });
  });

  it('cannot be named by anybody who opens everything; under the ban by whoever opens one forum', async () => {
    const world = given();
    await expectUnnamed(world, 'young', answerableParties);
    await seatUnderTheBan(world, 'young', 'lantern-of-the-ban');
    await expectBroken(() => expectUnnamed(world, 'young', ['lantern-of-the-ban']));
  });

  it('in distress gets help, keeps the account, and nobody can sanction it', async () => {
    const world = given();
    const own = await seatOf(world, 'young', 'commons', 'paper_moon');
    const post = await write(world, own, 'Tonight', 'I do not want to be here any more. I am so tired.');
    const neighbour = await seatOf(world, 'journalist', 'commons', 'two_columns');
    const report = { targets: [post.locator], reasons: ['worried-about-them'], statement: 'Please look.' };
    await ask(world, neighbour, 'POST', '/report', report);
    const [moderator] = await moderators(world);
    const found = await caseWith(moderator, ({ items }) => items.some((one) => one.locator === post.locator));
    const path = `/cases/${found.caseId}`;
    await moderator.post(`${path}/claim`);
    const assessment = { about: 'first-person-distress', items: [post.locator], note: '' };
    for (const decision of sanctionsOf(found))
      expect(await refusalOf(() => moderator.post(`${path}/decision`, { assessment, decision }))).toBe(
        'distress_no_sanction',
      );
    const care = { path: 'care', offerContact: true, welfareFlag: true };
    await moderator.post(`${path}/decision`, { assessment, decision: care });
    await effectsDone(moderator, found.caseId);
    const help = await until(async () => (await seen(world, own, post.id)).help ?? undefined, 'help');
    expect(help).toContain('116 123');
    expect((await seen(world, own, post.id)).text).toContain('so tired');
    expect(await refusalOf(() => write(world, own, 'Thank you', 'I called.'))).toBe('let in');
  });
}

const seen = async (world: World, by: Seat, id: string): Promise<PostSeen> =>
  (await ask<{ post: PostSeen }>(world, by, 'GET', `/posts/${id}`)).post;

/** Every rung of the ladder, on the person and on the account; and hiding the post. */
function sanctionsOf(found: CaseSeen): object[] {
  const { decision } = barDecision(found);
  const [measure] = decision.measures;
  const rungs = (['warn', 'restrict', 'suspend', 'bar'] as const).flatMap((step) =>
    (['person', 'account'] as const).map((who) => ({
      ...measure,
      step,
      holds: who,
      until: step === 'warn' ? null : measure!.until,
    })),
  );
  const hiding = { kind: 'hide-item', target: found.items[0]!.locator };
  return [...rungs, hiding].map((one) => ({ ...decision, measures: [one] }));
}
