/**
 * Which keys sign and which are still shown, at an instant: pure. A set of keys is shown from the moment it is
 * written, signs from `from` until the next one does, and is shown until the last token that it signed is over.
 * All gateways with one folder of keys come to the same plan.
 */
import type { JWK } from 'jose';

export interface KeySet {
  serial: number;
  /** ISO 8601: from then on it signs */
  from: string;
  /** secret: one RS256, one ES256 */
  keys: JWK[];
  /** secret that cookies are signed with */
  cookieKey: string;
}

export interface KeyPlan {
  /** The one that signs is first; then those to come, then those whose tokens are not over. */
  shown: KeySet[];
  /** Nothing needs these any more. */
  over: KeySet[];
  /** When the plan changes by itself, in milliseconds since 1970; undefined if it does not. */
  changesAt: number | undefined;
}

/** `overlapMs`: how long the longest-lived thing that a set signs is good for. */
export function planAt(sets: readonly KeySet[], nowMs: number, overlapMs: number): KeyPlan {
  const inOrder = [...sets].sort((a, b) => a.serial - b.serial);
  const begins = ({ from }: KeySet) => Date.parse(from);
  // Before the first begins (a clock that was set back) the first signs: nobody is left without a key.
  const at = Math.max(
    0,
    inOrder.findLastIndex((set) => begins(set) <= nowMs),
  );
  const endOf = (index: number) => begins(inOrder[index + 1]!) + overlapMs;
  const before = inOrder.slice(0, at).map((set, index) => ({ set, end: endOf(index) }));
  const toCome = inOrder.slice(at + 1);
  const kept = before.filter(({ end }) => end > nowMs);
  const instants = [...toCome.map(begins), ...kept.map(({ end }) => end)];
  return {
    shown: [...inOrder.slice(at, at + 1), ...toCome, ...kept.map(({ set }) => set).reverse()],
    over: before.filter(({ end }) => end <= nowMs).map(({ set }) => set),
    changesAt: instants.length > 0 ? Math.min(...instants) : undefined,
  };
}
