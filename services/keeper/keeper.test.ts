/** One keeper by itself: who may ask, how often, and what it never does. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { toBase64url } from '@answerable/core/bytes';
import { drawWholeKey } from '@answerable/core/presentation/scenario';
import { blindWords } from '@answerable/core/recall/recall';
import { drawWords } from '@answerable/core/recall/words';
import { randomBytes } from '@answerable/core/rng';
import { blindIdentifier, encodeIdentifier } from '@answerable/core/tag/tag';
import type { CeremonyParticipant } from '@answerable/kit/ceremony-participant';
import { after, dayOf, type PracticeClock, practiceClock } from '@answerable/kit/clock';
import { type Database, openDatabase } from '@answerable/kit/database';
import { silentJournal } from '@answerable/kit/journal';
import { createMetrics } from '@answerable/kit/metrics';
import type { PolicySource } from '@answerable/kit/policy-source';
import { type TestDatabase, testDatabase } from '@answerable/kit/testing/test-database';
import type { Witness } from '@answerable/kit/witness';
import {
  evaluationsPerSessionMax,
  isCountedIn,
  openDay,
} from '@answerable/protocol/enrolment/tag-evaluation';
import { type MessageLabel, messageLabels } from '@answerable/protocol/labels';
import { signMessage, verifyingKeyOf } from '@answerable/protocol/signed';
import type { TrustPolicy } from '@answerable/protocol/trust-policy';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keeperApp } from './app.ts';
import { refereeCheck } from './check-referee.ts';
import { loadKeeperKeys } from './keys.ts';
import { refereeStore } from './referee-store.ts';
import { type KeeperTables, migrations } from './schema.ts';
import { type KeeperStore, keeperStore } from './store.ts';

const registrarKey = randomBytes(32);
const folder = mkdtempSync(join(tmpdir(), 'answerable-keeper-'));
const id = () => toBase64url(randomBytes(16));
const subject = toBase64url(randomBytes(32));
const limits = { recallBudget: 20, recallPerDay: 5 } as TrustPolicy['limits'];

let place: TestDatabase;
let database: Database<KeeperTables>;
let store: KeeperStore;
let clock: PracticeClock;
let app: ReturnType<typeof keeperApp>;
let tokens = 0;

beforeAll(async () => {
  place = await testDatabase('keeper');
  database = await openDatabase<KeeperTables>({ url: place.url, migrations });
  store = keeperStore(database.db);
  clock = practiceClock(new Date('2026-11-23T10:00:00Z'));
  const policy = {
    registrar: { name: 'registrar', signingKey: verifyingKeyOf(registrarKey) },
    wallets: ['https://wallet.example'],
    limits,
  } as TrustPolicy;
  const policies: PolicySource = {
    current: () => policy,
    hash: () => '',
    named: () => policy,
    chain: () => [policy],
  };
  const share = { role: 'tag', index: 1, secret: drawWholeKey().secretKey };
  const nothing = { mount: () => {} };
  app = keeperApp({
    config: { name: 'keeper-1', operatorToken: 'x'.repeat(32) } as never,
    clock,
    journal: silentJournal,
    metrics: createMetrics('keeper-1'),
    policies,
    store,
    keys: loadKeeperKeys(folder),
    ceremony: { ...nothing, share: () => ({ share }) } as unknown as CeremonyParticipant,
    witness: nothing as unknown as Witness,
    checkIdToken: async () => ({ subject, token: `token-${tokens++}` }),
    checkReferee: refereeCheck(clock, refereeStore(database.db)),
    referees: refereeStore(database.db),
    identity: () => ({ name: 'keeper-1' }) as never,
  });
});
afterAll(async () => {
  await database?.close();
  await place?.drop();
  rmSync(folder, { recursive: true, force: true });
});

type Answer = { status: number; code?: string; [field: string]: unknown };
async function ask(path: string, body: unknown): Promise<Answer> {
  const headers = { 'content-type': 'application/json' };
  const response = await app.request(path, { method: 'POST', headers, body: JSON.stringify(body) });
  return { status: response.status, ...((await response.json()) as object) };
}
const signedBy = (key: Uint8Array, label: MessageLabel, message: unknown) => signMessage(key, label, message);

const words = drawWords();
interface Opened {
  recallId: string;
  version: number;
  wallet: Uint8Array;
}
async function openVersion(recallId = id(), version = 1): Promise<Opened> {
  const wallet = randomBytes(32);
  const message = { recallId, version, subjects: [subject], setupKey: verifyingKeyOf(wallet) };
  const answer = await ask('/recall/keys', signedBy(registrarKey, messageLabels.recallKey, message));
  expect(answer).toMatchObject({ status: 200 });
  return { recallId, version, wallet };
}
const elementFor = ({ recallId, version }: Opened) =>
  toBase64url(blindWords(Buffer.from(recallId, 'base64url'), version, words).blinded);
const setUp = (opened: Opened, blinded = elementFor(opened), key = opened.wallet) => {
  const { recallId, version } = opened;
  return ask('/recall/setup', signedBy(key, messageLabels.recallSetup, { recallId, version, blinded }));
};
const inForce = (opened: Opened, refillKey: Uint8Array, setupKey = opened.wallet) => {
  const { recallId, version } = opened;
  const said = { recallId, version, refillKey: verifyingKeyOf(refillKey) };
  const { signature: setupSignature } = signedBy(setupKey, messageLabels.recallInForce, said);
  const message = { ...said, setupSignature };
  return ask('/recall/refill-keys', signedBy(registrarKey, messageLabels.recallKey, message));
};
const attempt = (opened: Opened) => {
  const { recallId, version } = opened;
  const key = randomBytes(32);
  const message = {
    recallId,
    version,
    blinded: elementFor(opened),
    idToken: 'checked elsewhere',
    sessionKey: verifyingKeyOf(key),
  };
  return ask('/recall/evaluation', signedBy(key, messageLabels.recallEvaluation, message));
};

describe('recall', () => {
  it('gives one evaluation before a version is in force, and the same one again', async () => {
    const opened = await openVersion();
    const element = elementFor(opened);
    expect(await setUp(opened, element)).toMatchObject({ status: 200 });
    expect(await setUp(opened, element)).toMatchObject({ status: 200 });
    expect(await setUp(opened)).toMatchObject({ code: 'session_state' });
    expect(await setUp(opened, element, randomBytes(32))).toMatchObject({ code: 'signature_refused' });
    await inForce(opened, randomBytes(32));
    expect(await setUp(opened, element)).toMatchObject({ code: 'session_state' });
  });

  it('allows no try at a version that is not in force, and none at an older one', async () => {
    const first = await openVersion();
    expect(await attempt(first)).toMatchObject({ code: 'recall_missing' });
    await inForce(first, randomBytes(32));
    expect(await attempt(first)).toMatchObject({ status: 200, triesLeft: 19, triesLeftToday: 4 });
    const second = await openVersion(first.recallId, 2);
    expect(await attempt(first)).toMatchObject({ status: 200, triesLeft: 18 });
    await inForce(second, randomBytes(32));
    expect(await attempt(first)).toMatchObject({ code: 'recall_missing' });
    expect(await attempt(second)).toMatchObject({ status: 200 });
    // An older version is not opened again, and its refill key is not set.
    const again = { ...first, subjects: [subject] };
    const { recallId, version, subjects } = again;
    const reopened = signedBy(registrarKey, messageLabels.recallKey, { recallId, version, subjects });
    expect(await ask('/recall/keys', reopened)).toMatchObject({ code: 'session_state' });
    expect(await inForce(first, randomBytes(32))).toMatchObject({ code: 'session_state' });
  });

  it('counts five a day and twenty in all, before it evaluates', async () => {
    const opened = await openVersion();
    await inForce(opened, randomBytes(32));
    for (let day = 0; day < 4; day++) {
      for (let i = 0; i < 5; i++) expect(await attempt(opened)).toMatchObject({ status: 200 });
      const today = await attempt(opened);
      expect(today.code).toBe(day < 3 ? 'budget_today_spent' : 'budget_spent');
      clock.advance({ days: 1 });
    }
    expect(await attempt(opened)).toMatchObject({ status: 429, code: 'budget_spent' });
  });

  it('a clock that goes forward and back gives no try more', async () => {
    const opened = await openVersion();
    await setUp(opened);
    await inForce(opened, randomBytes(32));
    let given = 0;
    for (let move = 0; move < 12; move++) {
      for (let i = 0; i < 3; i++) if ((await attempt(opened)).status === 200) given++;
      clock.advance({ days: move % 2 === 0 ? 1 : -1 });
    }
    expect(given).toBe(limits.recallBudget);
    expect(await attempt(opened)).toMatchObject({ code: 'budget_spent' });
  });

  it('counts right when many ask at one instant', async () => {
    const opened = await openVersion();
    await inForce(opened, randomBytes(32));
    const answers = await Promise.all(Array.from({ length: 12 }, () => attempt(opened)));
    expect(answers.filter(({ status }) => status === 200).length).toBeLessThanOrEqual(5);
    const later = await attempt(opened);
    expect(
      answers.filter(({ status }) => status === 200).length + (later.status === 200 ? 1 : 0),
    ).toBeLessThanOrEqual(5);
  });

  it('counts anew only for who has the refill key, once per signature', async () => {
    const opened = await openVersion();
    const refillKey = randomBytes(32);
    await inForce(opened, refillKey);
    expect(await inForce(opened, randomBytes(32))).toMatchObject({ code: 'session_state' });
    for (let i = 0; i < 5; i++) await attempt(opened);
    const { recallId, version } = opened;
    const refill = (key: Uint8Array, nonce = id(), keeper = 'keeper-1') => {
      const message = { keeper, recallId, version, nonce };
      return ask('/recall/refill', signedBy(key, messageLabels.recallRefill, message));
    };
    expect(await refill(registrarKey)).toMatchObject({ code: 'signature_refused' });
    // What another keeper was told is not for this one.
    expect(await refill(refillKey, id(), 'keeper-2')).toMatchObject({ code: 'signature_refused' });
    clock.advance({ days: 1 });
    expect(await attempt(opened)).toMatchObject({ triesLeft: 14 });
    const nonce = id();
    expect(await refill(refillKey, nonce)).toMatchObject({ status: 200 });
    expect(await attempt(opened)).toMatchObject({ triesLeft: 19 });
    expect(await refill(refillKey, nonce)).toMatchObject({ code: 'token_spent' });
  });

  it('allows five tries a day, however often it counts anew', async () => {
    const opened = await openVersion();
    const refillKey = randomBytes(32);
    await inForce(opened, refillKey);
    const { recallId, version } = opened;
    const refill = () => {
      const message = { keeper: 'keeper-1', recallId, version, nonce: id() };
      return ask('/recall/refill', signedBy(refillKey, messageLabels.recallRefill, message));
    };
    let given = 0;
    for (let i = 0; i < 8; i++) {
      if ((await attempt(opened)).status === 200) given++;
      expect(await refill()).toMatchObject({ status: 200 });
    }
    expect(given).toBe(limits.recallPerDay);
  });

  it('takes a refill key from the wallet that set the version up, and none from the registrar', async () => {
    const opened = await openVersion();
    const own = randomBytes(32);
    for (const key of [registrarKey, own])
      expect(await inForce(opened, own, key)).toMatchObject({ code: 'signature_refused' });
    const older = await openVersion();
    const { recallId, version } = older;
    const said = { recallId, version, refillKey: verifyingKeyOf(own) };
    const { signature: setupSignature } = signedBy(older.wallet, messageLabels.recallInForce, said);
    // Signed for one record, carried to another.
    const carried = { ...said, recallId: opened.recallId, setupSignature };
    expect(
      await ask('/recall/refill-keys', signedBy(registrarKey, messageLabels.recallKey, carried)),
    ).toMatchObject({ code: 'signature_refused' });
    expect(await attempt(opened)).toMatchObject({ code: 'recall_missing' });
    expect(await inForce(opened, randomBytes(32))).toMatchObject({ status: 200 });
    // A second setup key for a version is refused, so the wallet would find its own refused.
    const again = { recallId: opened.recallId, version: 1, subjects: [subject] };
    const other = { ...again, setupKey: verifyingKeyOf(own) };
    expect(await ask('/recall/keys', signedBy(registrarKey, messageLabels.recallKey, other))).toMatchObject({
      code: 'session_state',
    });
  });

  it('obeys the registrar of the policy and nobody else', async () => {
    const message = { recallId: id(), version: 1, subjects: [subject] };
    for (const path of ['/recall/keys', '/recall/refill-keys']) {
      const body = path.endsWith('refill-keys')
        ? {
            recallId: message.recallId,
            version: 1,
            refillKey: verifyingKeyOf(randomBytes(32)),
            setupSignature: toBase64url(randomBytes(64)),
          }
        : message;
      expect(await ask(path, signedBy(randomBytes(32), messageLabels.recallKey, body))).toMatchObject({
        code: 'signature_refused',
      });
      // The right key under another label is the wrong signature.
      expect(await ask(path, signedBy(registrarKey, messageLabels.recallRefill, body))).toMatchObject({
        code: 'signature_refused',
      });
    }
  });
});

describe('tags', () => {
  const blinded = (name: string) =>
    toBase64url(blindIdentifier(encodeIdentifier('document/1', 'passport', 'GBR', name)).blinded);
  const evaluate = (session: string, points: string[], key = registrarKey, day = dayOf(clock.now())) =>
    ask('/tags/evaluations', signedBy(key, messageLabels.tagEvaluation, { session, day, blinded: points }));

  it('are evaluated for one batch of a session, and the same batch again', async () => {
    const session = id();
    const batch = [blinded('1'), blinded('2')];
    const first = await evaluate(session, batch);
    expect(first).toMatchObject({ status: 200 });
    expect(first.evaluations).toHaveLength(2);
    expect(await evaluate(session, batch)).toMatchObject({ status: 200 });
    expect(await evaluate(session, [blinded('3')])).toMatchObject({ code: 'too_many_requests' });
  });

  it('are for the registrar of the policy, few at a time, and for points only', async () => {
    expect(await evaluate(id(), [blinded('1')], randomBytes(32))).toMatchObject({
      code: 'signature_refused',
    });
    const tooMany = Array.from({ length: evaluationsPerSessionMax + 1 }, (_, i) => blinded(String(i)));
    expect(await evaluate(id(), tooMany)).toMatchObject({ code: 'malformed' });
    const identity = Buffer.from('c0' + '00'.repeat(47), 'hex').toString('base64url');
    const session = id();
    expect(await evaluate(session, [identity])).toMatchObject({ code: 'malformed' });
    // Nothing was counted for it.
    expect(await evaluate(session, [blinded('1')])).toMatchObject({ status: 200 });
  });

  it('are counted in the day that the registrar counts them in, and in no other', async () => {
    for (const days of [-2, 2, 400])
      expect(
        await evaluate(id(), [blinded('1')], registrarKey, dayOf(after(clock.now(), { days }))),
      ).toMatchObject({ code: 'malformed' });
    // At the turn of a day either will do, and it is not closed before both are over.
    const midnight = new Date('2026-11-24T00:00:30Z');
    expect([isCountedIn('2026-11-23', midnight), isCountedIn('2026-11-24', midnight)]).toEqual([true, true]);
    const later = new Date('2026-11-24T01:59:00Z');
    expect([isCountedIn('2026-11-23', later), openDay(later)]).toEqual([false, '2026-11-23']);
  });

  it('name no key: a message with one is malformed', async () => {
    const message = { session: id(), day: dayOf(clock.now()), blinded: [blinded('1')], key: 'opening' };
    expect(
      await ask('/tags/evaluations', signedBy(registrarKey, messageLabels.tagEvaluation, message)),
    ).toMatchObject({ code: 'malformed' });
  });
});

it('hands a day that is over to the log and forgets it', async () => {
  const today = dayOf(clock.now());
  await store.countTagBatch(id(), 'batch', 2, today);
  const censuses = async () => {
    const { rows } = await sql<{
      entry: { day: string; counts: Record<string, number> };
    }>`select entry from log_outbox`.execute(database.db);
    return rows.map(({ entry }) => entry).filter(({ day }) => day === today);
  };
  await store.closeDays('keeper-1', today);
  expect(await censuses()).toEqual([]);
  const tomorrow = dayOf(new Date(clock.now().getTime() + 86_400_000));
  await store.closeDays('keeper-1', tomorrow);
  await store.closeDays('keeper-1', tomorrow);
  const entries = await censuses();
  expect(entries).toHaveLength(1);
  expect(entries[0]!.counts['tag-evaluations']).toBeGreaterThanOrEqual(2);
});
