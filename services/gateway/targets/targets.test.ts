/** Who may reach a member; and that a block which holds the person tells nobody which accounts are one. */
import { type Database, openDatabase } from '@answerable/kit/database';
import type { ReachView } from '@answerable/protocol/admission/reach';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type GatewayTables, migrations } from '../schema.ts';
import { apiToken, type Member, membersOf } from '../testing/members.ts';
import { type Scene, startScene } from '../testing/scene.ts';
import { decideReach, mayReach, type Reach } from './may-reach.ts';
import { type TargetStore, targetStore } from './target-store.ts';

const open = { read: 'open', post: 'answerable', reply: 'open', message: 'open' } as const;
let scene: Scene;
let database: Database<GatewayTables>;
let targets: TargetStore;
let members: ReturnType<typeof membersOf>;
beforeAll(async () => {
  scene = await startScene({
    platform: { apiToken },
    policy: { rooms: [{ id: 'all', title: 'All', acts: open }] },
  });
  members = membersOf(scene);
  database = await openDatabase<GatewayTables>({ url: scene.databaseUrl, migrations });
  targets = targetStore(database.db);
});
afterAll(async () => {
  await database?.close();
  await scene?.close();
});

const person = () => scene.network.enrol();
const newMember = () => members.join(person());
const may = (from: Member | null, owner: Member, more: Partial<Parameters<typeof mayReach>[1]> = {}) =>
  mayReach(
    { targets },
    {
      platform: 'forum',
      owner: owner.sub,
      from: from?.sub ?? null,
      act: 'message',
      inTouch: false,
      ...more,
    },
  );
/** What the platform's server is answered at the address itself. */
const asks = async (act: string, from: Member | null, owner: Member, more: object = {}) => {
  const body = { sub: from?.sub ?? null, room: 'all', act, to: owner.sub, ...more };
  return (await members.ask('POST', '/acts', body)).body;
};
const block = (owner: Member, blocked: Member, heard?: string[]) =>
  members.ask('POST', '/blocks', { owner: owner.sub, blocked: blocked.sub }, heard);
const view = async (member: Member): Promise<ReachView> =>
  (await members.call(member, { kind: 'reach' })).body;

/** The platform says that `from` wants to reach `to`, and the holder of `from` knocks. */
async function knock(from: Member, to: Member, heard?: string[]): Promise<void> {
  await members.ask('POST', '/knocks', { from: from.sub, to: to.sub }, heard);
  const door = (await view(from)).doors.find(({ sent }) => !sent)!;
  expect((await members.call(from, { kind: 'knock', knock: door.id })).status).toBe(200);
}

describe('wishes', () => {
  it('hold back who is not answerable, each by itself, and nobody else', async () => {
    const [owner, other] = [await newMember(), await newMember()];
    expect(await may(null, owner)).toBe('yes');
    const wishes = { reply: false, mention: true, message: false };
    const { body } = await members.call(owner, { kind: 'wishes', wishes });
    expect(body.wishes).toEqual(wishes);
    const answers = await Promise.all(
      (['reply', 'mention', 'message'] as const).map((act) => may(null, owner, { act })),
    );
    expect(answers).toEqual(['yes', 'needs-answerable', 'yes']);
    expect(await may(other, owner, { act: 'mention' })).toBe('yes');
  });

  it('are what the platform is answered when it asks about an act', async () => {
    const owner = await newMember();
    await members.call(owner, { kind: 'wishes', wishes: { reply: false, mention: true, message: false } });
    const said = await Promise.all(['reply', 'mention', 'message'].map((act) => asks(act, null, owner)));
    expect(said.map(({ may: answer }) => answer)).toEqual(['yes', 'needs-answerable', 'yes']);
  });

  it('can be said by the platform too; the last word counts', async () => {
    const owner = await newMember();
    const wishes = { reply: true, mention: false, message: true };
    expect((await members.ask('PUT', `/accounts/${owner.sub}/wishes`, wishes)).status).toBe(200);
    expect((await view(owner)).wishes).toEqual(wishes);
    expect(await may(null, owner, { act: 'reply' })).toBe('needs-answerable');
  });

  it.each([
    ['of an account that nobody has', 'a'.repeat(52), 404],
    ['of what is no sub', 'nobody', 400],
  ])('%s are refused', async (_name, sub, status) => {
    const wishes = { reply: true, mention: true, message: true };
    expect((await members.ask('PUT', `/accounts/${sub}/wishes`, wishes)).status).toBe(status);
  });
  it.each([
    ['one that is missing', { reply: true, mention: true }],
    ['one too many', { reply: true, mention: true, message: true, follow: true }],
    ['one that is no yes or no', { reply: true, mention: true, message: 'yes' }],
  ])('with %s are refused', async (_name, wishes) => {
    const { sub } = await newMember();
    expect((await members.ask('PUT', `/accounts/${sub}/wishes`, wishes)).status).toBe(400);
  });
});

