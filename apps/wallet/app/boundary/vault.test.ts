import { randomBytes } from '@answerable/core/rng';
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { memoryShelf, type Shelf } from './shelf.ts';
import { waitSeconds } from './tries.ts';
import { openVault } from './vault.ts';
import { type Proof, readRecord, type VaultRecord } from './vault-record.ts';
import { addPasskey, openByItself, removeWay, setPassphrase, wayNames } from './vault-ways.ts';

let kept: Map<string, unknown>;
let shelf: Shelf;
beforeEach(() => {
  kept = new Map();
  shelf = memoryShelf(kept);
});

const textOf = (value: unknown): string =>
  value instanceof ArrayBuffer || ArrayBuffer.isView(value)
    ? Buffer.from(value as Uint8Array).toString('latin1')
    : typeof value === 'object' && value !== null
      ? Object.values(value).map(textOf).join(' ')
      : String(value);
const refused = (code: string) => expect.objectContaining({ name: 'Refused', code });
const record = () => readRecord(kept.get('vault'));

interface Passkey {
  made: Parameters<typeof addPasskey>[2];
  proof: Proof;
}
const drawPasskey = (name = 'Phone'): Passkey => {
  const [id, secret] = [Buffer.from(randomBytes(16)).toString('base64url'), randomBytes(32)];
  return {
    made: { id, secret, salt: randomBytes(32), name, day: '2026-11-27' },
    proof: { kind: 'passkey', id, secret },
  };
};
/** A vault with something in it, opened by these passkeys, and locked. */
async function locked(...passkeys: Passkey[]) {
  const vault = openVault(shelf);
  await vault.write('state', { secret: 'orchard lantern' });
  let proof: Proof | undefined;
  for (const passkey of passkeys) {
    await addPasskey(vault, proof, passkey.made);
    proof = passkey.proof;
  }
  return openVault(shelf);
}

describe('a vault that opens by itself', () => {
  it('gives back what was put in, also to the next page', async () => {
    await openVault(shelf).write('state', { secret: 'x', n: 1 });
    expect(await openVault(shelf).read('state')).toEqual({ secret: 'x', n: 1 });
    expect(await openVault(shelf).read('policy')).toBeUndefined();
  });
  it('keeps nothing in the clear, and no key that can be taken out', async () => {
    await openVault(shelf).write('state', { secret: 'orchard lantern' });
    expect([...kept.values()].map(textOf).join()).not.toContain('orchard');
    const [way] = record().ways;
    expect(way).toMatchObject({ kind: 'device', key: { extractable: false } });
    await expect(crypto.subtle.exportKey('raw', (way as { key: CryptoKey }).key)).rejects.toThrow();
  });
  it('seals the same thing differently each time, at one length', async () => {
    const vault = openVault(shelf);
    await vault.write('state', 1);
    const before = kept.get('state') as Uint8Array;
    await vault.write('state', { much: 'more of it' });
    expect(kept.get('state')).not.toEqual(before);
    expect(kept.get('state')).toHaveLength(before.length);
  });
  it('refuses what was moved to another name, altered or cut short', async () => {
    const vault = openVault(shelf);
    await vault.write('state', 1);
    const sealed = kept.get('state') as Uint8Array;
    kept.set('policy', sealed);
    await expect(vault.read('policy')).rejects.toThrow('proof failed');
    for (const bad of [
      sealed.map((octet, i) => (i === 99 ? octet ^ 1 : octet)),
      sealed.subarray(1),
      'x',
      {},
    ]) {
      kept.set('state', bad);
      await expect(vault.read('state')).rejects.toThrow('proof failed');
    }
  });
  it('after a wipe there is nothing, not even the key', async () => {
    const vault = openVault(shelf);
    await vault.write('state', 1);
    await vault.wipe();
    expect(kept.size).toBe(0);
    expect(await vault.read('state')).toBeUndefined();
  });
  it('two pages at once make one vault', async () => {
    const [a, b] = [openVault(shelf), openVault(shelf)];
    await Promise.all([a.write('state', 'a'), b.write('policy', 'b')]);
    expect([await b.read('state'), await a.read('policy')]).toEqual(['a', 'b']);
  });
  it('a record that is none is an error, and nothing is made anew over it', async () => {
    const vault = openVault(shelf);
    await vault.write('state', 1);
    const good = record();
    for (const bad of [{ ...good, v: 'vault/2' }, { ...good, ways: [] }, { ...good, more: 1 }, 'x', null]) {
      kept.set('vault', bad);
      await expect(vault.read('state')).rejects.toThrow();
      expect(kept.get('vault')).toBe(bad);
    }
  });
});

