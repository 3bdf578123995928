/** The gay person in a hostile community: two accounts that nobody can lay side by side. */
import { callJson } from '@answerable/kit/http-client';
import { sharedSecret } from '@answerable/practice-constellation/configs';
import type { RoleName } from '@answerable/practice-constellation/network';
import { people as listed } from '@answerable/practice-identity-provider/people';
import { ask, player, refusalOf } from '@answerable/practice-story/cast';
import { caseWith } from '@answerable/practice-story/desk-words';
import { moderators } from '@answerable/practice-story/staff';
import { rob } from '@answerable/practice-story/steal';
import type { World } from '@answerable/practice-story/world';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { readable } from '../privacy/cupboards.ts';
import { kindsIn, tracesLeft } from '../privacy/traces.ts';
import { expectBroken, seatOf, seatUnderTheBan, write } from './town.ts';

const him = listed.find(({ id }) => id === 'closeted')!;
const list = [{ name: `${him.givenName} ${him.familyName}`, birthDate: him.birthDate }];

export function closeted(given: () => World): void {
  it('has two lives, and nobody who has both forums lays them side by side; under the ban anybody', async () => {
    const world = given();
    const quiet = await seatOf(world, 'closeted', 'lantern', 'blue_window');
    const known = await seatOf(world, 'closeted', 'commons', 'choir_and_hills');
    await write(world, quiet, 'Telling my brother', 'He is the one who might understand.');
    await write(world, known, 'Choir on Sunday', 'We need two more basses.');
    const nothingLinks = async (roles: readonly RoleName[]) =>
      expect((await rob(world, roles, list)).claims.linked).toEqual([]);
    await nothingLinks(['commons', 'gateway-commons', 'desk', 'lantern', 'gateway-lantern', 'registrar']);
    await seatUnderTheBan(world, 'closeted', 'commons-of-the-ban');
    await seatUnderTheBan(world, 'closeted', 'lantern-of-the-ban');
    await expectBroken(() => nothingLinks(['commons-of-the-ban', 'lantern-of-the-ban']));
  });

  it('is safe from the community’s moderator, who has a case about the one account', async () => {
    const world = given();
    const known = await seatOf(world, 'closeted', 'commons', 'choir_and_hills');
    const post = await write(world, known, 'After choir', 'Tea for everybody.');
    const report = {
      targets: [post.locator],
      reasons: ['other'],
      statement: 'Who is this? He is not from here.',
    };
    const other = await seatOf(world, 'journalist', 'commons', 'two_columns');
    await ask(world, other, 'POST', '/report', report);
    const [moderator] = await moderators(world);
    const found = await caseWith(
      moderator,
      ({ items, headcount }) =>
        headcount.persons !== null && items.some((one) => one.locator === post.locator),
    );
    const view = await moderator.get(`/cases/${found.caseId}`);
    const traces = await tracesLeft(world, [player(world, 'closeted')]);
    expect(kindsIn(readable([view]), traces)).toEqual(['subs at Commons']);
  });

  it('is safe from that moderator’s software too: the other gateway does not answer it', async () => {
    const world = given();
    const { roles, tokens } = world.network;
    const traces = await tracesLeft(world, [player(world, 'closeted')]);
    const [here, there] = [traces['subs at Commons'][0], traces['subs at Lantern'][0]];
    const numbers = (gateway: 'gateway-commons' | 'gateway-lantern', subs: unknown[]) =>
      callJson(`${roles[gateway].origin}/desk/persons`, {
        body: { caseId: 'AAAAAAAAAAAAAAAAAAAAAA', subs },
        headers: { authorization: `Bearer ${sharedSecret(tokens, 'domain commons')}` },
        schema: z.object({ persons: z.array(z.object({ sub: z.string(), person: z.int() })) }),
      });
    expect(await refusalOf(() => numbers('gateway-lantern', [there]))).toBe('unauthorised');
    const { persons } = await numbers('gateway-commons', [here, there]);
    expect(persons.map(({ sub }) => sub)).toEqual([here]);
  });
}
