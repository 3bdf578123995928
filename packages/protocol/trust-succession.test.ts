import { describe, expect, it } from 'vitest';
import { dayAt, trialSuccession } from './testing/trial-succession.ts';
import { inForce, requireChain, requireNext } from './trust-chain.ts';
import { type TrustPolicy, type TrustPolicyFile, trustPolicyHash } from './trust-policy.ts';
import { earliestDay, faultsOfSignatures, faultsOfText, requireSuccessor } from './trust-succession.ts';

const days = 86_400;
const now = Math.floor(Date.now() / 1000);
const { first, next, signed, proof, keyOf, gateway, authority, witness, witnessKeys } = trialSuccession(now);
const two = ['guardian-1', 'guardian-3'];
const club = 'gateway-club';
const whole = (policy: TrustPolicy, at = now): TrustPolicyFile => ({
  ...signed(policy, [...two, club]),
  logged: proof(policy, at),
});
const second = next();
const mismatch = expect.objectContaining({ code: 'policy_mismatch' });

describe('a policy may follow', () => {
  it('with another gateway, by two guardians and the gateway, fifteen days before', () => {
    expect(faultsOfText(first, second)).toEqual([]);
    expect(requireNext(first, whole(second))).toEqual(second);
  });
  it('with another authority and ground, other limits, or a gateway less', () => {
    const court = authority('high-court');
    for (const changed of [
      {
        authorities: [...first.authorities, court],
        grounds: [...first.grounds, { id: 'court-order', title: 'An order', authorities: ['high-court'] }],
      },
      { limits: { ...first.limits, hearingSeconds: 99 } },
      { gateways: [] },
      { witnesses: { quorum: 2, list: first.witnesses.list.slice(1) } },
    ]) {
      const policy = next(first, { gateways: first.gateways, ...changed });
      const file = signed(policy, [...two, 'high-court']);
      expect(requireSuccessor(first, file)).toEqual(policy);
    }
  });
  it('one after another, each binding from its own day', () => {
    const third = next(second, { gateways: second.gateways, effective: dayAt(now, 40) });
    const chain = requireChain(first, [whole(second), whole(third, now + 20 * days)]);
    const serialOn = (day: number) => inForce(chain, (now + day * days) * 1000).serial;
    expect([0, 14, 15, 39, 40, 400].map(serialOn)).toEqual([1, 1, 2, 2, 3, 3]);
  });
});

