/**
 * The survivor in hiding. Somebody has her name, the key to her e-mail account, another person's sign-in, and in
 * the end every table; and does not find her.
 */
import { drawWords } from '@answerable/core/recall/words';
import { policySource } from '@answerable/kit/policy-source';
import type { RoleName } from '@answerable/practice-constellation/network';
import { people as listed } from '@answerable/practice-identity-provider/people';
import { enrolAs, returnAs } from '@answerable/practice-people/visit';
import { player, refusalOf } from '@answerable/practice-story/cast';
import { rob } from '@answerable/practice-story/steal';
import type { World } from '@answerable/practice-story/world';
import { memoryStore } from '@answerable/wallet/engine/state';
import { createWallet, type Wallet } from '@answerable/wallet/engine/wallet';
import { expect, it } from 'vitest';
import { readable } from '../privacy/cupboards.ts';
import { kindsIn, namedIn, tracesLeft } from '../privacy/traces.ts';
import { answerableParties, expectBroken, heldBy, rowsOf, seatOf, seatUnderTheBan, write } from './town.ts';

const her = listed.find(({ id }) => id === 'survivor')!;
const name = `${her.givenName} ${her.familyName}`;

export function survivor(given: () => World): void {
  it('asks about her new town, and lives there unnamed', async () => {
    const world = given();
    const own = await seatOf(world, 'survivor', 'commons', 'low_tide');
    await write(world, own, 'New here', 'Which doctor takes people?');
  });

  it('is not found with another person’s sign-in, nor with her own e-mail account and no words', async () => {
    const world = given();
    const heard: string[] = [];
    const tries = [
      () => returnAs({ person: 'hounder' }, overheard(world, heard), drawWords()),
      () => returnAs({ person: 'survivor' }, overheard(world, heard), drawWords()),
      () => enrolAs({ person: 'survivor' }, overheard(world, heard)),
    ];
    const codes = [];
    for (const attempt of tries) codes.push(await refusalOf(attempt));
    expect(codes).toEqual(['words_wrong', 'words_wrong', 'person_known']);
    expect(heard.length).toBeGreaterThan(10);
    const traces = await tracesLeft(world, [player(world, 'survivor')]);
    // R lies sealed beside the secret (D4): without the words nothing leads to the record, and nothing to an account.
    expect(kindsIn(readable(heard), traces)).toEqual([]);
    expect(namedIn(readable(heard), ['survivor'])).toEqual([]);
  });

  it('keeps her record when that somebody asks for a reset: her device objects', async () => {
    const world = given();
    const reset = () => enrolAs({ person: 'survivor' }, overheard(world, []), { purpose: 'reset' });
    expect(await reset()).toMatchObject({ end: 'waiting' });
    expect(await herWait(world)).toHaveLength(1);
    await player(world, 'survivor').wallet.objectToReset();
    expect(await herWait(world)).toEqual([]);
  });

  it('is not found in all the tables of all parties; under the ban in one', async () => {
    const world = given();
    const list = [{ name, birthDate: her.birthDate }];
    const nobodyFindsHer = async (roles: readonly RoleName[]) =>
      expect((await rob(world, roles, list)).claims.named).toEqual([]);
    await nobodyFindsHer(answerableParties);
    await seatUnderTheBan(world, 'survivor');
    await expectBroken(() => nobodyFindsHer(['commons-of-the-ban']));
  });

  it('has her address in no table of anybody', async () => {
    const { text } = await heldBy(given(), answerableParties);
    const { streetName, postalCode } = her.address;
    for (const word of [streetName, postalCode]) expect(text.toUpperCase()).not.toContain(word);
    expect(JSON.stringify({ her }).toUpperCase()).toContain(streetName);
  });
}

/** A wallet on a stranger's device; every answer that it gets is kept. */
function overheard(world: World, heard: string[]): Wallet {
  const source = policySource(world.network.policyPath);
  return createWallet({
    policy: source.current(),
    policyHash: source.hash(),
    async fetch(input, init) {
      const response = await fetch(input, init);
      const { host } = new URL(String(input instanceof Request ? input.url : input));
      const log = new URL(world.network.roles.logbook.origin).host;
      if (host !== log) heard.push(await response.clone().text());
      return response;
    },
    clock: { now: () => new Date() },
    store: memoryStore(),
    origin: world.network.roles.wallet.origin,
    pollMs: 100,
  });
}

async function herWait(world: World): Promise<unknown[]> {
  const state = await player(world, 'survivor').device.load();
  const query = `select 1 from record join record_key on record_id = record.id
    where record_point = $1 and reset_asked is not null`;
  return rowsOf(world, 'registrar', query, [state!.holding!.recordPoint]);
}
