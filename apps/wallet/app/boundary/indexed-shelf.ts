/** A shelf in IndexedDB. `profile` tells several people at one practice browser apart. */
import type { Shelf } from './store.ts';

const storeName = 'sealed';

export function indexedShelf(profile: string): Shelf {
  let database: Promise<IDBDatabase> | undefined;
  const open = () => {
    database ??= openDatabase(`wallet-${profile}`);
    return database;
  };
  const within = async <T>(
    mode: IDBTransactionMode,
    act: (store: IDBObjectStore) => IDBRequest<T>,
  ): Promise<T> => {
    const transaction = (await open()).transaction(storeName, mode, { durability: 'strict' });
    const request = act(transaction.objectStore(storeName));
    await new Promise<void>((resolve, reject) => {
      transaction.oncomplete = () => resolve();
      transaction.onerror = transaction.onabort = () => reject(transaction.error ?? new Error('not kept'));
    });
    return request.result;
  };
  return {
    get: (name) => within('readonly', (store) => store.get(name)),
    put: async (name, value) => void (await within('readwrite', (store) => store.put(value, name))),
    remove: async (name) => void (await within('readwrite', (store) => store.delete(name))),
    clear: async () => void (await within('readwrite', (store) => store.clear())),
  };
}

function openDatabase(name: string): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(name, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(storeName);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('no storage'));
  });
}
