/**
 * A desk that stands alone, over HTTP: the set-up and its link, what cannot be read, who may change what later,
 * and what is there again after a restart.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readRecords } from '../ledger.ts';
import {
  type AloneWorld,
  aloneWorld,
  forum,
  service,
  setUpAlone,
  type Visit,
} from '../testing/alone-world.ts';

let world: AloneWorld;
/** One desk for the tests of one part: those that end its set-up come last there. */
const ownDesk = () => {
  beforeAll(async () => {
    world = await aloneWorld('desk-setup');
  });
  afterAll(() => world.close());
};

const bidi = '\u202Eevil\u202C';
const hostile: Record<string, [field: string, value: string][]> = {
  '/set-up': [
    ['title', ''],
    ['title', ' '.repeat(10)],
    ['title', 'x'.repeat(81)],
    ['title', bidi],
    ['title', 'a\0b'],
    ['title', 'zero\u200Bwidth'],
    ['address', 'javascript:alert(1)'],
    ['address', 'https://user:secret@knit.example.org'],
    ['address', 'not an address'],
    ['address', `${'x'.repeat(400)}.example`],
    ['address', 'file:///etc/passwd'],
    ['name', ''],
    ['name', 'desk'],
    ['name', '<script>alert(1)</script>'],
    ['name', bidi],
    ['name', `Z${'\u0301'.repeat(20)}`],
    ['name', 'x'.repeat(41)],
    ['name', 'forum/Robin'],
  ],
  '/set-up/platform': [
    ['kind', 'myspace'],
    ['kind', ''],
    ['kind', '__proto__'],
  ],
  '/set-up/service': [
    ['size', 'enormous'],
    ['countries', 'Atlantis'],
    ['countries', ''],
    ['countries', '<b>United Kingdom</b>'],
    ['functions', 'flying'],
    ['risks', 'constructor'],
    ['childrenLikely', 'perhaps'],
    ['moderators', 'none'],
  ],
};

describe('before the set-up', () => {
  ownDesk();
  it('says so, takes no report, and is not ready', async () => {
    const visit = world.visit();
    expect((await visit.page('/')).text).toContain('This desk is not set up yet');
    expect((await visit.get('/health')).status).toBe(503);
    expect((await visit.post('/reports', {})).status).toBe(404);
    expect((await visit.page('/set-up/platform')).text).toContain('Please sign in first');
    expect((await visit.page('/set-up?token=invented')).text).toContain('This link does not open anything');
  });

  it('shows no page to who has no link, and takes no step out of turn', async () => {
    const visit = world.visit();
    for (const path of ['platform', 'service', 'end', 'forum'])
      expect([path, (await visit.send(`/set-up/${path}`, { csrf: 'x' })).status]).toEqual([path, 401]);
    const token = new URL(await world.link()).searchParams.get('token') ?? '';
    await visit.send('/set-up', { token, ...forum });
    expect((await visit.send('/set-up/end', {})).headers.get('location')).toBe('/set-up/platform');
    expect((await visit.get('/health')).status).toBe(503);
  });

  it.each(Object.entries(hostile))(
    'refuses what cannot be read at %s, and keeps what was typed as text',
    async (path, sins) => {
      const visit = world.visit();
      const token = new URL(await world.link()).searchParams.get('token') ?? '';
      if (path !== '/set-up') await visit.send('/set-up', { token, ...forum });
      for (const [field, value] of sins) {
        const good = path === '/set-up' ? { token, ...forum } : path === '/set-up/service' ? service : {};
        const answer = await visit.send(path, { ...good, [field]: value });
        const text = await answer.text();
        expect([field, value, answer.status]).toEqual([field, value, 400]);
        expect(text).not.toMatch(/<script>alert|<b>United/);
      }
      // The link was not used up by any of it.
      if (path === '/set-up') expect((await visit.send(path, { token, ...forum })).status).toBe(303);
    },
  );
});

