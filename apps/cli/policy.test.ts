/** What the verb says of policies, and the status it ends with. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { platformPolicyHash } from '@answerable/protocol/platform-policy';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { policyVerb } from './policy.ts';

const folder = mkdtempSync(join(tmpdir(), 'answerable-policy-'));
let files = 0;
const file = (content: unknown): string => {
  const path = join(folder, `${++files}.json`);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
};
async function call(...args: string[]) {
  const said = { out: '', err: '' };
  const into = (where: 'out' | 'err') => (text: string | Uint8Array) => {
    said[where] += text;
    return true;
  };
  const out = vi.spyOn(process.stdout, 'write').mockImplementation(into('out'));
  const err = vi.spyOn(process.stderr, 'write').mockImplementation(into('err'));
  const status = await policyVerb.run(args);
  out.mockRestore();
  err.mockRestore();
  return { status, ...said };
}
afterEach(() => vi.restoreAllMocks());

const policy = {
  v: 1 as const,
  platform: 'forum',
  title: 'The forum',
  accountsMax: 3,
  disclose: ['over_16' as const],
  grounds: ['threat-to-life'],
  sanctionsHoldThePerson: true,
  resetNeedsModerator: true,
};
const later = {
  ...policy,
  serial: 2,
  previous: platformPolicyHash(policy),
  effective: '2099-01-01',
  accountsMax: 2,
  grounds: ['threat-to-life', 'court-order'],
  claim: { until: '2099-06-30', afterwards: 'read-only' as const },
};

describe('answerable policy', () => {
  it('checks: what holds, and what does not by its field, with a status', async () => {
    expect(await call('check', file(policy))).toMatchObject({ status: 0 });
    expect((await call('check', file(policy))).out).toContain(platformPolicyHash(policy));
    const wrong = await call(
      'check',
      file({ ...policy, accountsMax: 9, rooms: [{ id: 'a', title: 'A', acts: {} }] }),
    );
    expect(wrong.status).toBe(1);
    expect(wrong.out).toMatch(/^accountsMax: /m);
    expect(wrong.out).toContain('rooms.0.acts: at least one act');
    const misspelt = await call(
      'check',
      file({ ...policy, accountMax: 2, grounds: ['Court Order'], v: '1' }),
    );
    expect(misspelt.out.trim().split('\n')).toEqual([
      'v: One of these: 1.',
      'grounds.0: Not of the expected shape. Ids take small letters, digits, dots and dashes.',
      'accountMax: There is no such field. Is it spelt as in spec/platform-policy.md?',
    ]);
    expect((await call('check', file(later), '--after', file(policy))).status).toBe(0);
    const gap = await call('check', file({ ...later, serial: 3 }), '--after', file(policy));
    expect([gap.status, gap.out]).toEqual([1, 'serial: The next serial is 2.\n']);
  });

  it('says what a desk as it is set cannot hold', async () => {
    const clocks = { decideHours: 24, intimateImageHours: 24, appealDays: 183, appealAnswerDays: 7 };
    const promising = file({ ...policy, clocks });
    const alone = file({ gateway: null, oneModerator: true });
    const found = await call('check', promising, '--desk', alone);
    expect(found.status).toBe(1);
    expect(found.out).toMatch(/^ladder: A bar needs a second person.*\nclocks.appealAnswerDays: /);
    for (const fine of [{ oneModerator: false }, {}])
      expect((await call('check', promising, '--desk', file(fine))).status).toBe(0);
    for (const wrong of [file({ oneModerator: 'yes' }), file('not JSON'), join(folder, 'nothing')])
      expect((await call('check', promising, '--desk', wrong)).status).toBe(1);
  });

  it('explains in words', async () => {
    const { out } = await call('explain', file(later));
    for (const words of [
      'One person can have up to 2 accounts here.',
      'whether you are over 16',
      'until the end of 2099-06-30',
    ])
      expect(out).toContain(words);
    const accountOnly = { ...policy, sanctionsHoldThePerson: false };
    const words = 'A sanction holds one account, and never the person with their other accounts.';
    expect((await call('explain', file(accountOnly))).out).toContain(words);
    expect(out).not.toContain(words);
  });

  it('compares: gravest first, for whom, and what needs consent', async () => {
    const { out } = await call('diff', file(policy), file(later));
    const lines = out.split('\n');
    expect(lines[0]).toContain('court-order');
    expect(lines[0]).toContain('[needs their consent]');
    expect(out).toContain('new accounts: One person can have 2, not 3.');
    expect((await call('diff', file(policy), file(policy))).out).toContain('Nothing changes');
  });

  it('tries it on an export, and says how many', async () => {
    const { out } = await call('dry-run', file(later), '--accounts', file('alice\nbob\n\nceline\n'));
    expect(out).toContain('After that day 3 that nobody attached');
    expect(out).not.toContain('alice');
    const json = await call('dry-run', file(later), '--accounts', file(['a', 'b']), '--json');
    expect(JSON.parse(json.out).claim).toMatchObject({ known: 2, unattached: 2 });
  });

  it.each<[string, string[], number]>([
    ['no file', ['check'], 2],
    ['one policy to compare', ['diff', file(policy)], 2],
    ['a word that it does not know', ['bless', file(policy)], 2],
    ['a file that is not there', ['explain', join(folder, 'none')], 1],
    ['a file that is no JSON', ['check', file('{')], 1],
    ['a policy that does not hold', ['explain', file({})], 1],
    ['a dry run on nothing', ['dry-run', file(policy)], 1],
    ['a gateway without its token', ['announce', file(policy), '--gateway', 'http://localhost:1'], 1],
  ])('refuses %s in one sentence', async (_, args, status) => {
    const refused = await call(...args);
    expect([refused.status, refused.out]).toEqual([status, '']);
    expect(refused.err.trim().split('\n')).toHaveLength(1);
  });
});
