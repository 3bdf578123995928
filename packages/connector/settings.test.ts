import { describe, expect, it } from 'vitest';
import { platformSettings } from './settings.ts';

const origin = 'https://town.example';
const connectorToken = 'connector-token-of-thirty-two-chars';
const name = 'town';

describe('settings of a platform', () => {
  it.each([
    ['a configuration from before there were kinds', { name, origin, connectorToken }],
    ['answerable', { kind: 'answerable', name, origin, connectorToken }],
    ['mastodon', { kind: 'mastodon', name, origin, token: 'abcdefgh' }],
    ['nodebb', { kind: 'nodebb', name, origin, token: 'abcdefgh', uid: 1 }],
    ['discourse', { kind: 'discourse', name, origin, token: 'abcdefgh', username: 'system' }],
    ['bluesky', { kind: 'bluesky', name, origin, adminPassword: 'abcdefgh' }],
    ['webhook', { kind: 'webhook', name, origin, path: '/acts', secret: connectorToken }],
    ['by hand', { kind: 'by-hand', name }],
  ])('%s', (_kind, settings) => {
    expect(platformSettings.parse(settings)).toEqual(settings);
  });

  it.each([
    ['a kind that nobody knows', { kind: 'telegraph', name, origin }],
    ['no connector token', { name, origin }],
    ['a token too short to be one', { name, origin, connectorToken: 'short' }],
    ['an origin with a path', { kind: 'mastodon', name, origin: `${origin}/api`, token: 'abcdefgh' }],
    [
      'an origin with a password',
      { kind: 'mastodon', name, origin: 'https://a:b@c.example', token: 'abcdefgh' },
    ],
    ['an origin that is a file', { kind: 'mastodon', name, origin: 'file:///etc', token: 'abcdefgh' }],
    ['a field of another kind', { kind: 'by-hand', name, token: 'abcdefgh' }],
    [
      'a path that leaves the origin',
      { kind: 'webhook', name, origin, path: '@evil.example', secret: connectorToken },
    ],
    ['a Discourse key without an account', { kind: 'discourse', name, origin, token: 'abcdefgh' }],
    ['a user number that is none', { kind: 'nodebb', name, origin, token: 'abcdefgh', uid: 0 }],
  ])('refused: %s', (_sin, settings) => {
    expect(platformSettings.safeParse(settings).success).toBe(false);
  });
});
