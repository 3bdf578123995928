/**
 * Looks after the way back (PROTOCOL §3.6, §3.7): whether somebody tries the words, came back with them, or asked
 * for a reset. What the person did on this device is known and not reported as somebody's.
 */
import { Refusal } from '@answerable/protocol/refusal';
import { lookInNow } from './errands.ts';
import { stateOf, type WalletParts } from './parts.ts';
import type { WalletState, Watch } from './state.ts';

/** What there is to tell the person. */
export interface ReturnWatch {
  /** Since the person last looked or came back: tries at the words, and returns with them. */
  news: { tries: number; returns: number };
  /** Null where no words are set, or too few keepers answered. */
  words: NonNullable<Watch['words']> | null;
  /** A reset that somebody asked for and that this device can stop. */
  reset: { asked: string; ends: string } | null;
}

/** Asks now. Refuses what registrar or wallet refuse; `device_removed` if everything here was wiped. */
export async function watchReturn(parts: WalletParts): Promise<ReturnWatch> {
  if ((await lookInNow(parts)) === 'removed') throw new Refusal('device_removed');
  return watched(await stateOf(parts));
}

/** As it was when this device last looked in. */
export function watched({ holding, watch }: WalletState): ReturnWatch {
  const { words } = watch ?? {};
  const { resetAsked, resetEnds } = holding?.seen ?? {};
  return {
    news: {
      tries: Math.max(0, (words?.triesEver ?? 0) - (watch?.known.triesEver ?? 0)),
      returns: Math.max(0, (words?.returnsEver ?? 0) - (watch?.known.returnsEver ?? 0)),
    },
    words: words ?? null,
    reset: resetAsked && resetEnds ? { asked: resetAsked, ends: resetEnds } : null,
  };
}