describe('a block', () => {
  it('holds the person: the later account knocks, and its knock is not heard', async () => {
    const [owner, blocked, stranger] = [await newMember(), await newMember(), await newMember()];
    await block(owner, blocked);
    await members.call(blocked, { kind: 'close' });
    const later = await members.join(blocked.person, 2);
    for (const one of [later, stranger]) expect(await may(one, owner)).toBe('knock');
    await knock(later, owner);
    await knock(stranger, owner);
    const { knocks } = await view(owner);
    expect(knocks).toHaveLength(1);
    expect((await members.call(owner, { kind: 'let-in', knock: knocks[0]!.id })).status).toBe(200);
    expect(await may(stranger, owner)).toBe('yes');
    expect(await may(later, owner)).toBe('knock');
  });

  it('holds who came back with their words: the same secret is the same person', async () => {
    const [owner, blocked] = [await newMember(), await newMember()];
    await block(owner, blocked);
    // What recall gives back is the credential's secret; the pseudonym here follows from it.
    const recalled = await members.join(structuredClone(blocked.person), 3);
    await knock(recalled, owner);
    expect((await view(owner)).knocks).toEqual([]);
  });

  it('asks nothing of who was in touch before, except of the account it names', async () => {
    const [owner, blocked, friend] = [await newMember(), await newMember(), await newMember()];
    await block(owner, blocked);
    expect(await may(friend, owner, { inTouch: true })).toBe('yes');
    expect(await may(blocked, owner, { inTouch: true })).toBe('knock');
    expect(await may(null, owner, { inTouch: true })).toBe('needs-answerable');
    expect(await may(owner, owner)).toBe('yes');
  });

  it('is of one account: another one of the same member stays open', async () => {
    const [owner, blocked] = [await newMember(), await newMember()];
    const second = await members.join(owner.person, 2);
    await block(owner, blocked);
    expect(await may(blocked, second)).toBe('yes');
  });

  it('of an own other account is taken like any', async () => {
    const owner = await newMember();
    const second = await members.join(owner.person, 2);
    expect(await block(owner, second)).toEqual({ status: 200, body: { ok: true } });
  });

  it('is taken back from the wallet or by the platform', async () => {
    const [owner, one, other] = [await newMember(), await newMember(), await newMember()];
    await block(owner, one);
    await block(owner, other);
    const { blocks } = await view(owner);
    expect(blocks).toHaveLength(2);
    const removed = await members.ask('POST', '/blocks/removal', { owner: owner.sub, blocked: one.sub });
    expect(removed.body).toEqual({ ok: true });
    const [left] = (await view(owner)).blocks;
    await members.call(owner, { kind: 'unblock', block: left!.id });
    expect(await may(one, owner)).toBe('yes');
  });

  it.each([
    ['of an account that nobody has', { blocked: 'a'.repeat(52) }],
    ['for a member who is not there', { owner: 'b'.repeat(52) }],
  ])('%s is refused', async (_name, changed) => {
    const [owner, blocked] = [await newMember(), await newMember()];
    const body = { owner: owner.sub, blocked: blocked.sub, ...changed };
    expect((await members.ask('POST', '/blocks', body)).body.code).toBe('account_unknown');
  });

  it('lets nobody use the knocks or blocks of somebody else', async () => {
    const [owner, blocked, stranger] = [await newMember(), await newMember(), await newMember()];
    await block(owner, blocked);
    await knock(stranger, owner);
    const { blocks, knocks } = await view(owner);
    const calls = [
      { kind: 'let-in', knock: knocks[0]!.id },
      { kind: 'decline', knock: knocks[0]!.id },
      { kind: 'unblock', block: blocks[0]!.id },
      { kind: 'knock', knock: knocks[0]!.id },
    ] as const;
    for (const call of calls) await members.call(blocked, call);
    const after = await view(owner);
    expect(after.blocks).toEqual(blocks);
    expect(after.knocks).toEqual(knocks);
    expect(await may(stranger, owner)).toBe('knock');
  });

  it('keeps out who is barred: they cannot knock', async () => {
    const [owner, blocked, barred] = [await newMember(), await newMember(), await newMember()];
    await block(owner, blocked);
    await members.ask('POST', '/knocks', { from: barred.sub, to: owner.sub });
    const [door] = (await view(barred)).doors;
    const sanction = { sanction: 'a'.repeat(21) + 'A', caseId: 'b'.repeat(21) + 'A', until: '2099-01-01' };
    await scene.desk('sanctions', { ...sanction, sub: barred.sub, holds: 'person', step: 'bar' });
    expect((await members.call(barred, { kind: 'knock', knock: door!.id })).body.code).toBe('barred');
  });

  it('hears ten knocks of one account in a day, and notes thirty doors', async () => {
    const eager = await newMember();
    await members.rows(
      `insert into knock (id, owner, sub, state, day)
       select substr(md5(random()::text), 1, 22), sub, $1, 'wanted', current_date from account
        where sub <> $1 limit 11`,
      [eager.sub],
    );
    const { doors } = await view(eager);
    const codes: (string | undefined)[] = [];
    for (const { id } of doors)
      codes.push((await members.call(eager, { kind: 'knock', knock: id })).body.code);
    expect(codes.filter((code) => code === undefined)).toHaveLength(10);
    expect(codes.at(-1)).toBe('too_many_requests');
  });
});

