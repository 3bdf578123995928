/**
 * The window's side of the guard: registers it where the person's choice allows, takes it away where it does not,
 * and hears when the browser is about to put another in its place. The guard's bytes are the same in every release
 * (or the new ones stand in a release that was verified first), so another guard means another program.
 * Browsers ask no page before they replace a guard, so this is an alarm and no lock: SECURITY says what follows.
 * Works without: where there are no service workers the wallet runs as it comes.
 */
import { type CodeRecord, cacheShelf, codeLock, dropCode } from './code-record.ts';
import { scriptAddress } from './script-address.ts';

const guardPath = '/guard.js';

/** `own`: this device is the person's. `public`: nothing is left behind, the code neither. */
export type CodeMode = 'own' | 'public';

export interface Guarding {
  /** A release may be kept here. */
  keep: boolean;
  /** This page was answered for by the guard. */
  guarded: boolean;
}

const unguarded: Guarding = { keep: false, guarded: false };
let current: Promise<Guarding> = Promise.resolve(unguarded);

/** How it stands since the last registerCode. */
export const guarding = (): Promise<Guarding> => current;

/** Registers or removes the guard. `alarm` is called when another one is being put in its place. */
export function registerCode(mode: CodeMode, alarm: () => void): Promise<Guarding> {
  current = register(mode, alarm);
  return current;
}

async function register(mode: CodeMode, alarm: () => void): Promise<Guarding> {
  const workers = navigator.serviceWorker as ServiceWorkerContainer | undefined;
  if (!workers || !('caches' in globalThis)) return unguarded;
  if (mode === 'public') {
    await forgetCode();
    return unguarded;
  }
  const guarded = workers.controller !== null;
  try {
    // 'all': browsers then ask the host for the guard once a day at most, not at every visit.
    const options = { updateViaCache: 'all', scope: '/' } as const;
    const registration = (await workers.register(scriptAddress(guardPath), options)) as
      | ServiceWorkerRegistration
      | undefined;
    if (!registration) return unguarded;
    watch(registration, workers, guarded, alarm);
    return { keep: true, guarded };
  } catch {
    return unguarded;
  }
}

/** Takes the guard and the kept code from this device. The next visit is a first one. */
export async function forgetCode(): Promise<void> {
  const workers = navigator.serviceWorker as ServiceWorkerContainer | undefined;
  const registrations = (await workers?.getRegistrations().catch(() => [])) ?? [];
  await Promise.all(registrations.map((registration) => registration.unregister()));
  // After a look that is under way in any tab, which would otherwise keep what it found.
  const drop = () => dropCode().catch(() => undefined);
  await (navigator.locks ? navigator.locks.request(codeLock, drop) : drop());
}

function watch(
  registration: ServiceWorkerRegistration,
  workers: ServiceWorkerContainer,
  guarded: boolean,
  alarm: () => void,
): void {
  const replaced = () => void raise(alarm);
  // The first guard of a device comes with the first visit: then there is none to replace.
  registration.addEventListener('updatefound', () => registration.active && replaced());
  if (guarded) workers.addEventListener('controllerchange', replaced);
  if (registration.active && (registration.installing || registration.waiting)) replaced();
}

async function raise(alarm: () => void): Promise<void> {
  const shelf = cacheShelf();
  const record = await shelf?.record().catch(() => undefined);
  if (record && newGuardIsLogged(record)) return;
  alarm();
  if (record) await shelf?.keepRecord({ ...record, alarm: new Date().toISOString() });
}

/** The release that was taken last brought a guard of its own, and stands in the log. */
function newGuardIsLogged({ releases }: CodeRecord): boolean {
  const [running, before] = releases.map(({ files }) => files[guardPath]?.sha256);
  return before !== undefined && running !== before;
}
