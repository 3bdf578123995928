/** Restrictions at a server of the AT Protocol, before fakes of it and of a labeler: said as labels, or by a person. */
import { blueskyPassword, type FakeBluesky, fakeBluesky } from '@answerable/connector/testing/fake-bluesky';
import {
  type FakeOzone,
  fakeOzone,
  labelerDid,
  ozonePassword,
} from '@answerable/connector/testing/fake-ozone';
import type { Credential } from '@answerable/core/presentation/credential';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTown, type Town } from './testing/town.ts';

let fake: FakeBluesky;
let ozone: FakeOzone;
beforeAll(async () => {
  [fake, ozone] = [await fakeBluesky(), await fakeOzone()];
});
afterAll(async () => {
  await fake.close();
  await ozone.close();
});

const settings = () => ({ origin: fake.origin, adminPassword: blueskyPassword });
const labeler = () => ({ did: labelerDid, origin: ozone.origin, adminPassword: ozonePassword });
const labelled = (did: string) => ozone.labels().filter((label) => label.includes(did));
const eventually = { interval: 25 };

async function comeIn(town: Town, person: Credential, slot = 1): Promise<{ did: string; sub: string }> {
  const did = fake.signUp(await town.code(await town.join(person, slot)))!;
  await town.round();
  const [row] = await town.rows('select sub from bluesky_account where did = $1', [did]);
  return { did, sub: String(row?.sub) };
}
async function sanctioned(town: Town, sub: string, step: string): Promise<string> {
  const sanction = Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString('base64url');
  const body = { sanction, caseId: sanction, sub, holds: 'person', step, until: '2099-01-01' };
  expect((await town.desk('sanctions', body)).status).toBe(200);
  return sanction;
}

describe('with a labeler', () => {
  let town: Town;
  beforeAll(async () => {
    town = await startTown({ ...settings(), labeler: labeler() }, { policy: { accountsMax: 2 } });
    await town.round();
  });
  afterAll(() => town.close());

  it('a restriction labels every account of the person and nobody else’s, until it is lifted', async () => {
    const person = town.network.enrol();
    const [one, two] = [await comeIn(town, person), await comeIn(town, person, 2)];
    const other = await comeIn(town, town.network.enrol());
    const sanction = await sanctioned(town, one.sub, 'restrict');
    await expect
      .poll(() => [one, two, other].map(({ did }) => labelled(did).length), eventually)
      .toEqual([1, 1, 0]);
    expect([one, two].map(({ did }) => fake.taken.has(did))).toEqual([false, false]);
    await town.desk(`sanctions/${sanction}/lift`, {});
    await expect.poll(() => [one, two].flatMap(({ did }) => labelled(did)), eventually).toEqual([]);
  });

  it.each(['warn', 'suspend', 'bar'])('%s labels nobody', async (step) => {
    const { did, sub } = await comeIn(town, town.network.enrol());
    const events = ozone.events.length;
    await sanctioned(town, sub, step);
    await town.round();
    expect(fake.taken.has(did)).toBe(step !== 'warn');
    expect(ozone.events).toHaveLength(events);
    expect((await town.rows("select 1 from telling where sub = $1 and way = 'act'", [sub])).length).toBe(0);
  });

  it('an account that is made after the restriction is labelled once it is there', async () => {
    const person = town.network.enrol();
    const { sub } = await comeIn(town, person);
    await sanctioned(town, sub, 'restrict');
    const visit = await town.join(person, 2);
    // Its maker took their time: a person was asked meanwhile.
    await expect
      .poll(async () => {
        await town.rows(
          "update telling set since = '2026-01-01', next_at = to_timestamp(0) where state = 'pending'",
        );
        return (await town.rows("select 1 from telling where state = 'undone'")).length;
      }, eventually)
      .toBe(1);
    const did = fake.signUp(await town.code(visit))!;
    await town.round();
    await expect.poll(() => labelled(did).length, eventually).toBe(1);
    expect(await town.rows("select 1 from telling where state <> 'done'")).toEqual([]);
  });

  it('holds while the labeler is away, and is labelled when it is back', async () => {
    const { did, sub } = await comeIn(town, town.network.enrol());
    ozone.mood = { page: 502 };
    await sanctioned(town, sub, 'restrict');
    await expect
      .poll(() => town.rows("select code from telling where sub = $1 and way = 'act'", [sub]), eventually)
      .toEqual([{ code: 'unavailable' }]);
    ozone.mood = 'well';
    await expect.poll(() => labelled(did).length, eventually).toBe(1);
  });

  it('and of an account that is erased nothing of this stays', async () => {
    const person = town.network.enrol();
    const { did, sub } = await comeIn(town, person);
    await sanctioned(town, sub, 'restrict');
    await expect.poll(() => labelled(did).length, eventually).toBe(1);
    const left = () => town.rows("select 1 from connector_before where target like '%' || $1 || '%'", [sub]);
    expect(await left()).toHaveLength(1);
    await town.rows("update account set closed_day = '2026-01-01' where sub = $1", [sub]);
    expect(await town.erase('2099-01-01')).toBe(1);
    expect(await left()).toEqual([]);
  });
});

describe('without one', () => {
  it('a restriction is left to a person, in words; its end takes it off the list', async () => {
    const town = await startTown(settings());
    await town.round();
    const { sub } = await comeIn(town, town.network.enrol());
    const sanction = await sanctioned(town, sub, 'restrict');
    const undone = () =>
      town.rows("select kind, could from telling where sub = $1 and state = 'undone'", [sub]);
    const could = expect.stringContaining('name no labeler');
    await expect.poll(undone, eventually).toEqual([{ kind: 'restrict-account', could }]);
    await town.desk(`sanctions/${sanction}/lift`, {});
    expect(await undone()).toEqual([]);
    await town.close();
  });
});
