/** The life of an account: a copy of all that is kept, its name told or not, its end and what is left of it. */

import { dayOf } from '@answerable/kit/clock';
import { type Database, openDatabase } from '@answerable/kit/database';
import { freePort } from '@answerable/kit/free-port';
import { serve } from '@answerable/kit/serve';
import { accountExport } from '@answerable/protocol/admission/account-export';
import { Hono } from 'hono';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { platformClaims } from '../policy.ts';
import { type GatewayTables, migrations } from '../schema.ts';
import { gatewayStore } from '../store.ts';
import { apiToken, type Member, membersOf } from '../testing/members.ts';
import { type Scene, startScene } from '../testing/scene.ts';
import { type AccountStore, accountStore } from './account-store.ts';

let scene: Scene;
let database: Database<GatewayTables>;
let members: ReturnType<typeof membersOf>;
let accounts: AccountStore;
let closeDesk: () => Promise<void>;
const passedOn: { path: string; body: unknown }[] = [];
beforeAll(async () => {
  const port = await freePort();
  const desk = new Hono().post('/holder/:what', async (c) => {
    passedOn.push({ path: c.req.path, body: await c.req.json() });
    return c.json({});
  });
  closeDesk = (await serve(desk, { port })).close;
  scene = await startScene({
    deskOrigin: `http://localhost:${port}`,
    platform: { apiToken },
    policy: { disclose: ['over_16', 'name'], retention: { closedDays: 30 } },
  });
  members = membersOf(scene);
  database = await openDatabase<GatewayTables>({ url: scene.databaseUrl, migrations });
  accounts = accountStore(database.db);
});
afterAll(async () => {
  await database?.close();
  await scene?.close();
  await closeDesk?.();
});

const newMember = (own = {}) => members.join(scene.network.enrol(own));
const count = async (table: string, where: string, value: string) =>
  Number((await members.rows(`select count(*) as n from ${table} where ${where} = $1`, [value]))[0]!.n);
const inDays = (days: number) => dayOf(new Date(Date.now() + days * 86_400_000));
const id = (letter: string) => `${letter.repeat(21)}A`;
const sanction = (sub: string, letter: string, more: object) =>
  scene.desk('sanctions', {
    sanction: id(letter),
    caseId: id(letter),
    sub,
    holds: 'person',
    step: 'suspend',
    until: inDays(200),
    ...more,
  });
const personOf = async ({ sub }: Member) =>
  String((await members.rows('select person from account where sub = $1', [sub]))[0]!.person);

describe('the export', () => {
  it('has all that is kept of the account, in its shape and in words', async () => {
    const member = await newMember();
    await scene.signIn(member.person);
    await sanction(member.sub, 'a', { step: 'warn', until: null });
    const { status, body } = await members.call(member, { kind: 'export' });
    expect(status).toBe(200);
    const kept = accountExport.parse(body);
    expect(kept).toMatchObject({ sub: member.sub, platform: 'forum', closed: null, named: null });
    expect(kept.signIns).toEqual([inDays(0)]);
    expect(kept.sanctions).toEqual([{ step: 'warn', holds: 'person', until: null, lifted: false }]);
    expect(kept.admission.answer.handle).toBe(kept.handle);
    expect(kept.words.join(' ')).toContain('Keep the file to yourself');
  });

  it('names no column that it leaves out, so that a new one is thought about', async () => {
    const columns = await members.rows(
      "select column_name from information_schema.columns where table_name = 'account' order by 1",
    );
    // `person` joins accounts; the account key is in the admission record.
    expect(columns.map(({ column_name }) => column_name)).toEqual(
      [
        'account_key',
        'admission',
        'claims',
        'closed_day',
        'handle',
        'named_day',
        'person',
        'platform',
        'relay',
      ]
        .concat(['slot', 'sub'])
        .sort(),
    );
  });

  it('says nothing of who blocked them, nor what became of a knock', async () => {
    const [owner, blocked, stranger] = [await newMember(), await newMember(), await newMember()];
    await members.ask('POST', '/blocks', { owner: owner.sub, blocked: blocked.sub });
    const exports: string[] = [];
    for (const one of [blocked, stranger]) {
      await members.ask('POST', '/knocks', { from: one.sub, to: owner.sub });
      const { doors } = (await members.call(one, { kind: 'reach' })).body;
      await members.call(one, { kind: 'knock', knock: doors[0].id });
      const { reach, words } = (await members.call(one, { kind: 'export' })).body;
      const plain = JSON.stringify({ reach, words }).replace(/"id":"[^"]+"/g, '"id"');
      exports.push(plain.replaceAll(/p_[a-z0-9_-]+/g, 'name'));
    }
    expect(exports[0]).toBe(exports[1]);
  });

  it('is of the own account only: another slot of the same person is not in it', async () => {
    const member = await newMember();
    const second = await members.join(member.person, 2);
    const { body } = await members.call(member, { kind: 'export' });
    expect(JSON.stringify(body)).not.toContain(second.sub);
  });
});

