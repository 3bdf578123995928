/** Anybody reports, gets a receipt, follows the outcome; and everything hostile in every field of it. */
import { foreignLocator } from '@answerable/connector/foreign-name';
import { withConnection } from '@answerable/kit/database';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DeskWorld, deskWorld, type Moderator, reasonsOf, snapshot } from '../testing/desk-world.ts';
import { conductFinding, subOf } from '../testing/example-case.ts';
import { connectorToken } from '../testing/fake-neighbours.ts';
import { type Fields, postForm, receiptOf, reportForm } from '../testing/form-fields.ts';
import { gifAndArchive, jpegAndPage, notPictures, withPlace } from '../testing/hostile-pictures.ts';

let world: DeskWorld;
let a: Moderator;

beforeAll(async () => {
  world = await deskWorld('desk-forms', { proxies: 1 });
  a = await world.signIn('Moderator A');
});
afterAll(() => world.close());

let places = 0;
/** From a place of its own, so that only the tests about limits meet one. */
const post = (path: string, fields: Fields) => {
  places += 1;
  return postForm(world, path, fields, { 'x-forwarded-for': `192.0.2.${places % 250}` });
};
const report = (more: Fields = {}) => post('/report', reportForm(more));
const page = async (path: string) =>
  (await fetch(world.origin + path, { headers: { accept: 'text/html' } })).text();
const status = async (receipt: string) => (await fetch(`${world.origin}/receipts/${receipt}`)).json();
const fresh = (n: number) => String(n).padStart(22, 'T');

describe('anybody reports, gets a receipt, follows the outcome', () => {
  let receipt = '';
  let caseId = '';

  it('by an address, with words and a picture, without an account', async () => {
    world.neighbours.items.set('post/f1', snapshot('post/f1', subOf('a'), 'Nobody wants you here.'));
    const at = `${world.config.platform?.origin}/posts/f1?utm_source=mail#c2`;
    const sent = await report({ at, pictures: [await withPlace()] });
    expect(sent.status).toBe(303);
    receipt = receiptOf(sent);
    const view = await world.caseOf(a, 'post/f1');
    ({ caseId } = view);
    expect(view).toMatchObject({ kind: 'content', reasons: ['abuse'], reportCount: 1 });
    expect(view.beside.shown.pictures).toMatchObject([{ width: 64, height: 48 }]);
    expect(view.items).toMatchObject([{ seen: 'platform', text: 'Nobody wants you here.' }]);
  });

  it('the page after it says how to keep it, when it is meant to be decided, and where help is', async () => {
    const text = await page(`/receipts/${receipt}?new=1`);
    for (const words of ['has arrived', 'Keep this page', receipt, 'we mean to by', '116 123'])
      expect(text).toContain(words);
    for (const never of ['post/f1', 'Nobody wants you', 'Moderator A', caseId, subOf('a')])
      expect(text).not.toContain(never);
    expect(await status(receipt)).toEqual({
      state: 'received',
      outcome: null,
      day: '2026-11-23',
      expected: expect.stringMatching(/^2026-11-2\dT/),
    });
  });

  it('adds words and a picture while it is open; twice the same is once', async () => {
    const addition = { words: 'It goes on.', pictures: [await gifAndArchive()] };
    for (const _ of [1, 2]) expect((await post(`/receipts/${receipt}/additions`, addition)).status).toBe(303);
    const { beside, history } = await world.caseOf(a, 'post/f1');
    expect(beside.shown.additions).toEqual([{ day: '2026-11-23', words: 'It goes on.' }]);
    expect(beside.shown.pictures).toHaveLength(2);
    expect(history.filter(({ words }) => words.includes('added something'))).toHaveLength(1);
  });

  it('no longer wishes to be told, and then does', async () => {
    expect((await post(`/receipts/${receipt}/wishes`, { wishes: 'no' })).status).toBe(303);
    expect(await page(`/receipts/${receipt}`)).toContain('Tell me after all');
    expect((await post(`/receipts/${receipt}/wishes`, { wishes: 'yes' })).status).toBe(303);
  });

  it('reads that somebody has it in hand, and then what came of it', async () => {
    await a.post(`/cases/${caseId}/claim`);
    expect(await page(`/receipts/${receipt}`)).toContain('Somebody has it in hand.');
    const measures = [{ kind: 'hide-item', target: 'post/f1' }];
    const decision = { path: 'conduct', measures, reasons: reasonsOf() };
    const assessment = conductFinding(['post/f1']);
    expect((await a.post(`/cases/${caseId}/decision`, { assessment, decision })).status).toBe(200);
    const text = await page(`/receipts/${receipt}`);
    expect(text).toContain('we have acted on it');
    expect(text).toContain(`/complain?receipt=${receipt}`);
    expect((await post(`/receipts/${receipt}/additions`, { words: 'More.' })).status).toBe(400);
  });

  it('complains about it, and is answered under a receipt of its own', async () => {
    const form = { kind: 'content', receipt: ` ${receipt} `, what: 'Too late.', capacity: 'user' };
    const sent = await post('/complain', { ...form, token: fresh(1), goodFaith: 'yes', tell: 'yes' });
    expect(await page(`/receipts/${receiptOf(sent)}?new=1`)).toContain('Your complaint has arrived');
    const [waiting] = (await a.get('/?queue=complaints')).body.cases;
    expect((await a.post(`/cases/${waiting.caseId}/claim`)).body.code).toBe('own_decision');
  });
});

