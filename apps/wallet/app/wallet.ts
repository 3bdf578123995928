/** What every screen may use: calls into the worker, and the situation as it was last seen. */
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Situation } from './boundary/actions.ts';
import type { Caller } from './boundary/rpc.ts';

export interface Wallet {
  call: Caller;
  situation: Situation;
  /** Looks again. */
  refresh(): Promise<Situation>;
  /** Locks, in every tab. */
  lock(): void;
  /** From here on nothing is kept on this computer. */
  visit(): Promise<void>;
}

export const WalletContext = createContext<Wallet | undefined>(undefined);

export function useWallet(): Wallet {
  const wallet = useContext(WalletContext);
  if (!wallet) throw new Error('a screen is shown inside the app');
  return wallet;
}