describe('a name', () => {
  const toldTo = async (member: Member) => {
    const account = (await gatewayStore(database.db, () => false).accountBySub(member.sub))!;
    return platformClaims(account, [], new Date())?.name;
  };
  it('is told to the platform only for the account whose holder said so, and no longer than that', async () => {
    const member = await newMember({ name: 'Iris Okafor' });
    const second = await members.join(member.person, 2);
    expect(await toldTo(member)).toBeUndefined();
    expect((await members.call(member, { kind: 'named', tell: true })).status).toBe(200);
    expect(await toldTo(member)).toBe('Iris Okafor');
    expect(await toldTo(second)).toBeUndefined();
    expect((await members.call(member, { kind: 'export' })).body.named).toBe(inDays(0));
    await members.call(member, { kind: 'named', tell: false });
    expect(await toldTo(member)).toBeUndefined();
  });
  it('that is blank in the credential stays untold, whatever is agreed', async () => {
    const member = await newMember();
    await members.call(member, { kind: 'named', tell: true });
    expect(await toldTo(member)).toBeUndefined();
  });
  it('of a closed account is not told', async () => {
    const member = await newMember({ name: 'Iris Okafor' });
    await members.call(member, { kind: 'close' });
    await members.call(member, { kind: 'named', tell: true });
    expect((await members.call(member, { kind: 'export' })).body.named).toBeNull();
  });
});