describe('the text of a successor is refused', () => {
  const { opening, tags, registrar } = first;
  const [town] = first.gateways;
  const bent: [sin: string, changed: Partial<TrustPolicy>, field: string][] = [
    ['with the serial of the one before', { serial: 1 }, 'serial'],
    ['that skips a serial', { serial: 3 }, 'serial'],
    ['that follows nothing', { previous: null }, 'previous'],
    ['that follows another', { previous: trustPolicyHash(second) }, 'previous'],
    ['of another network', { network: 'other' }, 'network'],
    ['that binds before the one before', { effective: dayAt(now, -1) }, 'effective'],
    ['with another opening key', { opening: { ...opening, publicKey: tags.publicKey } }, 'opening'],
    ['with a lower threshold of guardians', { opening: { ...opening, threshold: 1 } as never }, 'opening'],
    ['without a guardian', { opening: { ...opening, guardians: opening.guardians.slice(1) } }, 'opening'],
    [
      'with another key of a guardian',
      {
        opening: {
          ...opening,
          guardians: opening.guardians.map((one, i) => (i ? one : { ...one, signingKey: town!.signingKey })),
        },
      },
      'opening',
    ],
    ['with another transcript of the tag key', { tags: { ...tags, transcript: opening.transcript } }, 'tags'],
    [
      'with keepers at another address',
      { tags: { ...tags, keepers: tags.keepers.map((one) => ({ ...one, origin: 'https://x.example' })) } },
      'tags',
    ],
    ['with another issuer key', { registrar: { ...registrar, issuerKey: 'A'.repeat(128) } }, 'registrar'],
    ['with later issuer keys', { registrar: { ...registrar, nextIssuerKeys: [] } }, 'registrar'],
    ['with another log', { log: { ...first.log, origin: 'https://x.example' } }, 'log'],
    ['with another wallet', { wallets: ['https://x.example'] }, 'wallets'],
    ['with another publisher', { releases: { ...first.releases, publisher: 'x' } }, 'releases'],
    ['with shorter epochs', { epochSeconds: 60 }, 'epochSeconds'],
    ['with another grace', { graceSeconds: 0 }, 'graceSeconds'],
    ['with referees all at once', { referees: true }, 'referees'],
    [
      'that shortens the notice',
      { limits: { ...first.limits, successionSeconds: 0 } },
      'limits.successionSeconds',
    ],
    ['with a gateway of a guardian’s name', { gateways: [gateway('guardian-1', 'x')] }, 'parties'],
    ['with one gateway twice', { gateways: [town!, town!] }, 'parties'],
    [
      'with one key in two hands',
      { gateways: [town!, { ...gateway('g', 'x'), signingKey: town!.signingKey }] },
      'parties',
    ],
    [
      'with a gateway at another’s address',
      { gateways: [town!, { ...gateway('g', 'x'), origin: town!.origin }] },
      'parties',
    ],
    [
      'with a gateway at the log’s address',
      { gateways: [{ ...gateway('g', 'x'), origin: first.log.origin }] },
      'parties',
    ],
    [
      'in which a platform that stays speaks another protocol',
      { gateways: [{ ...town!, atproto: town!.platforms }] },
      'gateways',
    ],
    ['with a ground of nobody', { authorities: [] }, 'grounds'],
    ['with a ground twice', { grounds: [...first.grounds, ...first.grounds] }, 'grounds'],
    [
      'that needs more witnesses than there are',
      { witnesses: { ...first.witnesses, quorum: 9 } },
      'witnesses',
    ],
    ['that needs no witness any more', { witnesses: { ...first.witnesses, quorum: 0 } }, 'witnesses'],
    [
      'with guardians alone as witnesses',
      { witnesses: { quorum: 2, list: first.witnesses.list.slice(0, 3) } },
      'witnesses',
    ],
    [
      'with one witness under two names',
      {
        witnesses: {
          quorum: 2,
          list: [...first.witnesses.list, witness('new', witnessKeys.get('keeper-1')!)],
        },
      },
      'witnesses',
    ],
    [
      'with a witness key that is none',
      { witnesses: { quorum: 1, list: [{ name: 'w', origin: 'https://w.example', verifierKey: 'x' }] } },
      'witnesses',
    ],
  ];
  it.each(bent)('%s', (_, changed, field) => {
    const policy = next(first, changed);
    expect(faultsOfText(first, policy).map((fault) => fault.field)).toContain(field);
    expect(() => requireSuccessor(first, signed(policy, [...two, club, 'g']))).toThrow(mismatch);
  });
});

