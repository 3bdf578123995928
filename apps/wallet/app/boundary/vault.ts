/**
 * What stays on this device: JSON values, each sealed under one data key that several ways of opening hold
 * (spec/vault.md). Without a way of the person's own choosing the device opens by itself: whoever holds it can use
 * the wallet then. Locked, there is no key here and no secret; whoever copies the storage then has to open a
 * passkey, or to guess the passphrase and know a key that this browser does not give out.
 * Must never: say why something did not open; hold a list of accounts or places in the clear.
 */
import { equalBytes, fromBase64url, toBase64url } from '@answerable/core/bytes';
import { Malformed, ProofFailed } from '@answerable/core/errors';
import { drawDataKey, nameDataKey, unwrapDataKey } from '@answerable/core/vault/wrap';
import { oldKeyName, readOldStore } from './old-store.ts';
import { Refused } from './rpc.ts';
import { openItem, sealItem } from './sealed-item.ts';
import { type Shelf, vaultName } from './shelf.ts';
import { waitSeconds } from './tries.ts';
import {
  deviceWay,
  keyFor,
  newRecord,
  noTries,
  type Proof,
  readRecord,
  type VaultRecord,
  type Way,
} from './vault-record.ts';

/** A wallet that was put away so that its person could come back with words: names begin with this. */
const asidePrefix = 'aside/';

/** There is no key here: somebody has to open the wallet first. */
export class Locked extends Refused {
  constructor() {
    super('locked');
  }
}

/** The vault as it was opened: what a change of it needs. */
export interface Opened {
  record: VaultRecord;
  dataKey: Uint8Array;
  /** The way that was used, and what it was opened with. */
  way: Way;
  key: Uint8Array;
}

export interface Vault {
  /** Throws Locked, like every use of what is inside. */
  read<T>(name: string): Promise<T | undefined>;
  write(name: string, value: unknown): Promise<void>;
  remove(name: string): Promise<void>;
  /** Sealed as on the shelf, for something that the window keeps for its own tab. */
  seal(name: string, value: unknown): Promise<string>;
  /** undefined: of another key, or altered. */
  unseal<T>(name: string, sealed: string): Promise<T | undefined>;
  /** Everything, the key too. */
  wipe(): Promise<void>;
  record(): Promise<VaultRecord>;
  /** From here on this page can use what is inside. Throws Refused `lock_closed` or `lock_wait`. */
  unlock(proof: Proof): Promise<void>;
  /** Opens once, for a change: a way of the person's own is asked for again. Refuses as unlock does. */
  open(proof: Proof | undefined): Promise<Opened>;
  /** Puts new ways in place of the old, under a fresh data key if `ways` can be made for one. */
  replace(opened: Opened, change: Replacement): Promise<void>;
  /** When to lock. Whoever has it open may choose. */
  choose(lock: VaultRecord['lock']): Promise<void>;
  aside(): Promise<boolean>;
  /** Puts everything away as it is; the wallet is as new. */
  setAside(): Promise<void>;
  takeBack(): Promise<void>;
  dropAside(): Promise<void>;
}

export interface Replacement {
  ways: (dataKey: Uint8Array) => Way[] | Promise<Way[]>;
  /** false: the data key stays, because not every way is at hand to wrap another. */
  freshKey: boolean;
}