describe('a closed account', () => {
  it('is there until its time is over, and then gone with all that hangs on it', async () => {
    const member = await members.join(scene.network.enrol(), 1, 'short_lived');
    const person = await personOf(member);
    await scene.signIn(member.person);
    await members.call(member, { kind: 'wishes', wishes: { reply: true, mention: true, message: true } });
    await members.call(member, { kind: 'close' });
    expect((await members.call(member, { kind: 'export' })).body.erasedFrom).toBe(inDays(30));
    expect(await accounts.eraseClosed(inDays(29))).toBe(0);
    expect(await accounts.eraseClosed(inDays(30))).toBeGreaterThan(0);
    for (const table of ['account', 'sign_in', 'inbox', 'reach_wish'])
      expect([table, await count(table, 'sub', member.sub)]).toEqual([table, 0]);
    expect(await count('person', 'id', person)).toBe(0);
    expect((await members.call(member, { kind: 'export' })).body.code).toBe('account_unknown');
  });

  it('takes along every table that hangs on it: a new one must say what becomes of its rows', async () => {
    const held = await members.rows(`select conrelid::regclass::text as name from pg_constraint
      where confrelid = 'account'::regclass and confdeltype <> 'c' order by 1`);
    // These are emptied by name.
    expect(held.map(({ name }) => name)).toEqual(['ended_session', 'filing', 'inbox', 'sign_in']);
  });

  it('leaves a name that nobody gets again, and says it nowhere', async () => {
    const taken = await scene.admit(scene.network.enrol(), { handle: 'short_lived' });
    expect(taken.body.code).toBe('handle_taken');
    const rows = await members.rows('select * from handle_gone');
    expect(JSON.stringify(rows)).not.toContain('short_lived');
  });

  it('closed twice is closed since the first time', async () => {
    const member = await newMember();
    await members.rows("update account set closed_day = '2026-01-01' where sub = $1", [member.sub]);
    await members.call(member, { kind: 'close' });
    expect((await members.call(member, { kind: 'export' })).body.closed).toBe('2026-01-01');
  });

  it('does not take a sanction on the person away: abuse, then closing, does not escape', async () => {
    const member = await newMember();
    const person = await personOf(member);
    await members.call(member, { kind: 'close' });
    await sanction(member.sub, 'b', { step: 'bar' });
    await accounts.eraseClosed(inDays(400));
    expect(await count('account', 'sub', member.sub)).toBe(0);
    expect(await count('person', 'id', person)).toBe(1);
    expect((await scene.admit(member.person)).body.code).toBe('barred');
    // Lifted on appeal, nothing holds the person any more.
    expect((await scene.desk(`sanctions/${id('b')}/lift`, {})).status).toBe(200);
    await accounts.eraseClosed(inDays(400));
    expect(await count('person', 'id', person)).toBe(0);
  });

  it('does not free a slot that a sanction on the account holds', async () => {
    const member = await newMember();
    await sanction(member.sub, 'c', { holds: 'account', step: 'suspend', until: inDays(300) });
    await members.call(member, { kind: 'close' });
    await accounts.eraseClosed(inDays(31));
    expect((await scene.admit(member.person)).body.code).toBe('slot_taken');
    expect((await scene.admit(member.person, { slot: 2 })).status).toBe(200);
  });

  it('keeps a suspended person until the suspension is over, and no longer', async () => {
    const member = await newMember();
    const person = await personOf(member);
    await sanction(member.sub, 'd', { until: inDays(200) });
    await members.call(member, { kind: 'close' });
    await accounts.eraseClosed(inDays(199));
    expect(await count('person', 'id', person)).toBe(1);
    await accounts.eraseClosed(inDays(200));
    expect(await count('person', 'id', person)).toBe(0);
  });

  it('of somebody whom a member blocked leaves the block in force', async () => {
    const [owner, blocked] = [await newMember(), await newMember()];
    await members.ask('POST', '/blocks', { owner: owner.sub, blocked: blocked.sub });
    await members.call(blocked, { kind: 'close' });
    await accounts.eraseClosed(inDays(31));
    const again = await members.join(blocked.person);
    expect(again.sub).not.toBe(blocked.sub);
    await members.ask('POST', '/knocks', { from: again.sub, to: owner.sub });
    const { doors } = (await members.call(again, { kind: 'reach' })).body;
    await members.call(again, { kind: 'knock', knock: doors[0].id });
    const seen = (await members.call(owner, { kind: 'reach' })).body;
    expect(seen.knocks).toEqual([]);
    expect(seen.blocks).toMatchObject([{ handle: null }]);
  });

  it('stays while a case about it can still lead to a notice', async () => {
    const member = await newMember();
    await members.call(member, { kind: 'close' });
    const filed = { filing: { message: { noticeDay: `${inDays(60)}T00:00:00.000Z` } } };
    await members.rows('insert into filing (case_id, sub, filed) values ($1, $2, $3)', [
      id('e'),
      member.sub,
      JSON.stringify(filed),
    ]);
    await accounts.eraseClosed(inDays(60));
    expect(await count('account', 'sub', member.sub)).toBe(1);
    await accounts.eraseClosed(inDays(61));
    expect(await count('account', 'sub', member.sub)).toBe(0);
  });

  it('is erased once by two gateways at once', async () => {
    for (let n = 0; n < 6; n++) await members.call(await newMember(), { kind: 'close' });
    const other = accountStore(database.db);
    const done = await Promise.all([accounts.eraseClosed(inDays(31)), other.eraseClosed(inDays(31))]);
    expect(done[0]! + done[1]!).toBe(6);
  });
});

describe('more for an appeal', () => {
  it('goes to the desk for a case that has spoken to this account', async () => {
    const member = await newMember();
    const item = { kind: 'statement', caseId: id('f'), day: inDays(0), title: 'Reasons', body: 'Because.' };
    await scene.desk('inbox', { message: id('g'), sub: member.sub, holds: 'account', item });
    const call = { kind: 'evidence', caseId: id('f'), words: 'Here is the whole thread.' } as const;
    expect((await members.call(member, call)).status).toBe(200);
    expect(passedOn.at(-1)).toEqual({
      path: '/holder/evidence',
      body: { caseId: id('f'), sub: member.sub, words: call.words },
    });
  });
  it('about any other case is refused', async () => {
    const call = { kind: 'evidence', caseId: id('h'), words: 'Mine.' } as const;
    expect((await members.call(await newMember(), call)).body.code).toBe('case_unknown');
  });
});
