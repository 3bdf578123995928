/** A request is believed only from whom the trust policy says, for what it says. */
import { toBase64url, utf8 } from '@answerable/core/bytes';
import { randomBytes } from '@answerable/core/rng';
import type { AdmissionRequest } from '@answerable/protocol/admission/request';
import { messageLabels } from '@answerable/protocol/labels';
import { signMessage, verifyingKeyOf } from '@answerable/protocol/signed';
import type { TrustPolicy } from '@answerable/protocol/trust-policy';
import { describe, expect, it } from 'vitest';
import { answerRequest } from './answer-request.ts';
import type { WalletParts } from './parts.ts';
import { readRequest, viewRequest } from './read-request.ts';
import { memoryStore } from './state.ts';

const key = randomBytes(32);
const policyHash = toBase64url(randomBytes(32));
const policy = {
  gateways: [
    {
      name: 'gateway',
      title: 'Gateway',
      origin: 'https://gateway.example',
      signingKey: verifyingKeyOf(key),
      platforms: ['forum'],
    },
  ],
  grounds: [{ id: 'threat-to-life', title: 'A threat to life', authorities: [] }],
  opening: { threshold: 2, guardians: [{ title: 'One' }, { title: 'Two' }, { title: 'Three' }] },
} as unknown as TrustPolicy;
const parts: WalletParts = {
  policy,
  policyHash,
  fetch: () => Promise.reject(new Error('nobody is asked')),
  clock: { now: () => new Date('2026-11-23T12:00:00Z') },
  store: memoryStore(),
  origin: 'https://wallet.example',
};
const right: AdmissionRequest = {
  v: 1,
  request: 'request-1',
  gateway: 'gateway',
  scope: { protocol: 'openid', kind: 'platform', origin: 'https://gateway.example', platform: 'forum' },
  nonce: toBase64url(randomBytes(16)),
  expires: '2026-11-23T12:10:00Z',
  platformPolicy: {
    v: 1,
    platform: 'forum',
    title: 'The Forum',
    accountsMax: 2,
    disclose: ['over_13'],
    grounds: ['threat-to-life'],
    sanctionsHoldThePerson: true,
    resetNeedsModerator: true,
  },
  trustPolicy: policyHash,
};
const encode = (value: unknown) => toBase64url(utf8(JSON.stringify(value)));
const asked = (change: Partial<AdmissionRequest> = {}, by = key) =>
  encode(signMessage(by, messageLabels.admissionRequest, { ...right, ...change }));

it('knows a server of the AT Protocol by the policy, where the person chooses the name afterwards', async () => {
  const [gateway] = policy.gateways;
  const other = { ...policy, gateways: [{ ...gateway!, atproto: ['forum'] }] };
  const scope = { ...right.scope, protocol: 'atproto' as const };
  expect(await viewRequest({ ...parts, policy: other }, asked({ scope }))).toMatchObject({
    namedThere: true,
  });
  expect(await viewRequest(parts, asked())).toMatchObject({ namedThere: false });
  await expect(viewRequest({ ...parts, policy: other }, asked())).rejects.toMatchObject({ doubt: 'request' });
});

it('reads who asks, what they learn and who could open', async () => {
  expect(await viewRequest(parts, asked())).toMatchObject({
    title: 'The Forum',
    gateway: { origin: 'https://gateway.example' },
    discloses: [{ name: 'over_13', value: null }],
    grounds: [{ id: 'threat-to-life', title: 'A threat to life' }],
    guardians: ['One', 'Two', 'Three'],
    threshold: 2,
    ready: false,
  });
});

const { scope, platformPolicy } = right;
describe('refuses', () => {
  it.each<[string, string, object]>([
    ['a gateway that nobody listed', asked({ gateway: 'other' }), { code: 'party_unknown' }],
    ['another key', asked({}, randomBytes(32)), { doubt: 'request' }],
    ['another origin', asked({ scope: { ...scope, origin: 'https://phish.example' } }), { doubt: 'request' }],
    [
      'a platform that is not the gateway’s',
      asked({
        scope: { ...scope, platform: 'bank' },
        platformPolicy: { ...platformPolicy, platform: 'bank' },
      }),
      { doubt: 'request' },
    ],
    [
      'the other protocol, for a second pseudonym at the same platform',
      asked({ scope: { ...scope, protocol: 'atproto' } }),
      { doubt: 'request' },
    ],
    [
      'a policy of another platform',
      asked({ platformPolicy: { ...platformPolicy, platform: 'bank' } }),
      { doubt: 'request' },
    ],
    [
      'a ground that is not in the trust policy',
      asked({ platformPolicy: { ...platformPolicy, grounds: ['curiosity'] } }),
      { doubt: 'request' },
    ],
    [
      'an attribute asked for twice',
      asked({ platformPolicy: { ...platformPolicy, disclose: ['over_13', 'over_13'] } }),
      { doubt: 'request' },
    ],
    [
      'another trust policy',
      asked({ trustPolicy: toBase64url(randomBytes(32)) }),
      { code: 'policy_mismatch' },
    ],
    ['what is over', asked({ expires: '2026-11-23T12:00:00Z' }), { code: 'nonce_expired' }],
    [
      'the lineage',
      asked({ platformPolicy: { ...platformPolicy, disclose: ['lineage' as 'name'] } }),
      { code: 'malformed' },
    ],
    ['what is no request', encode({ message: right }), { code: 'malformed' }],
    ['what is no base64url', '%%%', { code: 'malformed' }],
    ['what is too long', 'A'.repeat(16_001), { code: 'malformed' }],
  ])('%s', (_sin, text, error) => {
    expect(() => readRequest(parts, text)).toThrow(expect.objectContaining(error));
  });

  it('a slot beyond what one person may have, and an answer before joining', async () => {
    await expect(answerRequest(parts, asked(), { way: 'sign-in', slot: 3 })).rejects.toMatchObject({
      code: 'accounts_exhausted',
    });
    await expect(
      answerRequest(parts, asked(), { way: 'new', slot: 1, handle: 'somebody' }),
    ).rejects.toMatchObject({ code: 'person_unknown' });
  });
});
