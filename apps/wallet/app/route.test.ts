import { describe, expect, it } from 'vitest';
import { linkTo, routeOf } from './route.ts';

describe('addresses inside the wallet', () => {
  it('lead to a screen with its facts, and back', () => {
    const facts = { gateway: 'gate', platform: 'a&b=c', slot: '2' };
    expect(routeOf(linkTo('inbox', facts))).toEqual({ name: 'inbox', facts });
    expect(routeOf(linkTo('home'))).toEqual({ name: 'home', facts: {} });
  });
  it('are as registrar and gateway write them', () => {
    expect(routeOf('#/enrolled?session=s&code=c')).toEqual({
      name: 'enrolled',
      facts: { session: 's', code: 'c' },
    });
    expect(routeOf('#/ask?request=eyJ9')).toEqual({ name: 'ask', facts: { request: 'eyJ9' } });
    expect(routeOf('#/inbox')).toEqual({ name: 'inbox', facts: {} });
  });
  it('that nobody made lead home', () => {
    for (const odd of ['', '#', '#/', '#/nowhere', '#/constructor', '#/__proto__?x=1', '#//ask', '#/Ask'])
      expect(routeOf(odd).name).toBe('home');
  });
});