describe('the same form twice', () => {
  it('is one report, however often it is pressed and at once; another word makes it another', async () => {
    const form = { at: 'post/t1', token: fresh(2) };
    const sent = await Promise.all(Array.from({ length: 20 }, () => report(form)));
    expect(new Set(sent.map(receiptOf)).size).toBe(1);
    expect((await world.caseOf(a, 'post/t1')).reportCount).toBe(1);
    expect(receiptOf(await report({ ...form, what: 'And more.' }))).not.toBe(receiptOf(sent[0]!));
    expect((await world.caseOf(a, 'post/t1')).reportCount).toBe(2);
  });

  it('one thing at several addresses is one item; what cannot be read is kept as it was said', async () => {
    const origin = world.config.platform?.origin;
    const at = [`${origin}/posts/t2`, `${origin}/posts/t2/?ref=x`, 'post/t2', 'the thread about \u202Ecats'];
    expect((await report({ at: at.join('\n'), token: fresh(3) })).status).toBe(303);
    const { items } = await world.caseOf(a, 'post/t2');
    expect(items.map((item) => item.text)).toEqual(['', 'the thread about cats']);
  });

  it('two posts of one thread are two items, with the addresses that were pasted', async () => {
    const at = ['#p1', '#p2', '#respond'].map((hash) => `https://town.example/t/9${hash}`);
    expect((await report({ at: at.join('\n'), token: fresh(4) })).status).toBe(303);
    const { items } = await world.caseOf(a, foreignLocator('post', world.config.platform.name, at[0]!));
    expect(items).toHaveLength(3);
  });
});

describe('an intimate image', () => {
  const five = {
    reasons: ['intimate-image'],
    isIntimateImage: 'yes',
    madeBy: 'subject',
    trueToBelief: 'yes',
    canBeFound: 'yes',
    contact: 'me@example.org',
  };

  it('with all five declarations is due in 48 hours and says so to whoever decides', async () => {
    expect((await report({ ...five, at: 'post/i1', token: fresh(4) })).status).toBe(303);
    const view = await world.caseOf(a, 'post/i1');
    expect(Date.parse(view.due ?? '') - Date.parse(view.opened)).toBe(48 * 3_600_000);
    expect(view.beside.shown).toMatchObject({ declaredBy: ['subject'], contacts: ['me@example.org'] });
  });

  it.each(Object.keys(five).slice(1))('without %s is asked for it, and nothing is lost', async (field) => {
    const sent = await report({ ...five, [field]: '', at: 'post/i2', what: 'Words to keep' });
    expect(sent.status).toBe(400);
    const text = await sent.text();
    expect(text).toContain('all five are needed');
    expect(text).toContain('Words to keep');
  });

  it('without any of them is a report like another, and due in 48 hours too', async () => {
    expect((await report({ reasons: ['intimate-image'], at: 'post/i3', token: fresh(5) })).status).toBe(303);
    const view = await world.caseOf(a, 'post/i3');
    expect(Date.parse(view.due ?? '') - Date.parse(view.opened)).toBe(48 * 3_600_000);
    expect(view.beside.shown.declaredBy).toEqual([]);
  });
});

