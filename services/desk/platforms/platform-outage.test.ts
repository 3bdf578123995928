/**
 * The desk with a Mastodon that is away for an hour, wants patience, loses answers: nothing is lost, nothing is
 * done twice, and what happened to one account happens in its order.
 */

import { foreignLocator, foreignSub } from '@answerable/connector/foreign-name';
import { type FakeMastodon, fakeMastodon, mastodonToken } from '@answerable/connector/testing/fake-mastodon';
import { openDatabase, withConnection } from '@answerable/kit/database';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DeskTables } from '../schema.ts';
import { type DeskWorld, deskWorld, type Moderator, reasonsOf, snapshot } from '../testing/desk-world.ts';
import { conductFinding } from '../testing/example-case.ts';
import { connectorToken } from '../testing/fake-neighbours.ts';
import { createPlatformStore } from './platform-store.ts';

let fake: FakeMastodon;
let world: DeskWorld;
let a: Moderator;
const platform = 'town';
const alice = foreignSub(platform, '1');
const post = (id: string) => foreignLocator('post', platform, id);

beforeAll(async () => {
  fake = await fakeMastodon();
  const settings = { kind: 'mastodon', name: platform, origin: fake.origin, token: mastodonToken } as const;
  world = await deskWorld('desk-outage', {
    platform: { ...settings, connectorToken },
    gateway: null,
    barNeedsSecond: false,
  });
  a = await world.signIn('Moderator A');
  const { db, close } = await openDatabase<DeskTables>({ url: world.databaseUrl, migrations: [] });
  await createPlatformStore(db).memory.keepNames([
    { locator: `account/${alice}`, platform, address: '1', url: null },
    { locator: post('10'), platform, address: '10', url: null },
  ]);
  await close();
});
afterAll(async () => {
  await world.close();
  await fake.close();
});

const pending = () =>
  withConnection(world.databaseUrl, (run) => run("select code from outbox where state = 'pending'"));

async function suspend(locator: string, until: string): Promise<string> {
  await world.report([{ ...snapshot(locator, alice), platform }], {}, connectorToken);
  const { caseId } = await world.caseOf(a, locator);
  await a.post(`/cases/${caseId}/claim`);
  const measures = [{ kind: 'sanction', sub: alice, holds: 'account', step: 'suspend', until }];
  const decision = { path: 'conduct', measures, reasons: reasonsOf() };
  const { status } = await a.post(`/cases/${caseId}/decision`, {
    assessment: conductFinding([locator]),
    decision,
  });
  expect(status).toBe(200);
  return caseId;
}

/** So much time passes, with the desk looking at its clock on the way. */
async function pass(minutes: number): Promise<void> {
  for (let n = 0; n < minutes; n += 10) {
    world.clock.advance({ minutes: 10 });
    await world.desk.tick();
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
}

describe('a platform that is away for an hour', () => {
  it('is asked again, and acts once when it is back', async () => {
    fake.mood = { page: 503 };
    await suspend(post('10'), '2026-12-24');
    await pass(60);
    expect((await pending()).length).toBeGreaterThan(0);
    expect(fake.accounts.get('1')?.disabled).toBe(false);
    fake.mood = 'loses-answers';
    await pass(10);
    fake.mood = 'well';
    await pass(20);
    await expect.poll(pending).toEqual([]);
    expect(fake.accounts.get('1')?.disabled).toBe(true);
    expect(fake.asked.filter((one) => one.body.type === 'disable')).toHaveLength(1);
    // The words follow the freeze, by e-mail: who is frozen out reads no messages.
    expect(fake.mails.length + fake.sent.length).toBe(1);
  });

  it('that wants an hour of patience is left alone for it', async () => {
    fake.mood = { status: 429, retryAfter: '3600' };
    world.clock.advance({ days: 60 });
    await world.desk.tick();
    await expect
      .poll(async () => [...new Set((await pending()).map((one) => one.code))])
      .toEqual(['too_many_requests']);
    const asked = fake.asked.length;
    await pass(50);
    expect(fake.asked).toHaveLength(asked);
    fake.mood = 'well';
    await pass(20);
    await expect.poll(pending).toEqual([]);
    expect(fake.accounts.get('1')?.disabled).toBe(false);
  });
});

describe('a token that was taken back', () => {
  it('stops nothing else, and the act is done when there is a token again', async () => {
    a = await world.signIn('Moderator A');
    fake.mood = { status: 401 };
    await suspend(post('12'), '2027-12-24');
    await expect.poll(async () => (await pending()).map((one) => one.code)).toContain('unauthorised');
    fake.mood = 'well';
    await pass(20);
    await expect.poll(pending).toEqual([]);
    expect(fake.accounts.get('1')?.disabled).toBe(true);
  });
  it('one without the right: the act waits for a person', async () => {
    fake.mood = { status: 403 };
    await world.report([{ ...snapshot(post('13'), alice), platform }], {}, connectorToken);
    const { caseId } = await world.caseOf(a, post('13'));
    await a.post(`/cases/${caseId}/holds`, { target: post('13') });
    const { hands } = (await a.get('/todo')).body;
    expect(hands[0]).toMatchObject({ kind: 'hide-item', target: post('13') });
    fake.mood = 'well';
  });
});

describe('the page about the platform', () => {
  it('says as whom it is reached, what is missing, and what a person does', async () => {
    fake.mood = 'well';
    const { body } = await a.get('/platform');
    expect(body).toMatchObject({ kind: 'mastodon', reached: true, as: 'desk', missing: [] });
    const hide = body.abilities.find((one: { kind: string }) => one.kind === 'hide-item');
    expect(hide).toMatchObject({ does: 'no' });
    fake.permissions = '16';
    expect((await a.get('/platform')).body.missing).toContain('Manage Users');
    fake.mood = { page: 503 };
    expect((await a.get('/platform')).body.reached).toBe(false);
    expect(JSON.stringify(body)).not.toContain(mastodonToken);
    expect(
      (await fetch(`${world.origin}/platform`, { headers: { accept: 'application/json' } })).status,
    ).toBe(401);
  });
});
