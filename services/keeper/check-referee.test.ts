/** A referee's word before a keeper: what counts, and what every forgery comes to. */
import { randomBytes } from 'node:crypto';
import { type PracticeClock, practiceClock } from '@answerable/kit/clock';
import { type Database, openDatabase } from '@answerable/kit/database';
import { passkeyRules } from '@answerable/kit/passkey';
import { type TestDatabase, testDatabase } from '@answerable/kit/testing/test-database';
import { type SoftwarePasskey, softwarePasskey } from '@answerable/practice-people/software-passkey';
import {
  type RefereeWord,
  refereeAssertion,
  refereeChallenge,
  refereeSubject,
} from '@answerable/protocol/enrolment/referee-word';
import type { TrustPolicy } from '@answerable/protocol/trust-policy';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { refereeCheck } from './check-referee.ts';
import { closeRefereeDay, type RefereeStore, refereeStore } from './referee-store.ts';
import { type KeeperTables, migrations } from './schema.ts';

const origin = 'https://registrar.example';
const policy = {
  referees: true,
  serial: 1,
  registrar: { name: 'registrar', title: 'Registrar', origin },
} as TrustPolicy;
const text = (bytes: number) => randomBytes(bytes).toString('base64url');
const organisation = text(16);
const day = '2026-11-27';

let place: TestDatabase;
let database: Database<KeeperTables>;
let referees: RefereeStore;
let clock: PracticeClock;
let passkey: SoftwarePasskey;
let publicKey = '';

beforeAll(async () => {
  place = await testDatabase('keeper-referees');
  database = await openDatabase<KeeperTables>({ url: place.url, migrations });
  referees = refereeStore(database.db);
  clock = practiceClock(new Date(`${day}T10:00:00Z`));
  passkey = softwarePasskey(origin);
  const challenge = text(32);
  const made = await passkeyRules({ origin, title: 'Registrar' }).checkMade(
    passkey.make({ challenge }) as never,
    (given) => given === challenge,
  );
  publicKey = made.publicKey;
  await stands('active', 1);
});
afterAll(async () => {
  await database?.close();
  await place?.drop();
});

const stands = (standing: 'active' | 'paused' | 'removed', change: number, credential = passkey.id) =>
  referees.take({ credential, organisation, publicKey, standing, change }, day);
const asked = () => ({ sessionKey: text(32), recallId: text(16) });
type Asked = ReturnType<typeof asked>;

/** What a referee signs for `one`, as the wallet would carry it. */
function vouched(
  one: Asked,
  changed: Partial<RefereeWord> = {},
  lie: Parameters<SoftwarePasskey['use']>[1] = {},
  by = passkey,
) {
  const at = changed.at ?? clock.now().toISOString();
  const bound = { purpose: 'return' as const, secretPoint: null, registrar: 'registrar', policySerial: 1 };
  const challenge = refereeChallenge({ ...bound, ...one, organisation, at, ...changed });
  const answer = by.use({ challenge }, lie) as { response: Record<string, string> };
  return refereeAssertion.parse({
    organisation,
    listing: text(32),
    at,
    credential: by.id,
    ...answer.response,
  });
}
const check = (assertion: ReturnType<typeof vouched>, one: Asked, under = policy) =>
  refereeCheck(clock, referees)(assertion, one, under);
const refused = { code: 'evidence_refused' };

