/** Who acts on an account that a sanction holds: the gateway where it says so, the desk everywhere else; never both. */
import type { ConnectorAct } from '@answerable/protocol/report/connector';
import type { SanctionResponse } from '@answerable/protocol/report/sanction';
import { describe, expect, it } from 'vitest';
import { actOnAccount } from './act-on-platform.ts';

const sub = 'a'.repeat(52);
const suspend: ConnectorAct = {
  act: 'A'.repeat(22),
  kind: 'suspend-account',
  target: `account/${sub}`,
  notice: 'Barred.',
};
const restore: ConnectorAct = { ...suspend, kind: 'restore-account' };

async function told(act: ConnectorAct, acts?: SanctionResponse['acts']) {
  const seen: string[] = [];
  const parts = {
    platform: {
      act: async ({ kind }: ConnectorAct) => {
        seen.push(`desk ${kind}`);
        return { done: true, could: '' };
      },
    },
    platformStore: {
      askHand: async (_case: string, { act: which }: ConnectorAct, could: string) =>
        void seen.push(`hand ${which} ${could}`),
      dropWaiting: async (kinds: readonly string[]) => {
        if (kinds.length > 0) seen.push(`drop ${kinds}`);
        return false;
      },
    },
    clock: { now: () => new Date() },
  };
  await actOnAccount(parts as never, 'case', act, acts ? { acts } : {});
  return seen;
}
const theirs = (state: 'done' | 'waits' | 'by-hand', of = sub) => [
  { sub: of, act: 'B'.repeat(22), state, could: state === 'by-hand' ? 'Suspend it.' : '' },
];

describe('the desk', () => {
  it('acts where the gateway says nothing of the account', async () => {
    expect(await told(suspend)).toEqual(['desk suspend-account']);
    expect(await told(suspend, theirs('done', 'b'.repeat(52)))).toEqual(['desk suspend-account']);
  });
  it('does nothing where the gateway did it, or will', async () => {
    expect(await told(suspend, theirs('done'))).toEqual([]);
    expect(await told(suspend, theirs('waits'))).toEqual([]);
  });
  it('puts on its list what the gateway left to a person, and takes it off when that is needless', async () => {
    expect(await told(suspend, theirs('by-hand'))).toEqual([`hand ${'B'.repeat(22)} Suspend it.`]);
    expect(await told(restore, theirs('done'))).toEqual(['drop suspend-account']);
  });
});
