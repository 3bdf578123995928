/** Acts that a platform did not take, and sanctions by hand, at /admin: who may, what is shown, what is on the record. */
import { withConnection } from '@answerable/kit/database';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { firstBreak } from '../console/record.ts';
import { type Scene, startScene } from '../testing/scene.ts';

const adminToken = 'the-token-of-who-has-this-machine-and-nobody-else';
const caseId = 'B'.repeat(22);
const reason = 'You wrote to somebody again who had asked you not to.';
let scene: Scene;

beforeAll(async () => {
  scene = await startScene({
    adminToken,
    relayDomain: 'members.example',
    policy: { relayAddress: true },
    platform: { connector: { kind: 'by-hand', name: 'forum', origin: 'http://localhost:9' } },
  });
  expect((await scene.admit(wren(), { handle: 'wren' })).status).toBe(200);
});
afterAll(() => scene?.close());

let credential: ReturnType<Scene['network']['enrol']> | undefined;
const wren = () => (credential ??= scene.network.enrol());
const rows = (text: string) => withConnection(scene.databaseUrl, (run) => run(text));
async function ask(path: string, body?: unknown): Promise<{ status: number; body: Record<string, unknown> }> {
  const response = await fetch(`${scene.config.origin}/admin/${path}`, {
    headers: { authorization: `Bearer ${adminToken}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}
const wish = {
  platform: 'forum',
  handle: 'wren',
  caseId,
  holds: 'person',
  step: 'suspend',
  until: '2030-01-01',
  reason,
};
const acts = async () => (await ask('undone')).body.acts as { id: string; state: string; words: string }[];

describe('a sanction by hand', () => {
  it.each<[string, object]>([
    ['without a reason', { reason: undefined }],
    ['with a reason of two words', { reason: 'He lied' }],
    ['without a case', { caseId: undefined }],
    ['that suspends for ever', { until: null }],
    ['that warns until a day', { step: 'warn' }],
    ['of a step that there is not', { step: 'delete' }],
  ])('%s is refused', async (_sin, change) => {
    expect((await ask('sanctions', { ...wish, ...change })).status).toBe(400);
  });
  it.each<[string, object]>([
    ['nobody', { handle: 'nobody' }],
    ['somebody at a platform that there is not', { platform: 'elsewhere' }],
  ])('of %s is refused, and leaves no line', async (_sin, change) => {
    expect((await ask('sanctions', { ...wish, ...change })).status).toBe(404);
    expect(await rows("select 1 from ledger where body ->> 'kind' = 'sanction-by-hand'")).toEqual([]);
  });

  it('holds at once, is told to the holder with its reason, and stands on the record without the account', async () => {
    const { status, body } = await ask('sanctions', { ...wish, sanction: 'A'.repeat(22) });
    expect([status, body]).toEqual([200, { sanction: 'A'.repeat(22) }]);
    expect((await scene.signIn(wren())).body.code).toBe('suspended');
    const [told] = await rows('select item from inbox');
    expect(told?.item).toMatchObject({ caseId, body: reason });
    const [line] = await rows("select who, body from ledger where body ->> 'kind' = 'sanction-by-hand'");
    expect(line).toMatchObject({ who: 'the machine', body: { step: 'suspend', reason, caseId } });
    expect(JSON.stringify(line)).not.toContain('wren');
  });

  it('is lifted with a reason, and everything is as it was', async () => {
    const at = `sanctions/${'A'.repeat(22)}/lift`;
    expect((await ask(at, {})).status).toBe(400);
    expect((await ask(`sanctions/${'C'.repeat(22)}/lift`, { reason })).status).toBe(404);
    expect((await ask(at, { reason: 'It was a mistake of ours.' })).status).toBe(200);
    expect((await scene.signIn(wren())).status).toBe(200);
  });
});

describe('an act that a platform did not take', () => {
  it('is listed without anybody in it, and shown singly, on the record', async () => {
    await ask('sanctions', { ...wish, sanction: 'D'.repeat(22), step: 'bar' });
    await expect.poll(async () => (await acts()).some(({ state }) => state === 'by-hand')).toBe(true);
    const listed = JSON.stringify(await acts());
    const [account] = await rows('select sub from account');
    for (const word of ['wren', String(account?.sub), 'members.example']) expect(listed).not.toContain(word);
    const [one] = (await acts()).filter(({ state }) => state === 'by-hand');
    const { body } = await ask(`undone/${one!.id}/look`, {});
    expect(body).toMatchObject({ platform: 'forum', handle: 'wren', sub: account?.sub });
    const looks = await rows("select who, body from ledger where body ->> 'kind' = 'account-looked-at'");
    expect(looks).toHaveLength(1);
    expect(JSON.stringify(looks)).not.toContain('wren');
  });

  it('is ticked off once, and what was never there not at all', async () => {
    const [one] = (await acts()).filter(({ state }) => state === 'by-hand');
    // What cannot be recorded is not done.
    const sqlOf = (text: string) => withConnection(scene.databaseUrl, (run) => run(text));
    await sqlOf('alter table ledger rename to ledger_away');
    expect((await ask(`undone/${one!.id}/done`, {})).status).toBe(500);
    await sqlOf('alter table ledger_away rename to ledger');
    expect((await acts()).map(({ id }) => id)).toContain(one!.id);
    expect((await ask(`undone/${one!.id}/done`, {})).status).toBe(200);
    expect((await ask(`undone/${one!.id}/done`, {})).status).toBe(404);
    expect((await ask(`undone/${'A'.repeat(43)}/look`, {})).status).toBe(404);
    expect((await ask('undone/short/look', {})).status).toBe(400);
  });

  it('is looked for by many at once, and each of them has a line in a record that holds', async () => {
    const many = await Promise.all(Array.from({ length: 12 }, () => ask('undone/retries', {})));
    expect(new Set(many.map(({ status }) => status))).toEqual(new Set([200]));
    const { body } = await ask('record');
    const lines = body.lines as Parameters<typeof firstBreak>[0];
    expect(lines.filter(({ body: said }) => (said as { kind?: string }).kind === 'tried-again')).toHaveLength(
      12,
    );
    expect(firstBreak(lines)).toBeUndefined();
  });

  it('is tried again when somebody asks, which is on the record', async () => {
    expect((await ask('undone/retries', {})).status).toBe(200);
    expect(await rows("select who from ledger where body ->> 'kind' = 'tried-again'")).toHaveLength(13);
  });
});
