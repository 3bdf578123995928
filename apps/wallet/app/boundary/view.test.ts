import type { TrustPolicy } from '@answerable/protocol/trust-policy';
import { describe, expect, it } from 'vitest';
import { noticesView, placeTitle } from './view.ts';

const policy = {
  log: { verifierKey: 'log.example+1' },
  witnesses: { quorum: 2, list: [] },
  authorities: [{ name: 'court', title: 'Crown Court' }],
  grounds: [{ id: 'life', title: 'Threat to life' }],
  opening: {
    guardians: [
      { name: 'g1', title: 'First' },
      { name: 'g2', title: 'Second' },
    ],
  },
} as unknown as TrustPolicy;
const found = (slot: number, guardian: string, index: number) => ({
  gateway: 'gate',
  platform: 'commons',
  slot,
  authority: 'court',
  ground: 'life',
  guardian,
  index,
  entry: new Uint8Array([index]),
  proof: `proof of ${index}`,
  witnesses: ['w1', 'w2'],
});

describe('what a screen is told', () => {
  it('one notice for an account, however many guardians published it', () => {
    const notices = [found(1, 'g1', 7), found(1, 'g2', 9), found(1, 'g2', 11), found(2, 'g1', 12)];
    expect(noticesView(policy, { entriesRead: 20, notices })).toEqual({
      entriesRead: 20,
      notices: [
        {
          platform: 'Commons',
          slot: 1,
          authority: 'Crown Court',
          ground: 'Threat to life',
          guardians: ['First', 'Second'],
          index: 7,
          witnesses: ['w1', 'w2'],
          proof: expect.stringMatching(/proof of 7.*proof of 9.*proof of 11/s),
        },
        {
          platform: 'Commons',
          slot: 2,
          authority: 'Crown Court',
          ground: 'Threat to life',
          guardians: ['First'],
          index: 12,
          witnesses: ['w1', 'w2'],
          proof: expect.stringContaining('proof of 12'),
        },
      ],
    });
  });
  it('names that the policy does not know stand as they are', () => {
    const notice = { ...found(1, 'g9', 3), authority: 'else', ground: 'odd' };
    expect(noticesView(policy, { entriesRead: 4, notices: [notice] }).notices[0]).toMatchObject({
      authority: 'else',
      ground: 'odd',
      guardians: ['g9'],
    });
    expect(placeTitle('lantern')).toBe('Lantern');
  });
});
