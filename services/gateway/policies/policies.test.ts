/** Policies of a platform: announced, logged, said to people, and binding no sooner than they may. */
import { dayOf, practiceClock } from '@answerable/kit/clock';
import { withConnection } from '@answerable/kit/database';
import { dayPlus, faultsOfSuccessor } from '@answerable/protocol/platform/succession';
import { type PlatformPolicy, platformPolicyHash } from '@answerable/protocol/platform-policy';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { gatewayConfig } from '../config.ts';
import { type Scene, startScene, token } from '../testing/scene.ts';

const apiToken = 'the-token-of-the-forum-with-thirty-two-characters';
const rooms: PlatformPolicy['rooms'] = [
  { id: 'square', title: 'The square', acts: { read: 'open', post: 'answerable', reply: 'answerable' } },
  { id: 'council', title: 'Council', acts: { read: 'answerable', post: 'named' } },
];
const forWhom: PlatformPolicy['forWhom'] = {
  where: 'uk',
  table: 'uk-2026-11',
  signs: [
    { sign: 'residence', counts: 'alone' },
    { sign: 'address-range', counts: 'alone' },
  ],
  otherwise: 'uk',
};
const clock = practiceClock(new Date(), 'practice');
const today = () => dayOf(clock.now());
let scene: Scene;
let first: PlatformPolicy;
beforeAll(async () => {
  scene = await startScene({
    policy: { rooms, forWhom, grounds: [], disclose: ['over_16', 'residence', 'name', 'reset_recent'] },
    platform: { apiToken },
    clock,
  });
  first = scene.config.platforms[0]!.policy;
});
afterAll(() => scene?.close());

const json = (body: unknown, bearer: string) => ({
  method: 'POST',
  headers: { 'content-type': 'application/json', authorization: `Bearer ${bearer}` },
  body: JSON.stringify(body),
});
const call = async (path: string, body: unknown, bearer: string) => {
  const response = await fetch(scene.config.origin + path, json(body, bearer));
  return { status: response.status, body: await response.json() };
};
const announce = (policy: object, bearer = token) =>
  call('/operator/policies/announcements', { policy }, bearer);
const mayAct = async (body: object) => (await call('/platform/acts', body, apiToken)).body.may;
const inForce = async () => {
  const headers = { authorization: `Bearer ${apiToken}` };
  return (await (await fetch(`${scene.config.origin}/platform/policy`, { headers })).json()).policy;
};
const next = (changed: Partial<PlatformPolicy> = {}): PlatformPolicy => ({
  ...first,
  serial: 2,
  previous: platformPolicyHash(first),
  effective: dayPlus(today(), 15),
  grounds: ['threat-to-life'],
  ...changed,
});