describe('what is missing', () => {
  it.each([
    ['at', { at: '' }],
    ['at', { at: '\u200B\u202E' }],
    ['reasons', { reasons: [] }],
    ['reasons', { reasons: ['<script>'] }],
    ['capacity', { capacity: 'king' }],
    ['goodFaith', { goodFaith: '' }],
    ['what', { what: 'x'.repeat(4001) }],
    ['pictures', { pictures: [Buffer.from('GIF8')] }],
  ])('%s is asked for on the page itself, in words', async (field, more) => {
    const sent = await report({ ...more, copy: 'Kept words' });
    expect(sent.status).toBe(400);
    const text = await sent.text();
    expect(text).toContain(`href="#field-${field}"`);
    expect(text).toContain(`id="field-${field}"`);
    expect(text).toContain('Kept words');
  });

  it.each([
    ['/report', {}],
    ['/complain', {}],
  ])('an empty form at %s is no report', async (path, fields) => {
    expect((await post(path, fields)).status).toBe(400);
  });

  it.each(Object.entries(notPictures).slice(1))('a file that is %s', async (_, bytes) => {
    const sent = await report({ pictures: [bytes] });
    expect([sent.status, await sent.text()]).toEqual([400, expect.stringContaining('Please choose again.')]);
  });

  it.each(['/report', '/complain'])('software that posts %s is told by a code', async (path) => {
    const sent = await postForm(world, path, { what: 'x' }, { accept: 'application/json' });
    expect([sent.status, (await sent.json()).code]).toEqual([400, 'malformed']);
  });

  it('more pictures than four, and one too large', async () => {
    const many = Array.from({ length: 5 }, () => Buffer.from('GIF89a'));
    expect(await (await report({ pictures: many })).text()).toContain('At most 4 pictures');
    expect(await (await report({ pictures: [Buffer.alloc(9 << 20)] })).text()).toContain('larger than 8 MB');
  });
});

describe('hostile words in every field', () => {
  const evil = '<script>alert(1)</script>"><img src=x onerror=alert(1)>\u202Egpj\u200B\0\uD800';
  const names = Object.keys(
    reportForm({ copy: '', contact: '', madeBy: '', stills: '', characteristics: '' }),
  );

  it.each(names)('%s comes back as text, or is taken as text', async (name) => {
    const sent = await report({ copy: '', [name]: evil });
    const text = sent.status === 303 ? await page(`/receipts/${receiptOf(sent)}`) : await sent.text();
    expect([200, 303, 400]).toContain(sent.status);
    expect(text).not.toMatch(/<script>alert|<img src=x/);
  });

  it('a megabyte in one field is asked to be shorter', async () => {
    const sent = await report({ what: 'x'.repeat(1 << 20) });
    expect([sent.status, (await sent.text()).length < 60_000]).toEqual([400, true]);
  });

  it('a prefilled address is text too, and reasons are only those we know', async () => {
    const path = `/report?at=${encodeURIComponent('"><script>alert(1)</script>\u202E')}&reason=threat&reason=<b>`;
    const text = await page(path);
    expect(text).not.toMatch(/<script>alert|\u202E|<b>/);
    expect(text).toMatch(/value="threat" checked/);
  });

  it.each([
    ['bytes that are no UTF-8', Buffer.from([0xff, 0xfe, 0x80, 0x61]), 'application/x-www-form-urlencoded'],
    ['a form without its mark', Buffer.from('x'), 'multipart/form-data'],
    [
      'a form cut short',
      Buffer.from('--m\r\ncontent-disposition: form-data; name="at"\r\n\r\npo'),
      'multipart/form-data; boundary=m',
    ],
    ['ten thousand parts', Buffer.from('--m\r\n'.repeat(10_000)), 'multipart/form-data; boundary=m'],
    ['no form at all', Buffer.from('{}'), 'application/json'],
    ['a large form without a part', Buffer.alloc(300_000, 0x61), 'application/x-www-form-urlencoded'],
  ])('%s', async (_, bytes, type) => {
    for (const path of ['/report', '/complain']) {
      const init = { method: 'POST', headers: { 'content-type': type }, body: new Uint8Array(bytes) };
      expect([400, 413]).toContain((await fetch(world.origin + path, init)).status);
    }
  });

  it('a script in a picture stays behind', async () => {
    expect((await report({ at: 'post/p1', token: fresh(6), pictures: [await jpegAndPage()] })).status).toBe(
      303,
    );
    const [shown] = (await world.caseOf(a, 'post/p1')).beside.shown.pictures;
    const kept = await fetch(`${world.origin}/media/${shown?.hash}`, { headers: { cookie: a.cookie } });
    expect(Buffer.from(await kept.arrayBuffer()).includes('<script')).toBe(false);
  });
});

