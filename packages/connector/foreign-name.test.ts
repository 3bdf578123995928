import { itemSnapshot } from '@answerable/protocol/report/report';
import * as wire from '@answerable/protocol/wire';
import { describe, expect, it } from 'vitest';
import { foreignLocator, foreignSub } from './foreign-name.ts';

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
