import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EMPTY_EDGE, grow } from '@answerable/log/append/edge';
import { encodeEntry, type LogEntry } from '@answerable/log/verify/entry';
import { EMPTY_ROOT } from '@answerable/log/verify/merkle';
import { dayAt, trialSuccession } from '@answerable/protocol/testing/trial-succession';
import { policyEntryOf } from '@answerable/protocol/trust-chain';
import type { TrustPolicy, TrustPolicyFile } from '@answerable/protocol/trust-policy';
import { describe, expect, it } from 'vitest';
import { announcedPolicies } from './announced-policies.ts';
import { approveEntries } from './approve-entries.ts';
import { practiceClock } from './clock.ts';

const now = Math.floor(Date.now() / 1000);
const { first, next, signed, proof } = trialSuccession(now);
const second = next();
const signers = ['guardian-1', 'guardian-2', 'gateway-club'];
const plain = (n: number): LogEntry => ({ v: 1, kind: 'commitment', commitment: `c${n}` });
const entriesOf = (...policies: TrustPolicy[]) => policies.map((policy) => policyEntryOf(policy));

function logOf(entries: readonly LogEntry[]) {
  const { head, files } = grow(EMPTY_EDGE, entries.map(encodeEntry));
  return { head, files: new Map(files.map(({ path, bytes }) => [path, bytes])) };
}

interface Sight {
  texts?: readonly TrustPolicyFile[];
  inPlace?: readonly TrustPolicy[];
  at?: number;
  /** where it keeps what it has vouched for: the same folder is the same witness, started again */
  keysDir?: string;
}
const newKeysDir = () => mkdtempSync(join(tmpdir(), 'answerable-announced-'));
function witness({ texts = [], inPlace = [first], at = now, keysDir = newKeysDir() }: Sight = {}) {
  let files = new Map<string, Uint8Array>();
  let fetched: string[] = [];
  const approve = approveEntries({
    policies: { chain: () => inPlace },
    announced: announcedPolicies(keysDir),
    clock: practiceClock(new Date(at * 1000)),
    fetchFile: async (path) => {
      fetched.push(path);
      return files.get(path);
    },
    textOf: async (_, serial) => texts.find(({ policy }) => policy.serial === serial),
  });
  return {
    fetched: () => fetched,
    look(log: ReturnType<typeof logOf>, older = { size: 0, root: EMPTY_ROOT }) {
      files = log.files;
      fetched = [];
      return approve(older, log.head);
    },
  };
}
const looksAt = (entries: readonly LogEntry[], sight?: Sight) => witness(sight).look(logOf(entries));

describe('a guardian or keeper cosigns', () => {
  it('a log without successors, and the first policy that it knows', async () => {
    expect(await looksAt([plain(1), ...entriesOf(first), plain(2)])).toBe(true);
  });
  it('a successor whose text is public, signed and early enough; then the one that follows it', async () => {
    const third = next(second, { gateways: second.gateways, effective: dayAt(now, 16) });
    const texts = [signed(second, signers), signed(third, signers)];
    expect(await looksAt([...entriesOf(first, second), plain(1), ...entriesOf(third)], { texts })).toBe(true);
  });
  it('one that is in place here already, and a late look at one that others saw in time', async () => {
    expect(await looksAt(entriesOf(first, second), { inPlace: [first, second] })).toBe(true);
    const at = now + 9 * 86_400;
    const proven = { ...signed(second, signers), logged: proof(second, now) };
    expect(await looksAt(entriesOf(first, second), { texts: [proven], at })).toBe(true);
    expect(await looksAt(entriesOf(first, second), { texts: [signed(second, signers)], at })).toBe(false);
  });
});