describe('a referee’s word', () => {
  it('counts for its session and record, as a subject that names neither organisation nor person', async () => {
    const one = asked();
    const assertion = vouched(one);
    const { subject } = await check(assertion, one);
    expect(subject).toBe(refereeSubject(organisation, assertion.listing));
    expect(subject).not.toContain(organisation);
  });

  it('of two people counts in either order', async () => {
    const [first, second] = [asked(), asked()];
    const [one, two] = [vouched(first), vouched(second)];
    await check(two, second);
    await check(one, first);
  });

  it.each<[string, Partial<RefereeWord>]>([
    ['for another session', { sessionKey: text(32) }],
    ['for another record', { recallId: text(16) }],
    ['for no record', { recallId: null }],
    ['to join', { purpose: 'join' }],
    ['at another registrar', { registrar: 'other' }],
    ['under another policy', { policySerial: 2 }],
    ['of another organisation', { organisation: text(16) }],
  ])('%s is refused', async (_, changed) => {
    const one = asked();
    await expect(check(vouched(one, changed), one)).rejects.toMatchObject(refused);
  });

  it.each<[string, Parameters<SoftwarePasskey['use']>[1]]>([
    ['signed at another origin', { origin: 'https://elsewhere.example' }],
    ['signed for another host', { host: 'elsewhere.example' }],
    ['without a look at the referee', { unverified: true }],
  ])('%s is refused', async (_, lie) => {
    const one = asked();
    await expect(check(vouched(one, {}, lie), one)).rejects.toMatchObject(refused);
  });

  it('by a passkey that nobody named is refused, whatever it calls itself', async () => {
    const one = asked();
    const stranger = softwarePasskey(origin);
    await expect(check(vouched(one, {}, {}, stranger), one)).rejects.toMatchObject(refused);
    const dressed = { ...vouched(one, {}, {}, stranger), credential: passkey.id };
    await expect(check(dressed, one)).rejects.toMatchObject(refused);
  });

  it('of another organisation’s referee is refused, though the passkey is good', async () => {
    const one = asked();
    const other = text(16);
    const claimed = { ...vouched(one, { organisation: other }), organisation: other };
    await expect(check(claimed, one)).rejects.toMatchObject(refused);
  });

  it('that is older than ten minutes, or of tomorrow, is refused', async () => {
    const one = asked();
    const old = vouched(one);
    const ahead = vouched(one, { at: new Date(clock.now().getTime() + 86_400_000).toISOString() });
    await expect(check(ahead, one)).rejects.toMatchObject(refused);
    clock.advance({ minutes: 10, seconds: 1 });
    await expect(check(old, one)).rejects.toMatchObject(refused);
    await expect(check({ ...old, at: clock.now().toISOString() }, one)).rejects.toMatchObject(refused);
  });

  it('is worth nothing where the policy has no referees', async () => {
    const one = asked();
    const without = { ...policy, referees: false };
    await expect(check(vouched(one), one, without)).rejects.toMatchObject(refused);
  });

  it('whose counter came with another word is refused: two devices with one key', async () => {
    const [one, other] = [asked(), asked()];
    await check(vouched(one, {}, { counter: 900 }), one);
    await expect(check(vouched(other, {}, { counter: 900 }), other)).rejects.toMatchObject(refused);
  });
});

describe('how a referee’s passkey stands', () => {
  it('paused it counts not, active again it does, and an old message changes nothing', async () => {
    const one = asked();
    await stands('paused', 2);
    await expect(check(vouched(one), one)).rejects.toMatchObject(refused);
    await stands('active', 1);
    await expect(check(vouched(one), one)).rejects.toMatchObject(refused);
    await stands('active', 3);
    await check(vouched(one), one);
  });

  it('removed it stays removed; both are counted, and so is how many there are', async () => {
    const one = asked();
    const second = softwarePasskey(origin).id;
    await stands('active', 1, second);
    expect(await closeRefereeDay(database.db, day)).toEqual({ 'referee-keys': 2 });
    await stands('removed', 2, second);
    await stands('active', 3, second);
    expect(await closeRefereeDay(database.db, day)).toEqual({ 'referee-keys': 1 });
    const counts = await database.db.selectFrom('daily_count').selectAll().execute();
    expect(Object.fromEntries(counts.map(({ kind, count }) => [kind, count]))).toMatchObject({
      'referee-keys-added': 3,
      'referee-keys-removed': 2,
    });
    await check(vouched(one), one);
  });
});