describe('a store of before there was a vault', () => {
  const old = async (values: Record<string, unknown>) => {
    const key = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, [
      'encrypt',
      'decrypt',
    ]);
    kept.set('data-key', key);
    for (const [name, value] of Object.entries(values)) {
      const iv = crypto.getRandomValues(new Uint8Array(12));
      const additionalData = new TextEncoder().encode(`answerable/wallet/${name}`);
      const plain = new TextEncoder().encode(JSON.stringify(value));
      kept.set(name, {
        iv,
        box: await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData }, key, plain),
      });
    }
  };
  it('is moved as a whole, and its key is gone', async () => {
    await old({ state: { v: 1, secret: 's' }, policy: { hash: 'h' }, waiting: null });
    const vault = openVault(shelf);
    expect(await vault.read('state')).toEqual({ v: 1, secret: 's' });
    expect(await vault.read('policy')).toEqual({ hash: 'h' });
    expect([...kept.keys()].sort()).toEqual(['policy', 'state', 'vault', 'waiting']);
  });
  it('stays as it is when it cannot be moved', async () => {
    await old({ state: 1 });
    const broken = { ...shelf, change: () => Promise.reject(new Error('full')) };
    await expect(openVault(broken).read('state')).rejects.toThrow('full');
    expect(await openVault(shelf).read('state')).toBe(1);
  });
});

describe('locked', () => {
  it('there is nothing to read or write without a way of one’s own', async () => {
    const vault = await locked(drawPasskey());
    for (const use of [vault.read('state'), vault.write('state', 1), vault.read('names')])
      await expect(use).rejects.toEqual(refused('locked'));
    expect(record().ways.map(({ kind }) => kind)).toEqual(['passkey']);
    expect(textOf(kept.get('vault'))).not.toContain('Phone');
  });
  it('control: one that opens by itself can be read by the next page', async () => {
    const vault = await locked();
    expect(await vault.read('state')).toEqual({ secret: 'orchard lantern' });
  });
  it('a passkey opens it for this page and for no other', async () => {
    const passkey = drawPasskey();
    const vault = await locked(passkey);
    await vault.unlock(passkey.proof);
    expect(await vault.read('state')).toEqual({ secret: 'orchard lantern' });
    expect(await wayNames(vault)).toEqual({ [passkey.made.id]: { name: 'Phone', day: '2026-11-27' } });
    await expect(openVault(shelf).read('state')).rejects.toEqual(refused('locked'));
  });
  it('the first way of one’s own comes with a fresh data key: the key of before opens nothing', async () => {
    const vault = openVault(shelf);
    await vault.write('state', 1);
    const before = new Map(kept);
    await addPasskey(vault, undefined, drawPasskey().made);
    kept.set('vault', before.get('vault'));
    await expect(openVault(shelf).read('state')).rejects.toThrow('proof failed');
  });
  it('refuses in one way: another passkey, another answer, a name exchanged, a wrap altered, moved or cut', async () => {
    const [one, two] = [drawPasskey(), drawPasskey()];
    const vault = await locked(one, two);
    const closed = async (proof: Proof) =>
      expect(vault.unlock(proof)).rejects.toEqual(refused('lock_closed'));
    await closed(drawPasskey().proof);
    await closed({ ...one.proof, secret: randomBytes(32) } as Proof);
    await closed({ ...one.proof, id: two.made.id } as Proof);
    await closed({ kind: 'passphrase', passphrase: 'not one of them' });
    const good = record();
    const withWraps = (change: (way: VaultRecord['ways'][number], i: number) => object) =>
      kept.set('vault', { ...good, ways: good.ways.map((way, i) => ({ ...way, ...change(way, i) })) });
    withWraps((_, i) => ({ wrap: good.ways[1 - i]!.wrap }));
    await closed(one.proof);
    await fc.assert(
      fc.asyncProperty(fc.nat(111), async (at) => {
        withWraps(({ wrap }) => ({ wrap: wrap.map((octet, i) => (i === at ? octet ^ 1 : octet)) }));
        await closed(one.proof);
      }),
      { numRuns: 20 },
    );
    kept.set('vault', good);
    await vault.unlock(one.proof);
  });
  it('one passkey of two is lost: the other opens it, and can take it off the list', async () => {
    const [lost, other] = [drawPasskey('Lost'), drawPasskey('Other')];
    const vault = await locked(lost, other);
    await vault.unlock(other.proof);
    await removeWay(vault, other.proof, lost.made.id);
    expect(await vault.read('state')).toEqual({ secret: 'orchard lantern' });
    expect(Object.values(await wayNames(vault)).map(({ name }) => name)).toEqual(['Other']);
    await expect(openVault(shelf).unlock(lost.proof)).rejects.toEqual(refused('lock_closed'));
    await openVault(shelf).unlock(other.proof);
  });
  it('a page that is open does not write under a key that was changed elsewhere', async () => {
    const passkey = drawPasskey();
    const vault = openVault(shelf);
    await vault.write('state', 1);
    const second = openVault(shelf);
    await second.read('state');
    await addPasskey(vault, undefined, passkey.made);
    await expect(second.write('state', 2)).rejects.toEqual(refused('locked'));
    expect(await vault.read('state')).toBe(1);
  });
});

