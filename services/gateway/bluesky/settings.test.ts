import { describe, expect, it } from 'vitest';
import { gatewayConfig } from '../config.ts';

const secret = 'a-token-that-has-more-than-thirty-two-characters';
const town = {
  name: 'town',
  kind: 'bluesky',
  connector: {
    kind: 'bluesky',
    name: 'town',
    origin: 'https://pds.example',
    adminPassword: 'admin-password',
  },
  policy: {
    v: 1,
    platform: 'town',
    title: 'Town',
    accountsMax: 1,
    disclose: [],
    grounds: [],
    sanctionsHoldThePerson: true,
    resetNeedsModerator: true,
  },
};
const configWith = (platform: object) => ({
  name: 'gateway',
  title: 'Gateway',
  mode: 'production',
  host: '127.0.0.1',
  port: 4000,
  origin: 'https://gateway.example',
  dataDir: '/data',
  policyPath: '/data/trial-1.policy',
  databaseUrl: 'postgres://localhost/gateway',
  walletOrigin: 'https://wallet.example',
  domainToken: secret,
  operatorToken: secret,
  desk: { origin: 'https://desk.example' },
  platforms: [platform],
});
const read = (platform: object) => gatewayConfig.safeParse(configWith(platform));

it('a server of the AT Protocol needs no fields of an OpenID client, and reads the same twice', () => {
  const once = read(town);
  expect(once.error).toBeUndefined();
  expect(gatewayConfig.parse(once.data)).toEqual(once.data);
});

describe('refuses', () => {
  it.each<[string, object]>([
    ['a forum without its client', { ...town, kind: 'openid' }],
    ['a server without a connector', { ...town, connector: undefined }],
    [
      'a server behind the connector of another kind',
      { ...town, connector: { kind: 'nodebb', name: 'town', origin: 'https://pds.example', token: secret } },
    ],
    ['an account of the operator that is no DID', { ...town, bluesky: { ownAccounts: ['alice.example'] } }],
    ['codes that are good for ever', { ...town, bluesky: { inviteMinutes: 1e9 } }],
  ])('%s', (_sin, platform) => {
    expect(read(platform).success).toBe(false);
  });
});
