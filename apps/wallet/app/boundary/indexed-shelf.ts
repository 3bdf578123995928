/** A shelf in IndexedDB. `profile` tells several people at one practice browser apart. */
import { type Shelf, vaultName } from './shelf.ts';

const storeName = 'sealed';

export function indexedShelf(profile: string): Shelf {
  const databaseName = `wallet-${profile}`;
  let database: Promise<IDBDatabase> | undefined;
  const open = () => {
    database ??= openDatabase(databaseName, () => {
      database = undefined;
    });
    return database;
  };
  // `act` returns at once; what it asked for is there when the transaction is over.
  const within = async <T>(mode: IDBTransactionMode, act: (store: IDBObjectStore) => () => T): Promise<T> => {
    const transaction = (await open()).transaction(storeName, mode, { durability: 'strict' });
    const result = act(transaction.objectStore(storeName));
    await new Promise<void>((resolve, reject) => {
      transaction.oncomplete = () => resolve();
      transaction.onerror = transaction.onabort = () => reject(transaction.error ?? new Error('not kept'));
    });
    return result();
  };
  return {
    read: (...names) =>
      within('readonly', (store) => {
        const requests = names.map((name) => store.get(name));
        return () => requests.map(({ result }) => result as unknown);
      }),
    change: ({ put = {}, remove = [], given }) =>
      within('readwrite', (store) => {
        let changed = true;
        const before = store.get(vaultName);
        before.onsuccess = () => {
          changed = given?.(before.result) ?? true;
          if (!changed) return;
          for (const name of remove) store.delete(name);
          for (const [name, value] of Object.entries(put)) store.put(value, name);
        };
        return () => changed;
      }),
    names: () =>
      within('readonly', (store) => {
        const request = store.getAllKeys();
        return () => request.result.map(String);
      }),
    async clear() {
      await within('readwrite', (store) => {
        store.clear();
        return () => undefined;
      });
      (await open()).close();
      database = undefined;
      await deleteDatabase(databaseName);
    },
  };
}

function openDatabase(name: string, closed: () => void): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(name, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(storeName);
    request.onsuccess = () => {
      // Another tab forgets this device: it must not wait for us.
      request.result.onversionchange = () => {
        request.result.close();
        closed();
      };
      resolve(request.result);
    };
    request.onerror = () => reject(request.error ?? new Error('no storage'));
  });
}

/** It is empty already: that another tab keeps it open for a moment loses nothing. */
function deleteDatabase(name: string): Promise<void> {
  return new Promise((resolve) => {
    const request = indexedDB.deleteDatabase(name);
    request.onsuccess = request.onerror = request.onblocked = () => resolve();
  });
}