/** What the platform asks and hears when `later` comes to a member who blocked `blocked`; ids by their order. */
async function transcript(whose: 'the blocked person' | 'a stranger', ask: typeof may): Promise<string> {
  const heard: string[] = [];
  const [owner, blocked, bystander] = [await newMember(), await newMember(), await newMember()];
  await block(owner, blocked, heard);
  const later = await members.join(whose === 'a stranger' ? person() : blocked.person, 2);
  const pairs = [later, blocked, bystander, null].flatMap((from) =>
    (['reply', 'mention', 'message'] as const).map((act) => ({ from, act })),
  );
  const probe = async () => {
    for (const { from, act } of pairs)
      for (const inTouch of [false, true]) {
        heard.push(await ask(from, owner, { act, inTouch }));
        heard.push(JSON.stringify(await asks(act, from, owner, { inTouch })));
      }
  };
  await probe();
  await knock(later, owner, heard);
  await knock(blocked, owner, heard);
  await probe();
  await block(owner, later, heard);
  for (const one of [blocked, later])
    await members.ask('POST', '/blocks/removal', { owner: owner.sub, blocked: one.sub }, heard);
  await probe();
  const subs = [owner, blocked, bystander, later].map(({ sub }) => sub);
  return subs.reduce((text, sub, i) => text.replaceAll(sub, `<${i}>`), heard.join('\n'));
}

