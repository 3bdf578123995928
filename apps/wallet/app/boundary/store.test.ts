import { describe, expect, it } from 'vitest';
import { type Shelf, sealedStore } from './store.ts';

function mapShelf(kept = new Map<string, unknown>()): Shelf & { kept: Map<string, unknown> } {
  return {
    kept,
    get: async (name) => kept.get(name),
    put: async (name, value) => void kept.set(name, value),
    remove: async (name) => void kept.delete(name),
    clear: async () => kept.clear(),
  };
}
const textOf = (value: unknown): string =>
  value instanceof ArrayBuffer || ArrayBuffer.isView(value)
    ? Buffer.from(value as Uint8Array).toString('latin1')
    : typeof value === 'object' && value !== null
      ? Object.values(value).map(textOf).join(' ')
      : String(value);

describe('the sealed store', () => {
  it('gives back what was put in, also to the next page', async () => {
    const shelf = mapShelf();
    await sealedStore(shelf).write('state', { secret: 'x', n: 1 });
    expect(await sealedStore(shelf).read('state')).toEqual({ secret: 'x', n: 1 });
    expect(await sealedStore(shelf).read('policy')).toBeUndefined();
  });

  it('keeps nothing in the clear, and no key that can be taken out', async () => {
    const shelf = mapShelf();
    await sealedStore(shelf).write('state', { secret: 'orchard lantern' });
    expect([...shelf.kept.values()].map(textOf).join()).not.toContain('orchard');
    const key = shelf.kept.get('data-key') as CryptoKey;
    expect(key.extractable).toBe(false);
    await expect(crypto.subtle.exportKey('raw', key)).rejects.toThrow();
  });

  it('seals the same thing differently each time', async () => {
    const shelf = mapShelf();
    const store = sealedStore(shelf);
    await store.write('state', 1);
    const before = textOf(shelf.kept.get('state'));
    await store.write('state', 1);
    expect(textOf(shelf.kept.get('state'))).not.toBe(before);
  });

  it('refuses what was moved to another name, or changed', async () => {
    const shelf = mapShelf();
    const store = sealedStore(shelf);
    await store.write('state', 1);
    const sealed = shelf.kept.get('state') as { iv: Uint8Array; box: ArrayBuffer };
    shelf.kept.set('policy', sealed);
    await expect(store.read('policy')).rejects.toThrow();
    const box = new Uint8Array(sealed.box.slice(0));
    box[0]! ^= 1;
    shelf.kept.set('state', { ...sealed, box: box.buffer });
    await expect(store.read('state')).rejects.toThrow();
  });

  it('after a wipe there is nothing, not even the key', async () => {
    const shelf = mapShelf();
    const store = sealedStore(shelf);
    await store.write('state', 1);
    await store.wipe();
    expect(shelf.kept.size).toBe(0);
    expect(await store.read('state')).toBeUndefined();
  });
});