export function openVault(shelf: Shelf): Vault {
  let held: { name: Uint8Array; dataKey: Uint8Array } | undefined;

  const see = async (...names: string[]): Promise<{ record: VaultRecord; items: unknown[] }> => {
    const [vault, ...items] = await shelf.read(vaultName, ...names);
    if (vault !== undefined) return { record: readRecord(vault), items };
    await makeVault(shelf);
    return see(...names);
  };
  const dataKeyOf = async (record: VaultRecord): Promise<Uint8Array> => {
    if (!held || !equalBytes(held.name, record.name)) {
      held = undefined;
      const own = record.ways.find(({ kind }) => kind === 'device');
      if (!own) throw new Locked();
      held = { name: record.name, dataKey: (await openWay(record, own, undefined)).dataKey };
    }
    return held.dataKey;
  };
  const sameKey = (record: VaultRecord) => (vault: unknown) =>
    vault !== undefined && equalBytes(readRecord(vault).name, record.name);
  const own = async () => (await shelf.names()).filter((name) => !name.startsWith(asidePrefix));
  const put = async () => (await shelf.names()).filter((name) => name.startsWith(asidePrefix));

  const vault: Vault = {
    async read<T>(name: string) {
      const { record, items } = await see(name);
      const dataKey = await dataKeyOf(record);
      return items[0] === undefined ? undefined : (openItem(dataKey, name, items[0]) as T);
    },
    async write(name, value) {
      const { record } = await see();
      const sealed = sealItem(await dataKeyOf(record), name, value);
      const kept = await shelf.change({ put: { [name]: sealed }, given: sameKey(record) });
      if (!kept) await vault.write(name, value);
    },
    remove: async (name) => void (await shelf.change({ remove: [name] })),
    async seal(name, value) {
      return toBase64url(sealItem(await dataKeyOf((await see()).record), name, value));
    },
    async unseal<T>(name: string, sealed: string) {
      const dataKey = await dataKeyOf((await see()).record);
      try {
        return openItem(dataKey, name, fromBase64url(sealed)) as T;
      } catch (error) {
        if (error instanceof ProofFailed || error instanceof Malformed) return undefined;
        throw error;
      }
    },
    async wipe() {
      held = undefined;
      await shelf.clear();
    },
    record: async () => (await see()).record,
    async unlock(proof) {
      const { record, dataKey } = await vault.open(proof);
      held = { name: record.name, dataKey };
    },
    async open(proof) {
      const { record } = await see();
      const way = wayFor(record, proof);
      if (!way) throw new Refused(proof ? 'lock_closed' : 'locked');
      if (way.kind !== 'passphrase') return openWay(record, way, proof);
      const wait = waitSeconds(record.tries, Date.now());
      if (wait > 0) throw new Refused('lock_wait', { waitSeconds: wait });
      // Counted before it is tried: closing the page in between wins nothing.
      const counting = { count: record.tries.count + 1, lastMs: Date.now() };
      await count(shelf, counting);
      const opened = await openWay(record, way, proof);
      await count(shelf, noTries);
      return opened;
    },
    async replace({ record, dataKey }, { ways, freshKey }) {
      const next = freshKey ? drawDataKey() : dataKey;
      const put: Record<string, unknown> = {};
      if (freshKey) {
        const names = (await own()).filter((name) => name !== vaultName);
        const items = await shelf.read(...names);
        for (const [i, name] of names.entries())
          put[name] = sealItem(next, name, openItem(dataKey, name, items[i]));
      }
      const name = Uint8Array.from(nameDataKey(next));
      const { serial } = record;
      put[vaultName] = { ...record, serial: serial + 1, tries: noTries, name, ways: await ways(next) };
      const given = (value: unknown) => readRecord(value).serial === serial;
      if (!(await shelf.change({ put, given }))) throw new Refused('internal');
      held = { name, dataKey: next };
    },
    async choose(lock) {
      const { record } = await see();
      await dataKeyOf(record);
      const { serial } = record;
      const given = (value: unknown) => readRecord(value).serial === serial;
      const next = { ...record, serial: serial + 1, lock };
      if (!(await shelf.change({ put: { [vaultName]: next }, given }))) throw new Refused('internal');
    },
    aside: async () => (await put()).length > 0,
    async setAside() {
      const names = await own();
      const items = await shelf.read(...names);
      const away = Object.fromEntries(names.map((name, i) => [asidePrefix + name, items[i]]));
      await shelf.change({
        put: away,
        remove: [...names, ...(await put()).filter((name) => !(name in away))],
      });
      held = undefined;
    },
    async takeBack() {
      const names = await put();
      if (names.length === 0) return;
      const items = await shelf.read(...names);
      const back = Object.fromEntries(names.map((name, i) => [name.slice(asidePrefix.length), items[i]]));
      await shelf.change({ put: back, remove: [...names, ...(await own())] });
      held = undefined;
    },
    dropAside: async () => void (await shelf.change({ remove: await put() })),
  };
  return vault;
}

/** A new vault that opens by itself, with everything in it that an old store held. */
async function makeVault(shelf: Shelf): Promise<void> {
  const old = await readOldStore(shelf);
  const dataKey = drawDataKey();
  const items = Object.entries(old).map(([name, value]) => [name, sealItem(dataKey, name, value)]);
  const vault = newRecord(nameDataKey(dataKey), [await deviceWay(dataKey)]);
  // Another tab may have been first; then its vault stands and this one is dropped.
  const given = (value: unknown) => value === undefined;
  await shelf.change({
    put: { ...Object.fromEntries(items), [vaultName]: vault },
    remove: [oldKeyName],
    given,
  });
}

const wayFor = ({ ways }: VaultRecord, proof: Proof | undefined): Way | undefined =>
  ways.find(
    ({ kind, id }) =>
      kind === 'device' || (kind === proof?.kind && (proof.kind !== 'passkey' || proof.id === id)),
  );

async function openWay(record: VaultRecord, way: Way, proof: Proof | undefined): Promise<Opened> {
  try {
    const key = await keyFor(way, proof);
    if (!key) throw new ProofFailed();
    return { record, way, key, dataKey: unwrapDataKey(key, way, record.name, way.wrap) };
  } catch (error) {
    if (error instanceof ProofFailed || error instanceof Malformed) throw new Refused('lock_closed');
    throw error;
  }
}

async function count(shelf: Shelf, tries: VaultRecord['tries']): Promise<void> {
  const [vault] = await shelf.read(vaultName);
  await shelf.change({
    put: { [vaultName]: { ...readRecord(vault), tries } },
    given: (value) => readRecord(value).serial === readRecord(vault).serial,
  });
}
