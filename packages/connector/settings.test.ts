import { describe, expect, it } from 'vitest';
import { platformSettings } from './settings.ts';

const origin = 'https://town.example';
const connectorToken = 'connector-token-of-thirty-two-chars';
const name = 'town';
const labeler = { did: 'did:plc:aaaaaaaaaaaaaaaaaaaaaaaa', origin, adminPassword: 'abcdefgh' };
const labelled = (more: object) => ({
  kind: 'bluesky',
  name,
  origin,
  adminPassword: 'abcdefgh',
  labeler: { ...labeler, ...more },
});

describe('settings of a platform', () => {
  it.each([
    ['a configuration from before there were kinds', { name, origin, connectorToken }],
    ['answerable', { kind: 'answerable', name, origin, connectorToken }],
    ['mastodon', { kind: 'mastodon', name, origin, token: 'abcdefgh' }],
    ['nodebb', { kind: 'nodebb', name, origin, token: 'abcdefgh', uid: 1 }],
    ['discourse', { kind: 'discourse', name, origin, token: 'abcdefgh', username: 'system' }],
    ['bluesky', { kind: 'bluesky', name, origin, adminPassword: 'abcdefgh' }],
    ['bluesky with a labeler', labelled({})],
    ['labels of its own', labelled({ labels: { hidden: '!hide', restricted: 'town-slow' } })],
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
    ['a labeler without a DID', labelled({ did: undefined })],
    ['a labeler that is no DID', labelled({ did: 'ozone.example' })],
    ['a labeler at a path', labelled({ origin: `${origin}/ozone` })],
    ['a labeler without its password', labelled({ adminPassword: undefined })],
    ['a label for something that nobody says', labelled({ labels: { rude: 'rude' } })],
    ['a label that is a takedown', labelled({ labels: { hidden: '!takedown' } })],
    ['a label that is two', labelled({ labels: { hidden: 'hide warn' } })],
    ['a label in capitals', labelled({ labels: { restricted: 'Slow' } })],
    ['a label that is empty', labelled({ labels: { restricted: '' } })],
    ['one label for two things', labelled({ labels: { restricted: '!hide' } })],
    ['a user number that is none', { kind: 'nodebb', name, origin, token: 'abcdefgh', uid: 0 }],
  ])('refused: %s', (_sin, settings) => {
    expect(platformSettings.safeParse(settings).success).toBe(false);
  });
});