describe('the signatures of a successor are refused', () => {
  const other = next(first, { effective: dayAt(now, 16) });
  const [mine] = signed(second, ['guardian-1']).signatures;
  const files: [sin: string, file: TrustPolicyFile][] = [
    ['of nobody', signed(second, [])],
    ['of one guardian, one too few', signed(second, ['guardian-1', club])],
    [
      'of one guardian, twice',
      { policy: second, signatures: [mine!, mine!, ...signed(second, [club]).signatures] },
    ],
    [
      'of one guardian under two names',
      {
        policy: second,
        signatures: [mine!, { ...mine!, party: 'guardian-2' }, ...signed(second, [club]).signatures],
      },
    ],
    ['of keepers in place of guardians', signed(second, ['keeper-1', 'keeper-2', 'keeper-3', club])],
    ['of the gateways and the registrar', signed(second, ['gateway-town', 'registrar', club])],
    ['of another text', { ...signed(other, [...two, club]), policy: second }],
    ['without the gateway that comes in', signed(second, ['guardian-1', 'guardian-2', 'guardian-3'])],
  ];
  it.each(files)('%s', (_, file) => {
    expect(faultsOfSignatures(first, file)).not.toEqual([]);
    expect(() => requireNext(first, { ...file, logged: proof(file.policy, now) })).toThrow(mismatch);
  });
  it('without whoever changes: another address, another platform, an authority, a witness', () => {
    const [town] = first.gateways;
    const moved = witness('keeper-1', witnessKeys.get('keeper-2')!);
    const without = first.witnesses.list.filter(({ name }) => name !== 'keeper-2' && name !== 'keeper-1');
    for (const [changed, name] of [
      [{ gateways: [{ ...town!, origin: 'https://else.example' }] }, 'gateway-town'],
      [{ gateways: [{ ...town!, platforms: ['town', 'more'] }] }, 'gateway-town'],
      [{ gateways: first.gateways, authorities: [...first.authorities, authority('police')] }, 'police'],
      [{ gateways: first.gateways, witnesses: { quorum: 2, list: [...without, moved] } }, 'keeper-1'],
    ] as [Partial<TrustPolicy>, string][]) {
      const policy = next(first, changed);
      expect(() => requireSuccessor(first, signed(policy, two)), name).toThrow(mismatch);
      expect(requireSuccessor(first, signed(policy, [...two, name]))).toEqual(policy);
    }
  });
  it('of guardians that only the successor itself lists', () => {
    keyOf('guardian-9');
    const guardians = first.opening.guardians.map((one, i) => ({ ...one, name: `mine-${i}` }));
    const policy = next(first, { opening: { ...first.opening, guardians } });
    expect(faultsOfSignatures(first, signed(policy, ['mine-0', 'mine-1', club]))).not.toEqual([]);
  });
});

describe('the date of a successor is refused', () => {
  const notice = 14 * days;
  const begins = Date.parse(second.effective) / 1000;
  it.each<[sin: string, logged: string | undefined]>([
    ['that nobody has logged', undefined],
    ['that is no proof', 'x'],
    ['that stood there a second too late', proof(second, begins - notice + 1)],
    ['that stood there after it binds', proof(second, begins + days)],
    ['that two of three needed witnesses saw', proof(second, now, ['guardian-1', 'keeper-1'])],
    ['with the proof of another policy', proof(next(first, { effective: dayAt(now, 16) }), now)],
    ['with the proof of the policy before', proof(first, now)],
  ])('%s', (_, logged) => {
    const file = { ...signed(second, [...two, club]), ...(logged === undefined ? {} : { logged }) };
    expect(() => requireNext(first, file)).toThrow(mismatch);
  });
  it('and holds at the last second', () => {
    expect(requireNext(first, whole(second, begins - notice))).toEqual(second);
  });
  it('late witnesses do not spoil early ones, and do not make up for them', () => {
    const late = begins - notice + 1;
    const mixed = (early: string[], after: string[]) => {
      const [head, lines] = [proof(second, now, early), proof(second, late, after)];
      return head + lines.split('\n\n')[2]!.split('\n').slice(1).join('\n');
    };
    const file = signed(second, [...two, club]);
    const good = mixed(['guardian-1', 'guardian-2', 'keeper-1'], ['keeper-2']);
    expect(requireNext(first, { ...file, logged: good })).toEqual(second);
    const bad = mixed(['guardian-1', 'guardian-2'], ['keeper-1', 'keeper-2']);
    expect(() => requireNext(first, { ...file, logged: bad })).toThrow(mismatch);
  });
  it('a notice of days ends before the day begins; one of seconds, on the same day', () => {
    const noon = Math.floor(now / days) * days + days / 2;
    expect(earliestDay(first, noon)).toBe(dayAt(noon, 15));
    expect(earliestDay(first, noon - days / 2)).toBe(dayAt(noon, 14));
    const quick = trialSuccession(now, { limits: { successionSeconds: 2 } }).first;
    expect(earliestDay(quick, noon)).toBe(dayAt(noon));
    expect(earliestDay(quick, noon + days / 2 - 1)).toBe(dayAt(noon, 1));
  });
  it('a chain stops at the first that does not follow', () => {
    expect(() => requireChain(first, [whole(second), whole(second)])).toThrow(mismatch);
    expect(() => requireChain(first, [whole(next(second))])).toThrow(mismatch);
  });
});