describe('a guardian or keeper keeps silent about', () => {
  const text = signed(second, signers);
  const early = next(first, { effective: dayAt(now, 13) });
  const shares = next(first, { opening: { ...first.opening, transcript: 'A'.repeat(43) } });
  const sins: [sin: string, entries: LogEntry[], sight?: Sight][] = [
    ['a first policy that is another', entriesOf(first).map((entry) => ({ ...entry, policy: 'x' }))],
    ['a successor without a text', entriesOf(first, second)],
    ['a successor of one guardian', entriesOf(first, second), { texts: [signed(second, signers.slice(1))] }],
    [
      'a successor that its gateway did not sign',
      entriesOf(first, second),
      { texts: [signed(second, signers.slice(0, 2))] },
    ],
    [
      'a successor with thirteen days of notice',
      entriesOf(first, early),
      { texts: [signed(early, signers)] },
    ],
    [
      'a successor that changes who holds shares',
      entriesOf(first, shares),
      { texts: [signed(shares, signers)] },
    ],
    [
      'an entry that says another day than the text',
      entriesOf(first, second).map((entry) =>
        'effective' in entry ? { ...entry, effective: dayAt(now, 20) } : entry,
      ),
      { texts: [text] },
    ],
    ['a text of another policy', entriesOf(first, early), { texts: [text] }],
    [
      'a second successor of one serial',
      [...entriesOf(first, second), ...entriesOf(early)],
      { texts: [text] },
    ],
    [
      'a later policy that says it is a first one',
      [{ ...entriesOf(first)[0]!, serial: 2 }],
      { texts: [text] },
    ],
    ['a serial that skips one', entriesOf(next(second)), { texts: [signed(next(second), signers)] }],
  ];
  it.each(sins)('%s', async (_, entries, sight) => {
    expect(await looksAt(entries, sight)).toBe(false);
  });
  it('an entry that is not the one in the tree, or cannot be fetched, or is none of ours', async () => {
    const log = logOf([plain(1), plain(2)]);
    const other = logOf([plain(1), plain(3)]);
    expect(await witness().look({ head: log.head, files: other.files })).toBe(false);
    expect(await witness().look({ head: log.head, files: new Map() })).toBe(false);
    const foreign = grow(EMPTY_EDGE, [new Uint8Array(1024)]);
    const files = new Map(foreign.files.map(({ path, bytes }) => [path, bytes]));
    expect(await witness().look({ head: foreign.head, files })).toBe(false);
  });
});

it('who was away looks at what is missing in steps, and goes on where it was', async () => {
  const many = logOf(Array.from({ length: 8_400 }, (_, n) => plain(n)));
  const one = witness();
  expect(await one.look(many)).toBe(false);
  expect(one.fetched().filter((path) => path.includes('entries'))).toHaveLength(32);
  expect(await one.look(many)).toBe(true);
  expect(one.fetched().filter((path) => path.includes('entries'))).toHaveLength(1);
});

describe('who has vouched for a successor, and is started again without its file', () => {
  const text = signed(second, signers);
  const vouched = async () => {
    const keysDir = newKeysDir();
    const log = logOf(entriesOf(first, second));
    expect(await witness({ texts: [text], keysDir }).look(log)).toBe(true);
    return { keysDir, log };
  };
  it('still knows it, and what follows it', async () => {
    const { keysDir, log } = await vouched();
    const third = next(second, { gateways: second.gateways, effective: dayAt(now, 16) });
    const longer = logOf(entriesOf(first, second, third));
    expect(await witness({ texts: [signed(third, signers)], keysDir }).look(longer, log.head)).toBe(true);
    expect(await witness({ texts: [signed(third, signers)] }).look(longer, log.head)).toBe(false);
  });
  it('vouches for no other of that serial, signed as it may be', async () => {
    const { keysDir, log } = await vouched();
    const other = next(first, { effective: dayAt(now, 20) });
    const forked = logOf([...entriesOf(first, second), ...entriesOf(other)]);
    const texts = [signed(other, signers)];
    expect(await witness({ texts, keysDir }).look(forked, log.head)).toBe(false);
    expect(await witness({ texts }).look(forked, log.head)).toBe(true);
  });
});