describe('what the platform sees', () => {
  it('is byte for byte the same whether a later account is the blocked person or a stranger', async () => {
    const seen = await transcript('the blocked person', may);
    expect(seen).toBe(await transcript('a stranger', may));
    expect(seen).toContain('held');
  });

  it('control: a block that asks for the person tells it at once', async () => {
    const naive: typeof may = async (from, owner): Promise<Reach> => {
      const { rows } = await sql`select 1 from block, account
        where owner = ${owner.sub} and account.sub = ${from?.sub ?? ''} and account.person = block.person`.execute(
        database.db,
      );
      return rows[0] ? 'no' : 'yes';
    };
    expect(await transcript('the blocked person', naive)).not.toBe(await transcript('a stranger', naive));
  });

  it('does not grow by a member of its own: without their signatures nobody knocks', async () => {
    const [spy, named] = [await newMember(), await newMember()];
    const suspects = [await members.join(named.person, 2), await newMember()];
    await block(spy, named);
    for (const { sub } of suspects) await members.ask('POST', '/knocks', { from: sub, to: spy.sub });
    expect((await view(spy)).knocks).toEqual([]);
    // Control: were the platform's word a knock, the spy would read which of the two is the named account's person.
    await database.db
      .transaction()
      .execute(async (trx) => {
        const store = targetStore(trx);
        const knocks = await trx.selectFrom('knock').selectAll().where('owner', '=', spy.sub).execute();
        for (const { id, sub } of knocks)
          await sql`update knock set state = 'sent', dropped = exists (select 1 from block, account
            where block.owner = ${spy.sub} and account.sub = ${sub} and block.person = account.person)
            where id = ${id}`.execute(trx);
        expect((await store.view(spy.sub)).knocks).toHaveLength(1);
        throw new Error('undo');
      })
      .catch((error) => expect(error.message).toBe('undo'));
  });
});

describe('what the others see', () => {
  it('who is blocked reads the same of their knock as a stranger, and nothing of a block', async () => {
    const [owner, blocked, stranger] = [await newMember(), await newMember(), await newMember()];
    await block(owner, blocked);
    for (const one of [blocked, stranger]) await knock(one, owner);
    const [theirs, strangers] = [await view(blocked), await view(stranger)];
    const plain = (seen: ReachView) =>
      JSON.stringify({ ...seen, doors: seen.doors.map((d) => ({ ...d, id: '' })) });
    expect(plain(theirs)).toBe(plain(strangers));
    // Named when the knock was there already: still the same.
    await block(owner, stranger);
    expect(plain(await view(stranger))).toBe(plain(strangers));
  });

  it('a member does not learn from a later block or unblock whose knocks there were', async () => {
    const [owner, first, named] = [await newMember(), await newMember(), await newMember()];
    await block(owner, first);
    const other = await members.join(named.person, 2);
    const stranger = await newMember();
    await knock(other, owner);
    await knock(stranger, owner);
    const before = (await view(owner)).knocks;
    expect(before).toHaveLength(2);
    await block(owner, named);
    expect((await view(owner)).knocks).toEqual(before);
    const third = await members.join(named.person, 3);
    await knock(third, owner);
    await members.ask('POST', '/blocks/removal', { owner: owner.sub, blocked: named.sub });
    expect((await view(owner)).knocks).toEqual(before);
  });

  it('a knock that was declined is not heard again, and its holder is not told', async () => {
    const [owner, first, stranger] = [await newMember(), await newMember(), await newMember()];
    await block(owner, first);
    await knock(stranger, owner);
    const [one] = (await view(owner)).knocks;
    const seen = await view(stranger);
    expect((await members.call(owner, { kind: 'decline', knock: one!.id })).body.knocks).toEqual([]);
    await members.ask('POST', '/knocks', { from: stranger.sub, to: owner.sub });
    expect(await view(stranger)).toEqual(seen);
    expect((await view(owner)).knocks).toEqual([]);
  });

  it('the journal names nobody', async () => {
    const subs = (await members.rows('select sub from account')).map(({ sub }) => String(sub));
    const journal = scene.journal.join('');
    expect(subs.filter((sub) => journal.includes(sub))).toEqual([]);
  });
});

it('a member who is not there is not reached', () => {
  const wishes = { reply: false, mention: false, message: false };
  const facts = { there: false, wishes, guarded: false, named: false, letIn: true };
  expect(decideReach(facts, { from: 'a'.repeat(52), act: 'reply', inTouch: true })).toBe('no');
});
