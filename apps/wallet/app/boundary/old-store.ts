/**
 * What wallets kept before there was a vault: each thing under one AES-GCM key that stands beside it. Read once,
 * when it is moved into the vault.
 */
import type { Shelf } from './shelf.ts';

export const oldKeyName = 'data-key';

interface OldSealed {
  iv: Uint8Array<ArrayBuffer>;
  box: ArrayBuffer;
}

/** Everything of an old store by name; nothing if there is none. */
export async function readOldStore(shelf: Shelf): Promise<Record<string, unknown>> {
  const [key] = await shelf.read(oldKeyName);
  if (!(key instanceof CryptoKey)) return {};
  const names = (await shelf.names()).filter((name) => name !== oldKeyName);
  const sealed = (await shelf.read(...names)) as OldSealed[];
  const opened = await Promise.all(
    names.map(async (name, i): Promise<[string, unknown]> => {
      const { iv, box } = sealed[i] as OldSealed;
      const additionalData = new TextEncoder().encode(`answerable/wallet/${name}`);
      const plain = await crypto.subtle.decrypt({ name: 'AES-GCM', iv, additionalData }, key, box);
      return [name, JSON.parse(new TextDecoder().decode(plain))];
    }),
  );
  return Object.fromEntries(opened);
}
