/** One account from before at a platform of another make: found by the platform's own name for it, or left to a person. */
import { fakeNodebb, nodebbToken } from '@answerable/connector/testing/fake-nodebb';
import { memoryOfTests } from '@answerable/connector/testing/fake-platform';
import { realClock } from '@answerable/kit/clock';
import type { AfterClaim } from '@answerable/protocol/platform-policy';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PlatformConfig } from '../config.ts';
import { performTelling } from '../sanctions/perform-telling.ts';
import type { Telling } from '../sanctions/telling-store.ts';
import { carrierOf } from './carry-out.ts';

let forum: Awaited<ReturnType<typeof fakeNodebb>>;
beforeAll(async () => {
  forum = await fakeNodebb();
});
afterAll(() => forum?.close());

function perform(legacy: string) {
  const connector = {
    kind: 'nodebb',
    name: 'forum',
    origin: forum.origin,
    token: nodebbToken,
    uid: 1,
  } as const;
  const platforms = [{ name: 'forum', connector }] as unknown as PlatformConfig[];
  const nobody = async () => {
    throw new Error('no account of ours is looked for');
  };
  const told = performTelling({
    ...{ config: { platforms }, clock: realClock, memory: memoryOfTests() },
    ...{ accountBySub: nobody, emailOf: () => undefined, signOut: nobody },
  });
  const telling = { act: 'A'.repeat(22), way: 'claim', target: 'forum', sub: 'a'.repeat(52), legacy };
  return told({ ...telling, kind: 'restrict-account', notice: 'Not attached.' } as Telling);
}

describe('at a NodeBB', () => {
  it('is done to the account with that number', async () => {
    expect(await perform('5')).toEqual({ done: true, could: '' });
    expect(forum.changes()).toEqual([expect.stringContaining('/api/v3/users/5/mute')]);
  });
  it('a number that nobody has is a person’s to look at, and not done', async () => {
    const told = await perform('404');
    expect(told.done).toBe(false);
    expect(told.could).toContain('No account there is known to be this one');
  });
});

describe('who does it', () => {
  it.each<[string, Partial<PlatformConfig>, AfterClaim, string]>([
    [
      'nobody, where nothing changes',
      { connector: { kind: 'by-hand', name: 'forum' } },
      'stays-open',
      'nobody',
    ],
    ['the platform, without a connector', {}, 'locked', 'platform'],
    [
      'the platform, where a person does everything',
      { connector: { kind: 'by-hand', name: 'forum' } },
      'locked',
      'platform',
    ],
    ['the platform, where software cannot make an account read-only', mastodon(), 'read-only', 'platform'],
    ['the gateway, where it can lock', mastodon(), 'locked', 'gateway'],
  ])('%s', (_, own, afterwards, carrier) => {
    expect(carrierOf(own, afterwards)).toBe(carrier);
  });
});

function mastodon(): Partial<PlatformConfig> {
  return {
    connector: { kind: 'mastodon', name: 'forum', origin: 'https://town.example', token: 'a-token-of-it' },
  };
}
