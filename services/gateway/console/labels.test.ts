/** What the console calls by an id in files, people read in words, with the id beside it. */
import { type ConsoleVisit, firstAdmin } from '@answerable/practice-people/console-visit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Scene, startScene } from '../testing/scene.ts';
import { labelled } from './labels.tsx';
import { actInWords } from './sanction-words.ts';
import { inWords } from './show-record.tsx';

const adminToken = 'the-token-of-who-has-this-machine-and-nobody-else';
let scene: Scene;
let admin: ConsoleVisit;
beforeAll(async () => {
  scene = await startScene({
    adminToken,
    policy: {
      grounds: ['threat-to-life', 'of-nobody'],
      rooms: [{ id: 'square-1', title: 'The square', acts: { read: 'open', post: 'answerable' } }],
    },
    others: [{ name: 'lantern' }],
  });
  admin = await firstAdmin(scene.config.origin, adminToken);
}, 60_000);
afterAll(() => scene?.close());

describe('the page of a platform', () => {
  it.each([
    ['a ground', 'A threat to life <code>threat-to-life</code>'],
    ['a ground that the trust policy does not have', '<li><code>of-nobody</code></li>'],
    ['a flag', 'whether you are over 16 <code>over_16</code>'],
    ['a room', 'The square <code>square-1</code>'],
    ['what is done in a room', 'Anybody can read.'],
  ])('names %s', async (_what, shown) => {
    expect((await admin.page('/platforms/forum')).text).toContain(shown);
  });
  it('says so where there is none', async () => {
    const { text } = await admin.page('/platforms/lantern');
    for (const words of ['nothing', 'none']) expect(text).toContain(`<span>${words}</span>`);
    expect(text).not.toContain('Rooms');
  });
});

it.each([
  ['forum', 'The forum', 'The forum (forum)'],
  ['lantern', 'lantern', 'lantern'],
  ['gone', undefined, 'gone'],
])('on one line, %s', (id, label, line) => {
  expect(labelled(id, label)).toBe(line);
});

it.each([
  ['suspend-account', 'shut the account'],
  ['keep-as-memorial', 'keep as memorial'],
])('an act, %s', (kind, words) => {
  expect(actInWords(kind)).toBe(words);
});

it('what was not done says that nothing of either kind waits', async () => {
  expect((await admin.page('/undone')).text).toContain('so is what the last day of a claim brought');
});

it('a line of the record names platform and act as people call them', () => {
  const titles = (id: string) => (id === 'forum' ? 'The forum' : undefined);
  const line = { kind: 'done-by-hand', platform: 'forum', what: 'suspend-account', until: null };
  expect(inWords(line, titles)).toBe(
    'done by hand, platform: The forum (forum), what: shut the account, until: none',
  );
  const other = { kind: 'account-looked-at', platform: 'gone', for: 'keep-as-memorial', holds: 'account' };
  expect(inWords(other, titles)).toBe(
    'account looked at, platform: gone, for: keep as memorial, holds: this account and no other',
  );
});
