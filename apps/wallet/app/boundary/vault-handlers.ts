/** The worker's side of vault-actions.ts. Works without a network, but for `beVisitor` and `findAccounts`. */
import { Refusal } from '@answerable/protocol/refusal';
import type { AccountAt } from './actions.ts';
import type { Device } from './device.ts';
import { eraseHistory, noteAnswer, openHistory, startHistory } from './history.ts';
import { type Handlers, Refused } from './rpc.ts';
import { waitSeconds } from './tries.ts';
import type { Vault } from './vault.ts';
import type { GateView, VaultActions, WayView } from './vault-actions.ts';
import { addPasskey, openByItself, removeWay, setLock, setPassphrase, wayNames } from './vault-ways.ts';

const slotsLooked = 3;

export function vaultHandlers(device: Device): Pick<Handlers, keyof VaultActions> {
  const withVault = async <T>(act: (vault: Vault) => Promise<T>): Promise<T> => act(await device.vault());
  // What is done to the vault waits for what is done with it, in all tabs.
  const change = (act: (vault: Vault) => Promise<void>) =>
    device.alone(() => withVault(act)).then((): null => null);
  return {
    gate: () => withVault(gateOf),
    unlock: ({ proof }) => change((vault) => vault.unlock(proof)),
    ways: () => withVault(waysOf),
    addPasskey: ({ proof, made }) => change((vault) => addPasskey(vault, proof, { ...made, day: today() })),
    setPassphrase: ({ proof, passphrase }) => change((vault) => setPassphrase(vault, proof, passphrase)),
    removeWay: ({ proof, id }) => change((vault) => removeWay(vault, proof, id)),
    openByItself: ({ proof }) => change((vault) => openByItself(vault, proof)),
    setLock: (choice) => change((vault) => setLock(vault, choice)),
    setAside: () => change(setAside),
    takeBack: () => change((vault) => vault.takeBack()),
    async beVisitor() {
      const { wallet } = await device.ready();
      const aside = await (await device.vault()).aside();
      // Never over a wallet that somebody has here.
      if (aside || (await wallet.look()).holds !== 'nothing') throw new Refused('internal');
      await device.beVisitor();
      return null;
    },
    openHistory: ({ passphrase }) => device.alone(() => withVault((vault) => openHistory(vault, passphrase))),
    startHistory: ({ passphrase }) => change((vault) => startHistory(vault, passphrase)),
    eraseHistory: () => change(eraseHistory),
    findAccounts: () => findAccounts(device),
  };
}

async function gateOf(vault: Vault): Promise<GateView> {
  const { ways, lock, tries } = await vault.record();
  return {
    locked: await isLocked(vault),
    passkeys: ways.flatMap((way) => (way.kind === 'passkey' ? [{ id: way.id, salt: way.salt }] : [])),
    passphrase: ways.some(({ kind }) => kind === 'passphrase'),
    waitSeconds: waitSeconds(tries, Date.now()),
    lock,
    aside: await vault.aside(),
  };
}

async function waysOf(vault: Vault): Promise<WayView[]> {
  const names = await wayNames(vault);
  const { ways } = await vault.record();
  return ways.flatMap(({ kind, id }) =>
    kind === 'device' ? [] : [{ kind, id, name: names[id]?.name ?? '', day: names[id]?.day ?? '' }],
  );
}

async function isLocked(vault: Vault): Promise<boolean> {
  return vault.read('names').then(
    () => false,
    (error: unknown) => {
      if (error instanceof Refused && error.code === 'locked') return true;
      throw error;
    },
  );
}

// Only a wallet that cannot be opened is put away: an open one would be lost by a slip.
async function setAside(vault: Vault): Promise<void> {
  if (await isLocked(vault)) await vault.setAside();
}

async function findAccounts(device: Device): Promise<AccountAt[]> {
  const { wallet, policy } = await device.ready();
  const found: AccountAt[] = [];
  for (const { name: gateway, platforms } of policy.gateways)
    for (const platform of platforms)
      for (let slot = 1; slot <= slotsLooked; slot++) {
        const at = { gateway, platform, slot };
        const is = await wallet.readInbox(at).then(
          () => true,
          (error: unknown) => {
            if (error instanceof Refusal) return false;
            throw error;
          },
        );
        if (is) found.push(at);
      }
  const vault = await device.vault();
  await device.alone(async () => {
    for (const at of found) await noteAnswer(vault, { ...at, way: 'found', disclosed: [], day: today() });
  });
  return found;
}

const today = () => new Date().toISOString().slice(0, 10);
