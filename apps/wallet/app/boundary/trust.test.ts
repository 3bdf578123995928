import { randomBytes } from 'node:crypto';
import { toBase64url } from '@answerable/core/bytes';
import { drawSharedKey } from '@answerable/core/escrow/scenario';
import { messageLabels } from '@answerable/protocol/labels';
import { signMessage, verifyingKeyOf } from '@answerable/protocol/signed';
import { type TrustPolicy, type TrustPolicyFile, trustPolicyHash } from '@answerable/protocol/trust-policy';
import { describe, expect, it } from 'vitest';
import { acceptPolicy } from './trust.ts';

const keys = new Map<string, Uint8Array>();
function keyOf(name: string): Uint8Array {
  const key = keys.get(name) ?? new Uint8Array(randomBytes(32));
  keys.set(name, key);
  return key;
}
const octets = (n: number) => toBase64url(new Uint8Array(n));
const party = (name: string) => ({
  name,
  title: name,
  origin: `https://${name}.example`,
  signingKey: verifyingKeyOf(keyOf(name)),
});
const guardians = ['guard-1', 'guard-2', 'guard-3'];
const keepers = ['keep-1', 'keep-2', 'keep-3'];
const opening = drawSharedKey('opening', 2, 3).keys;
const tags = drawSharedKey('tag', 2, 3).keys;
const everyone = ['registrar', ...guardians, ...keepers, 'gate', 'court'];

const genesis: TrustPolicy = {
  v: 1,
  network: 'trial',
  serial: 1,
  previous: null,
  effective: '2026-11-01',
  schema: 'answerable-person-1',
  epochSeconds: 2_592_000,
  graceSeconds: 604_800,
  registrar: { ...party('registrar'), issuerKey: octets(96) },
  evidence: [],
  referees: false,
  opening: {
    threshold: 2,
    publicKey: toBase64url(opening.publicKey),
    transcript: octets(32),
    guardians: guardians.map((name, i) => ({
      ...party(name),
      index: i + 1,
      verificationKey: toBase64url(opening.verificationKeys[i]!),
      sealingKey: octets(32),
    })),
  },
  tags: {
    threshold: 2,
    publicKey: toBase64url(tags.publicKey),
    transcript: octets(32),
    keepers: keepers.map((name, i) => ({
      ...party(name),
      index: i + 1,
      verificationKey: toBase64url(tags.verificationKeys[i]!),
    })),
  },
  log: { name: 'log', origin: 'https://log.example', verifierKey: 'x' },
  witnesses: { quorum: 1, list: [] },
  gateways: [{ ...party('gate'), platforms: ['commons'] }],
  wallets: ['https://wallet.example'],
  releases: { publisher: 'publisher', signingKey: octets(32) },
  authorities: [{ ...party('court'), sealingKey: octets(32) }],
  grounds: [],
  limits: {
    recallBudget: 20,
    recallPerDay: 5,
    resetWaitSeconds: 1,
    hearingSeconds: 1,
    noticeSeconds: 1,
    checkpointAgeSeconds: 60,
  },
};
const signedBy = (policy: TrustPolicy, names: readonly string[]): TrustPolicyFile => ({
  policy,
  signatures: names.map((name) => ({
    party: name,
    signature: signMessage(keyOf(name), messageLabels.trustPolicy, policy).signature,
  })),
});
const pinned = { hash: trustPolicyHash(genesis), policy: genesis };
const later: TrustPolicy = { ...genesis, serial: 2, previous: pinned.hash };
const refused = expect.objectContaining({ code: 'policy_refused' });

describe('the policy that a wallet accepts', () => {
  it('the first, signed by every party it lists', () =>
    expect(acceptPolicy(undefined, signedBy(genesis, everyone))).toEqual(pinned));
  it('the pinned one again, whatever signatures come along', () =>
    expect(acceptPolicy(pinned, signedBy(genesis, []))).toBe(pinned));
});

describe('the policy that a wallet refuses', () => {
  const refuse = (name: string, before: typeof pinned | undefined, file: unknown) =>
    it(name, () => {
      let caught: unknown;
      try {
        acceptPolicy(before, file);
      } catch (error) {
        caught = error;
      }
      expect(caught).toEqual(refused);
    });

  for (const missing of everyone)
    refuse(
      `a first one that ${missing} did not sign`,
      undefined,
      signedBy(
        genesis,
        everyone.filter((n) => n !== missing),
      ),
    );
  refuse('a first one that is not the first', undefined, signedBy(later, everyone));
  refuse('a first one changed after it was signed', undefined, {
    ...signedBy(genesis, everyone),
    policy: { ...genesis, opening: { ...genesis.opening, threshold: 3 } },
  });
  refuse('a signature of somebody else under a party’s name', undefined, {
    policy: genesis,
    signatures: signedBy(genesis, everyone).signatures.map((one) =>
      one.party === 'registrar' ? { ...signedBy(genesis, ['gate']).signatures[0]!, party: 'registrar' } : one,
    ),
  });
  const foreign = toBase64url(drawSharedKey('opening', 2, 3).keys.publicKey);
  const withKey = (policy: TrustPolicy, publicKey: string) => ({
    ...policy,
    opening: { ...policy.opening, publicKey },
  });
  refuse(
    'a first one, signed by all, whose opening key is none of the guardians’',
    undefined,
    signedBy(withKey(genesis, foreign), everyone),
  );
  refuse(
    'another genesis under the same name',
    pinned,
    signedBy({ ...genesis, effective: '2026-11-02' }, everyone),
  );
  refuse('something that is no policy', pinned, { policy: 1 });
});