describe('what may be done', () => {
  it.each([
    ['a visitor reads the square', { room: 'square', act: 'read' }, 'yes'],
    ['a visitor posts', { room: 'square', act: 'post' }, 'needs-answerable'],
    ['a visitor from elsewhere posts', { room: 'square', act: 'post', region: 'elsewhere' }, 'yes'],
    [
      'a visitor behind a VPN posts',
      { room: 'square', act: 'post', seen: { 'address-range': 'elsewhere' } },
      'yes',
    ],
    [
      'a platform that says where its visitor lives',
      { room: 'square', act: 'post', seen: { residence: 'elsewhere' } },
      'needs-answerable',
    ],
    ['a room that is not there', { room: 'cellar', act: 'read' }, 'no'],
    ['an act that the room has not', { room: 'square', act: 'upload' }, 'no'],
  ])('%s', async (_, asked, may) => expect(await mayAct({ sub: null, ...asked })).toBe(may));

  it('by an account: named only with a name, its own residence before what the platform takes for it', async () => {
    const admitted = await scene.admit(scene.network.enrol(), { handle: 'wren' });
    expect(admitted.status).toBe(200);
    const [row] = await withConnection(scene.databaseUrl, (run) =>
      run("select sub from account where handle = 'wren'"),
    );
    const { sub } = row as { sub: string };
    expect(await mayAct({ sub, room: 'square', act: 'post' })).toBe('yes');
    expect(await mayAct({ sub, room: 'council', act: 'post' })).toBe('needs-named');
    expect(await mayAct({ sub, room: 'council', act: 'post', seen: { 'address-range': 'elsewhere' } })).toBe(
      'needs-named',
    );
    expect(await mayAct({ sub, room: 'council', act: 'post', region: 'elsewhere' })).toBe('needs-named');
    await withConnection(scene.databaseUrl, (run) =>
      run(`update account set claims = claims || '{"name":"Wren Hall"}' where handle = 'wren'`),
    );
    expect(await mayAct({ sub, room: 'council', act: 'post' })).toBe('needs-named');
    await withConnection(scene.databaseUrl, (run) =>
      run(`update account set named_day = now() where handle = 'wren'`),
    );
    expect(await mayAct({ sub, room: 'council', act: 'post' })).toBe('yes');
    await withConnection(scene.databaseUrl, (run) =>
      run(`update account set claims = claims - 'name' where handle = 'wren'`),
    );
    const restricted = { sanction: 'A'.repeat(22), caseId: 'B'.repeat(22), sub, holds: 'account' };
    await scene.desk('sanctions', { ...restricted, step: 'restrict', until: dayPlus(today(), 9) });
    expect(await mayAct({ sub, room: 'square', act: 'read' })).toBe('yes');
    expect(await mayAct({ sub, room: 'square', act: 'post' })).toBe('no');
    expect((await scene.desk(`sanctions/${restricted.sanction}/lift`, {})).status).toBe(200);
    // A suspension from a minute ago on holds today already, and one from an hour hence does not yet.
    for (const [letter, minutes, may] of [
      ['C', 60, 'yes'],
      ['D', -1, 'no'],
    ] as const) {
      const from = new Date(clock.now().getTime() + minutes * 60_000).toISOString();
      const sanction = { ...restricted, sanction: letter.repeat(21) + 'A', step: 'suspend', from };
      expect((await scene.desk('sanctions', { ...sanction, until: dayPlus(today(), 9) })).status).toBe(200);
      expect(await mayAct({ sub, room: 'square', act: 'post' })).toBe(may);
      expect((await scene.desk(`sanctions/${sanction.sanction}/lift`, {})).status).toBe(200);
    }
  });

  it('is asked with the token of the platform, about its own accounts', async () => {
    const asked = { sub: 'a'.repeat(52), room: 'square', act: 'read' };
    expect((await call('/platform/acts', asked, apiToken)).body.code).toBe('account_unknown');
    expect((await call('/platform/acts', asked, token)).status).toBe(401);
  });
});

