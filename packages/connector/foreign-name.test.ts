import { itemSnapshot } from '@answerable/protocol/report/report';
import * as wire from '@answerable/protocol/wire';
import { describe, expect, it } from 'vitest';
import { byHandPlatform } from './by-hand.ts';
import { foreignLocator, foreignSub, fragmentOfPost } from './foreign-name.ts';

describe('a foreign name', () => {
  it('has the shape that cases know, and stays what it was', () => {
    expect(wire.sub.parse(foreignSub('town', '109'))).toBe(
      'tabfenidq6jlw6bqxnnkrktyagfdkle6266wwch4euhcdd5zphwa',
    );
    const locator = foreignLocator('post', 'town', 'https://town.example/@a/1');
    expect(itemSnapshot.shape.locator.parse(locator)).toBe(locator);
    expect(locator).toMatch(/^post\/[a-z2-7]{32}$/);
  });
  it('keeps platforms, kinds and accounts apart', () => {
    const names = [
      foreignSub('town', '1'),
      foreignSub('town', '11'),
      foreignSub('city', '1'),
      foreignLocator('post', 'town', '1'),
      foreignLocator('page', 'town', '1'),
      foreignLocator('post', 'city', '1'),
    ].map((name) => name.replace(/^[a-z]+\//, '').slice(0, 32));
    expect(new Set(names).size).toBe(names.length);
  });
  it('is not made of a broken text', () => {
    expect(() => foreignSub('town', 'half \uD800')).toThrow();
  });
});

describe('a post behind the hash of a thread', () => {
  it.each(['#p812', '#post-3', '#msg_5', '#7'])('is named by %s', (hash) => {
    expect(fragmentOfPost(hash)).toBe(hash);
  });
  it.each(['', '#', '#respond', '#:~:text=somebody%201', '#p812/../9', '#<b>1', `#p${'1'.repeat(21)}`])(
    'is not named by %j',
    (hash) => {
      expect(fragmentOfPost(hash)).toBe('');
    },
  );

  it('is not its thread, nor its neighbour', async () => {
    const kept: string[] = [];
    const keepNames = async (names: readonly { address: string }[]) => {
      kept.push(...names.map(({ address }) => address));
    };
    const memory = { keepNames } as unknown as Parameters<typeof byHandPlatform>[1];
    const platform = byHandPlatform({ name: 'town' }, memory);
    const thread = 'https://town.example/t/9';
    const found = await Promise.all(
      ['', '#p1', '#p2', '#:~:text=a'].map((hash) => platform.locate(thread + hash, 'post')),
    );
    expect(new Set(found).size).toBe(3);
    expect(kept).toEqual([thread, `${thread}#p1`, `${thread}#p2`, thread]);
  });
});
