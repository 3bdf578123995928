/** The emergency sign-in from the console: who may, what is said first, what is on which record, and its end. */
import { type PracticeClock, practiceClock } from '@answerable/kit/clock';
import { withConnection } from '@answerable/kit/database';
import { type ConsoleVisit, consoleVisit, firstAdmin } from '@answerable/practice-people/console-visit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { breakGlassSub } from '../break-glass/account.ts';
import { clientOf } from '../testing/client.ts';
import { type Scene, startScene } from '../testing/scene.ts';

const adminToken = 'the-token-of-who-has-this-machine-and-nobody-else';
const reason = 'an administrator was barred by mistake';
const at = '/platforms/forum/emergency';
let scene: Scene;
let clock: PracticeClock;
let admin: ConsoleVisit;
let origin = '';

beforeAll(async () => {
  clock = practiceClock();
  scene = await startScene({ adminToken, clock });
  ({ origin } = scene.config);
  admin = await firstAdmin(origin, adminToken);
});
afterAll(() => scene?.close());

const rows = (text: string) => withConnection(scene.databaseUrl, (run) => run(text));
const recorded = () => rows("select who, body from ledger where body ->> 'kind' like 'emergency-%'");
const publicLines = () => rows('select what, reason from break_glass_record order by seq');
const does = (wish: string, change: object = {}) => admin.send(at, { wish, reason, act: 'do', ...change });
const codeIn = (text: string) => /name="code"[^>]* value="([\w-]+)"/.exec(text)?.[1] ?? '';
/** 303 where the code lets in. */
async function enter(code: string): Promise<number> {
  const redirect_uri = scene.config.platforms[0]!.redirectUris[0]!;
  const query = { client_id: 'forum', response_type: 'code', scope: 'openid', redirect_uri };
  const visit = await clientOf(scene, 'forum').arrive(query);
  const response = await visit.browser.fetch(`${visit.address}/break-glass`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ code }).toString(),
  });
  if (response.status === 303)
    await visit.browser.follow(
      new URL(response.headers.get('location')!, origin).href,
      ({ port }) => port === '9',
    );
  return response.status;
}
const sessions = () =>
  rows(`select 1 from oidc_state where account = '${breakGlassSub(scene.config, 'forum')}'`);

describe('at the console', () => {
  it.each<[string, object]>([
    ['for an hour', { wish: 'arm-60' }],
    ['without a wish', { wish: '' }],
    ['without a reason', { reason: 'because' }],
    ['with a reason of a page', { reason: 'r'.repeat(201) }],
  ])('%s nothing is armed, and nothing recorded', async (_sin, change) => {
    expect((await does('arm-5', change)).status).toBe(400);
    expect([await recorded(), await publicLines()]).toEqual([[], []]);
  });

  it('what will happen is said first, which arms and records nothing', async () => {
    const { text } = await admin.send(at, { wish: 'arm-5', reason, act: 'look' });
    expect(text).toContain('It opens no member’s account');
    expect([await recorded(), await publicLines()]).toEqual([[], []]);
  });

  it('nobody below an admin may, and no form without its token', async () => {
    const { text } = await admin.send('/people', { name: 'Op', role: 'operator' });
    const operator = consoleVisit(origin);
    await operator.comeIn(/\/join\?token=[\w-]+/.exec(text)?.[0] ?? '/join');
    for (const path of ['/emergency', at]) expect((await operator.page(path)).status).toBe(403);
    expect((await operator.send(at, { wish: 'arm-5', reason, act: 'do' })).status).toBe(403);
    expect((await does('arm-5', { csrf: 'x' })).status).toBe(403);
    expect(
      (await admin.send('/platforms/elsewhere/emergency', { wish: 'end', reason, act: 'do' })).status,
    ).toBe(404);
    expect([await recorded(), await publicLines()]).toEqual([[], []]);
  });

  it('what cannot be recorded is not armed', async () => {
    await rows('alter table ledger rename to ledger_away');
    expect((await does('arm-5')).status).toBe(500);
    await rows('alter table ledger_away rename to ledger');
    expect(await rows('select 1 from break_glass_code')).toEqual([]);
  });

  it('a code is shown once, lets in once, and stands on both records, with who on one of them', async () => {
    const code = codeIn((await does('arm-5')).text);
    expect((await admin.page('/emergency')).text).toMatch(/armed until \d\d:\d\d UTC/);
    expect(await enter(code)).toBe(303);
    expect((await admin.page('/emergency')).text).toContain('not armed');
    expect(await recorded()).toMatchObject([{ who: 'Robin', body: { kind: 'emergency-armed', reason } }]);
    expect(await publicLines()).toEqual([
      { what: 'armed', reason },
      { what: 'used', reason: '' },
    ]);
    const open = await (await fetch(`${origin}/break-glass`)).text();
    expect(open).not.toContain('Robin');
    for (const page of [open, (await admin.page('/emergency')).text, JSON.stringify(await recorded())])
      expect(page).not.toContain(code);
  });

  it('its end takes the code back, signs out who came in by one, and can be read by everybody', async () => {
    const { text } = await does('arm-15');
    expect((await sessions()).length).toBeGreaterThan(0);
    expect((await does('end')).status).toBe(303);
    expect(await enter(codeIn(text))).toBe(401);
    expect(await sessions()).toEqual([]);
    expect(await (await fetch(`${origin}/break-glass`)).text()).toContain(`it was ended: ${reason}`);
    expect((await recorded()).at(-1)).toMatchObject({ who: 'Robin', body: { kind: 'emergency-ended' } });
  });
});

describe('the page for everybody', () => {
  it('pages back to the first line, and takes no number that is none', async () => {
    await rows(`insert into break_glass_record (platform, what, reason, day)
      select 'forum', 'armed', 'line ' || n, '2026-01-01' from generate_series(1, 450) n`);
    let path: string | undefined = '/break-glass';
    const lines: string[] = [];
    while (path) {
      const html: string = await (await fetch(origin + path)).text();
      const found: string[] = html.match(/<li>/g) ?? [];
      expect(found.length).toBeLessThanOrEqual(200);
      lines.push(...found);
      path = /\/break-glass\?before=\d+/.exec(html)?.[0];
    }
    expect(lines).toHaveLength((await publicLines()).length);
    for (const before of ['x', '-1', '9'.repeat(30), '1;drop']) {
      const address = `${origin}/break-glass?before=${encodeURIComponent(before)}`;
      expect([before, (await fetch(address)).status]).toEqual([before, 400]);
    }
    expect((await fetch(`${origin}/break-glass?before=0`)).status).toBe(200);
  });
});
