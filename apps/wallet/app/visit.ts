/**
 * A computer that is not theirs: what the window does so that nothing stays. One tab has the worker with everything
 * in its memory; as long as it is open it holds a lock that other tabs of this browser can see, and they borrow its
 * worker. Closed or reloaded, it is over.
 */
import { registerCode } from './code/register-code.ts';

const lockName = 'wallet-visit';

let under: 'none' | 'here' | 'elsewhere' = 'none';
let open: ((address: string) => void) | undefined;
let release = () => {};
const endListeners: (() => void)[] = [];

/** Whether this tab belongs to a visit. */
export const isVisit = (): boolean => under !== 'none';

/** Is there a visit in another tab? Then this one takes part in it, until that tab ends it or is closed. */
export async function joinVisit(): Promise<boolean> {
  const held = (await navigator.locks?.query())?.held ?? [];
  if (!held.some(({ name }) => name === lockName)) return false;
  under = 'elsewhere';
  void navigator.locks.request(lockName, () => {
    for (const tell of endListeners) tell();
  });
  return true;
}

export const onVisitEnd = (listener: () => void): void => void endListeners.push(listener);

/** The tab that keeps the visit lets it go: the others hear of it. */
export const endVisit = (): void => release();

/** This tab keeps the visit from here on. */
export async function beginVisit(): Promise<void> {
  under = 'here';
  await new Promise<void>((held) => {
    void navigator.locks.request(lockName, () => {
      held();
      return new Promise<void>((letGo) => {
        release = letGo;
      });
    });
  });
  await clearTraces();
}

/** What a page of this origin can have left, apart from what the worker clears. */
export async function clearTraces(): Promise<void> {
  sessionStorage.clear();
  localStorage.clear();
  await registerCode('public', () => {});
  history.replaceState(null, '', '/');
}

/** `show`: says where it went on, in case the browser opened no tab. */
export const onNextTab = (show: (address: string) => void): void => {
  open = show;
};

/**
 * Goes on elsewhere: to prove who one is, or back to a place. The tab of a visit stays and opens another; every
 * other tab is left, and nothing after this call happens in it.
 */
export async function leaveFor(address: string): Promise<void> {
  if (under !== 'here') {
    location.assign(address);
    return new Promise(() => {});
  }
  open?.(address);
  window.open(address, '_blank', 'noopener');
}