describe('changing the ways', () => {
  it('asks for a way of one’s own again, though the wallet is open', async () => {
    const passkey = drawPasskey();
    const vault = await locked(passkey);
    await vault.unlock(passkey.proof);
    for (const change of [
      addPasskey(vault, undefined, drawPasskey().made),
      setPassphrase(vault, undefined, 'somewhere quiet'),
      removeWay(vault, undefined, passkey.made.id),
      openByItself(vault, undefined),
    ])
      await expect(change).rejects.toEqual(refused('locked'));
    expect(record().ways).toHaveLength(1);
  });
  it('the last way stays, unless opening by itself is chosen', async () => {
    const passkey = drawPasskey();
    const vault = await locked(passkey);
    await expect(removeWay(vault, passkey.proof, passkey.made.id)).rejects.toEqual(refused('last_way'));
    await openByItself(vault, passkey.proof);
    expect(await openVault(shelf).read('state')).toEqual({ secret: 'orchard lantern' });
    await expect(openVault(shelf).unlock(passkey.proof)).resolves.toBeUndefined();
    expect(record().ways.map(({ kind }) => kind)).toEqual(['device']);
  });
  it('a passkey without a key, and the four words as a passphrase, are refused', async () => {
    const vault = openVault(shelf);
    const made = { ...drawPasskey().made, secret: new Uint8Array(0) };
    await expect(addPasskey(vault, undefined, made)).rejects.toEqual(refused('passkey_without_key'));
    const words = 'Lighthouse cinnamon, puzzle velvet';
    await expect(setPassphrase(vault, undefined, words)).rejects.toEqual(refused('passphrase_words'));
    await expect(setPassphrase(vault, undefined, 'short')).rejects.toThrow();
  });
  it('a passphrase opens it on this device alone, wrong ones are counted, a right one forgives', async () => {
    const vault = await locked();
    await setPassphrase(vault, undefined, 'somewhere quiet');
    const next = openVault(shelf);
    await expect(next.unlock({ kind: 'passphrase', passphrase: 'somewhere loud' })).rejects.toEqual(
      refused('lock_closed'),
    );
    expect(record().tries.count).toBe(1);
    const copied = new Map(kept);
    await next.unlock({ kind: 'passphrase', passphrase: 'somewhere quiet' });
    expect(record().tries.count).toBe(0);
    expect(await next.read('state')).toEqual({ secret: 'orchard lantern' });
    // The storage copied without the browser's own key.
    const key = await crypto.subtle.generateKey({ name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
    const stolen = copied.get('vault') as VaultRecord;
    copied.set('vault', { ...stolen, ways: stolen.ways.map((way) => ({ ...way, key })) });
    await expect(
      openVault(memoryShelf(copied)).unlock({ kind: 'passphrase', passphrase: 'somewhere quiet' }),
    ).rejects.toEqual(refused('lock_closed'));
    // After five in a row there is a wait, and nothing is tried.
    kept.set('vault', { ...record(), tries: { count: 5, lastMs: Date.now() } });
    await expect(
      openVault(shelf).unlock({ kind: 'passphrase', passphrase: 'somewhere quiet' }),
    ).rejects.toEqual(refused('lock_wait'));
  });
});

describe('put away, to come back with words', () => {
  it('leaves a new wallet, and can be taken back or dropped', async () => {
    const passkey = drawPasskey();
    const vault = await locked(passkey);
    expect(await vault.aside()).toBe(false);
    await vault.setAside();
    expect(await vault.aside()).toBe(true);
    expect(await vault.read('state')).toBeUndefined();
    await vault.write('state', 'new');
    await vault.takeBack();
    await expect(vault.read('state')).rejects.toEqual(refused('locked'));
    await vault.unlock(passkey.proof);
    expect(await vault.read('state')).toEqual({ secret: 'orchard lantern' });
    await vault.setAside();
    await vault.dropAside();
    expect(await vault.aside()).toBe(false);
    expect(await vault.read('state')).toBeUndefined();
  });
});

describe('waiting after wrong passphrases', () => {
  it('five are free; then it doubles, to an hour', () => {
    const now = 1_000_000_000;
    expect([0, 4, 5, 6, 7, 30].map((count) => waitSeconds({ count, lastMs: now }, now))).toEqual([
      0, 0, 30, 60, 120, 3600,
    ]);
    expect(waitSeconds({ count: 5, lastMs: now }, now + 30_000)).toBe(0);
    expect(waitSeconds({ count: 5, lastMs: now + 9_000_000 }, now)).toBe(30);
  });
});