describe('a receipt', () => {
  it.each(['A'.repeat(22), 'x', '%00', '..%2F..', '<script>'])(
    'that nobody has (%s) shows a form for its code',
    async (code) => {
      const answer = await fetch(`${world.origin}/receipts/${encodeURIComponent(code)}`, {
        headers: { accept: 'text/html' },
      });
      expect(answer.status).toBe(404);
      expect(await answer.text()).toContain('There is no report with this code');
    },
  );

  it('is found by its code, by its address, and with blanks in it', async () => {
    const receipt = receiptOf(await report({ at: 'post/k1', token: fresh(7) }));
    for (const typed of [
      receipt,
      `https://desk.example/receipts/${receipt}?new=1`,
      `${receipt.slice(0, 9)} ${receipt.slice(9)}`,
    ]) {
      const found = await fetch(`${world.origin}/receipts?code=${encodeURIComponent(typed)}`, {
        redirect: 'manual',
      });
      expect([found.status, found.headers.get('location')]).toEqual([303, `/receipts/${receipt}`]);
    }
  });

  it('that nobody has changes nothing', async () => {
    const path = `/receipts/${'A'.repeat(22)}`;
    expect((await post(`${path}/wishes`, { wishes: 'no' })).status).toBe(404);
    expect((await post(`${path}/additions`, { words: 'x' })).status).toBe(404);
    expect((await post(`${path}/wishes`, { wishes: 'perhaps' })).status).toBe(400);
  });
});

it('a database that goes away in the middle loses no word: the page says to send it again, and it counts once', async () => {
  const form = { at: 'post/away', token: fresh(9), what: 'Not lost either' };
  await withConnection(world.databaseUrl, async (run) => {
    await run("select pg_advisory_lock(hashtextextended('post/away', 0))");
    const sending = report(form);
    const cut = () =>
      run(
        "select pg_terminate_backend(pid) as cut from pg_stat_activity where wait_event = 'advisory' and datname = current_database()",
      );
    await expect.poll(async () => (await cut()).length).toBe(1);
    const answer = await sending;
    const text = await answer.text();
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '10']);
    for (const words of ['press Send again in a minute', 'Not lost either']) expect(text).toContain(words);
  });
  expect((await report(form)).status).toBe(303);
  expect((await world.caseOf(a, 'post/away')).reportCount).toBe(1);
});

describe('very many at once', () => {
  it('from one place are asked to wait, with everything they wrote; the platform never', async () => {
    const headers = { 'x-forwarded-for': '198.51.100.7' };
    const send = (n: number) =>
      postForm(
        world,
        '/report',
        reportForm({ at: `post/m${n}`, token: fresh(100 + n), what: 'Not lost' }),
        headers,
      );
    const sent = await Promise.all(Array.from({ length: 40 }, (_, n) => send(n)));
    const late = sent.filter((one) => one.status === 429);
    expect(late).toHaveLength(10);
    const text = (await late[0]?.text()) ?? '';
    for (const words of ['Please wait', 'Not lost', 'post/m', 'do not wait: call for help'])
      expect(text).toContain(words);
    expect(Number(late[0]?.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await world.report([snapshot('post/m99', null)], {}, connectorToken)).status).toBe(201);
    const elsewhere = await postForm(world, '/report', reportForm({ at: 'post/m98' }), {
      'x-forwarded-for': '198.51.100.8',
    });
    expect(elsewhere.status).toBe(303);
    world.clock.advance({ minutes: 2 });
    expect((await send(50)).status).toBe(303);
  });

  it('about one thing are one line in the queue and hide no other', async () => {
    await report({ at: 'post/quiet', reasons: ['threat'], token: fresh(8) });
    const flood = Array.from({ length: 60 }, (_, n) =>
      world.report([snapshot('post/loud', subOf('l'))], { statement: `${n}` }, connectorToken),
    );
    const answers = await Promise.all(flood);
    expect(new Set(answers.map((one) => one.body.receipt)).size).toBe(60);
    const { cases } = (await a.get('/?queue=content')).body;
    const quiet = (await world.caseOf(a, 'post/quiet')).caseId;
    const loud = await world.caseOf(a, 'post/loud');
    expect(loud.reportCount).toBe(60);
    expect(cases.filter((one: { caseId: string }) => one.caseId === loud.caseId)).toHaveLength(1);
    const order = cases.map((one: { caseId: string }) => one.caseId);
    expect(order.indexOf(quiet)).toBeLessThan(order.indexOf(loud.caseId));
  });
});
