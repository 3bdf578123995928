/**
 * What stays on this device: small JSON values, each sealed under one data key (AES-256-GCM, its name as
 * associated data). The key is made here and cannot be exported; a PIN or passkey can wrap it later by
 * replacing `dataKey` alone. Whoever holds the unlocked device can use the wallet; whoever copies the
 * database file gets what the browser's own protection of the key leaves them.
 * Must never: hold a list of accounts or places.
 */
const ivBytes = 12;
const keyName = 'data-key';

/** Somewhere to put things by name: IndexedDB in a browser, a Map in tests. */
export interface Shelf {
  get(name: string): Promise<unknown>;
  put(name: string, value: unknown): Promise<void>;
  remove(name: string): Promise<void>;
  clear(): Promise<void>;
}

export interface SealedStore {
  read<T>(name: string): Promise<T | undefined>;
  write(name: string, value: unknown): Promise<void>;
  remove(name: string): Promise<void>;
  /** Everything, the key too. */
  wipe(): Promise<void>;
}

interface Sealed {
  iv: Uint8Array<ArrayBuffer>;
  box: ArrayBuffer;
}

export function sealedStore(shelf: Shelf): SealedStore {
  return {
    async read<T>(name: string) {
      const sealed = (await shelf.get(name)) as Sealed | undefined;
      if (!sealed) return undefined;
      const plain = await crypto.subtle.decrypt(algorithm(sealed.iv, name), await dataKey(shelf), sealed.box);
      return JSON.parse(new TextDecoder().decode(plain)) as T;
    },
    async write(name, value) {
      const iv = crypto.getRandomValues(new Uint8Array(ivBytes));
      const plain = new TextEncoder().encode(JSON.stringify(value));
      const box = await crypto.subtle.encrypt(algorithm(iv, name), await dataKey(shelf), plain);
      await shelf.put(name, { iv, box } satisfies Sealed);
    },
    remove: (name) => shelf.remove(name),
    wipe: () => shelf.clear(),
  };
}

const algorithm = (iv: Uint8Array<ArrayBuffer>, name: string) => ({
  name: 'AES-GCM',
  iv,
  additionalData: new TextEncoder().encode(`answerable/wallet/${name}`),
});

async function dataKey(shelf: Shelf): Promise<CryptoKey> {
  const kept = (await shelf.get(keyName)) as CryptoKey | undefined;
  if (kept) return kept;
  const key = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, [
    'encrypt',
    'decrypt',
  ]);
  await shelf.put(keyName, key);
  return key;
}