describe('the link of the set-up', () => {
  ownDesk();
  it('opens once', async () => {
    const url = new URL(await world.link());
    const token = url.searchParams.get('token') ?? '';
    const [first, second] = [world.visit(), world.visit()];
    expect((await first.send('/set-up', { token, ...forum })).status).toBe(303);
    expect((await second.send('/set-up', { token, ...forum, name: 'Sam' })).status).toBe(401);
    expect((await second.page(url.pathname + url.search)).text).toContain('does not open anything');
  });

  it('lets one of two in who begin at once', async () => {
    const token = new URL(await world.link()).searchParams.get('token') ?? '';
    const names = ['Robin', 'Sam', 'Alex', 'Kim'];
    const answers = await Promise.all(
      names.map((name) => world.visit().send('/set-up', { token, ...forum, name })),
    );
    expect(answers.map((one) => one.status).sort()).toEqual([303, 401, 401, 401]);
    expect((await world.rows('select name from staff')).length).toBe(1);
  });

  it('opens nothing once a newer one was made, or a day has passed', async () => {
    const old = new URL(await world.link()).searchParams.get('token') ?? '';
    const token = new URL(await world.link()).searchParams.get('token') ?? '';
    expect((await world.visit().send('/set-up', { token: old, ...forum })).status).toBe(401);
    world.clock.advance({ hours: 25 });
    expect((await world.visit().send('/set-up', { token, ...forum })).status).toBe(401);
  });

  it('is not taken from a form of another site', async () => {
    const token = new URL(await world.link()).searchParams.get('token') ?? '';
    const headers = { 'sec-fetch-site': 'cross-site' };
    expect((await world.visit().send('/set-up', { token, ...forum }, headers)).status).toBe(403);
  });

  it('begins anew a set-up that was left in the middle', async () => {
    const visit = world.visit();
    const token = new URL(await world.link()).searchParams.get('token') ?? '';
    await visit.send('/set-up', { token, ...forum });
    await world.restart();
    expect((await visit.get('/set-up/platform')).status).toBe(200);
    await setUpAlone(world);
    expect((await visit.get('/settings')).status).toBe(401);
  });
});

describe('after the set-up', () => {
  ownDesk();
  let admin: Visit;
  beforeAll(async () => {
    admin = await setUpAlone(world);
  });

  it('is ready, has no link any more, and shows only what falls on it', async () => {
    expect((await admin.get('/health')).status).toBe(200);
    expect(await world.desk.setUpLink()).toBeUndefined();
    expect((await admin.get('/set-up')).status).toBe(404);
    const here = (await admin.page('/settings/duties')).text;
    expect(here).toContain('UK s.20');
    expect(here).toContain('EU Art.');
    await admin.send('/settings/service', { ...service, countries: 'United States' });
    expect((await admin.page('/settings/duties')).text).toContain('No law that this desk knows');
    await admin.send('/settings/service', service);
  });

  it('has no address for authorities or operators, and no trust policy', async () => {
    for (const path of ['/disclosures', '/operator/sign-in-links', '/holder/appeals'])
      expect([path, (await admin.post(path, {})).status]).toEqual([path, 404]);
    expect((await admin.get('/requests')).status).toBe(404);
  });

  it('keeps settings and sessions over a restart', async () => {
    await world.restart();
    const text = (await admin.page('/settings')).text;
    expect(text).toContain('Knit &amp; Natter');
    expect(text).toContain('United Kingdom, Ireland');
    expect((await admin.get('/health')).status).toBe(200);
  });

  it('changes at once, by an admin, on the record', async () => {
    await admin.send('/settings/forum', { title: 'Purl', address: '' });
    expect((await admin.page('/')).text).toContain('Safety desk of Purl');
    const records = (await admin.json('/settings/changes')).changes;
    expect(records[0]).toMatchObject({
      who: 'Robin',
      body: { setting: 'forum', changed: [{ to: 'Purl' }, { from: 'https://knit.example.org', to: null }] },
    });
    const chain = await world.within((db) => readRecords(db, 'changes'));
    expect(chain.map((one) => one.hash)).toEqual(records.map((one: { hash: string }) => one.hash).reverse());
  });

  it('keeps a secret to itself: in no page, and in the record only that it changed', async () => {
    const token = 'a-secret-token-of-forty-characters-12345';
    await admin.send('/settings/platform', { kind: 'mastodon', origin: 'http://127.0.0.1:9', token });
    for (const path of ['/settings', '/settings/platform?kind=mastodon', '/settings/changes'])
      expect([path, (await admin.page(path)).text.includes(token)]).toEqual([path, false]);
    const answer = await admin.send('/settings/platform', {
      kind: 'mastodon',
      origin: 'http://127.0.0.1:9/about',
      token: '',
    });
    expect(await answer.text()).toContain('Not connected');
    expect(JSON.stringify(await world.rows('select body from ledger'))).not.toContain(token);
    expect(JSON.stringify(await world.rows('select value from desk_setting'))).toContain(token);
  });
});