describe('an announcement', () => {
  it.each<[string, Partial<PlatformPolicy>, string]>([
    ['a serial that is not the next', { serial: 3 }, 'serial'],
    ['another predecessor', { previous: 'A'.repeat(43) }, 'previous'],
    ['less notice than fourteen days in the log', { effective: dayPlus(dayOf(new Date()), 14) }, 'effective'],
    ['no serial at all', { serial: undefined, previous: undefined, effective: undefined }, 'serial'],
    ['an address that this gateway cannot make', { relayAddress: true }, 'relayAddress'],
  ])('is refused with %s', async (_, changed, pointer) => {
    const refused = await announce(next(changed));
    expect(refused.body).toMatchObject({ code: 'malformed', pointer });
    expect(await inForce()).toEqual(first);
  });

  it('is refused with a ground that no wallet would answer to, and by others than the operator', async () => {
    expect((await announce(next({ grounds: ['curiosity'] }))).body.code).toBe('malformed');
    expect((await announce(next(), apiToken)).status).toBe(401);
  });

  it('says beforehand what would happen, in numbers and without a name', async () => {
    const { body } = await call('/operator/policies/dry-runs', { policy: next({ accountsMax: 1 }) }, token);
    expect(body).toMatchObject({ accounts: { open: 1, askedAgain: 1, beyondMax: 0 }, claim: null });
    expect(body.changes[0]).toMatchObject({ gravity: 3, consent: true });
    expect(JSON.stringify(body)).not.toContain('wren');
  });

  it('is recorded once, on its way into the log, told in every inbox and on the pages, and does not bind', async () => {
    expect((await announce(next())).status).toBe(200);
    expect((await announce(next())).body.policies).toHaveLength(2);
    const entries = scene.network.log.submissions.map(({ entry }) => entry);
    expect(entries.filter(({ kind }) => kind === 'platform-policy')).toMatchObject([
      { serial: 1, previous: null, policy: platformPolicyHash(first), gateway: 'gateway' },
      { serial: 2, previous: platformPolicyHash(first), effective: next().effective },
    ]);
    const inbox = await withConnection(scene.databaseUrl, (run) => run('select item from inbox'));
    expect(JSON.stringify(inbox)).toContain('threat-to-life');
    expect(await inForce()).toEqual(first);
    const visit = await scene.arrive();
    expect(visit.request.message.platformPolicy).toEqual(first);
    expect(await (await visit.browser.fetch(visit.address)).text()).toContain('threat-to-life');
    const page = await (await fetch(`${scene.config.origin}/policy/forum`)).text();
    expect(page).toContain('The square');
    expect(page).toContain(`From ${next().effective} on`);
    expect(page).toContain('VPN');
    expect(page).toContain('not learn who that is');
    expect(page).toContain('href="/exit/forum"');
    // Who opens is said where an account can be opened at all: by the first policy it never can.
    expect(page).not.toContain('Who can open an account');
    expect((await fetch(`${scene.config.origin}/policy/lantern`)).status).toBe(404);
  });

  it('does not bind on its day while the log has not got it; then after 14 days, for new requests only', async () => {
    const sub = () => withConnection(scene.databaseUrl, (run) => run('select admission from account'));
    const before = await sub();
    clock.advance({ days: 20 });
    expect(await inForce()).toEqual(first);
    await withConnection(scene.databaseUrl, (run) => run('update log_outbox set place = 7'));
    await scene.restart();
    await expect
      .poll(() =>
        withConnection(scene.databaseUrl, (run) =>
          run('select 1 from platform_policy where placed_day is null'),
        ),
      )
      .toEqual([]);
    expect(await inForce()).toEqual(first);
    clock.advance({ days: 13 });
    expect(await inForce()).toEqual(first);
    clock.advance({ days: 1 });
    expect((await inForce()).serial).toBe(2);
    // Grounds stay those of the admission.
    expect(await sub()).toEqual(before);
    expect((await scene.arrive()).request.message.platformPolicy.grounds).toContain('threat-to-life');
    const page = await (await fetch(`${scene.config.origin}/policy/forum`)).text();
    expect(page).toMatch(/Who can open an account.*2 of these have to agree/s);
  });

  it('a policy in the settings that was not announced binds nobody', async () => {
    scene.config.platforms[0]!.policy = { ...first, accountsMax: 8 };
    await scene.restart();
    expect((await inForce()).accountsMax).toBe(first.accountsMax);
    expect(JSON.stringify(scene.journal)).toContain('were not announced');
  });
});

it('a notice shorter than fourteen days is for trying only', () => {
  const with3 = { ...scene.config, policyNoticeDays: 3 };
  expect(gatewayConfig.safeParse(with3).success).toBe(true);
  expect(gatewayConfig.safeParse({ ...with3, mode: 'production' }).success).toBe(false);
});

describe('a claim', () => {
  const claim = { until: '2027-03-31', afterwards: 'read-only' as const };
  const before = { policy: { v: 1, platform: 'forum', claim } as PlatformPolicy, serial: 1 };
  const faults = (changed: Partial<PlatformPolicy>) =>
    faultsOfSuccessor(
      before,
      {
        ...before.policy,
        serial: 2,
        previous: platformPolicyHash(before.policy),
        effective: '2027-01-20',
        ...changed,
      } as PlatformPolicy,
      { today: '2027-01-01', noticeDays: 14 },
    ).map(({ field }) => field);
  it.each<[string, Partial<PlatformPolicy>, string[]]>([
    ['moved later', { claim: { ...claim, until: '2027-06-30' } }, []],
    ['left as it is', { title: 'x' }, []],
    ['moved sooner', { claim: { ...claim, until: '2027-03-30' } }, ['claim.until']],
    ['taken away', { claim: undefined }, ['claim.until']],
    [
      'moved later when it is over',
      { claim: { ...claim, until: '2027-06-30' }, effective: '2027-04-01' },
      ['effective'],
    ],
  ])('%s', (_, changed, fields) => expect(faults(changed)).toEqual(fields));
});
