/** Locks when nothing was touched for a while, when the page goes away, and, if chosen, when it is hidden. */
import type { LockChoice } from './boundary/vault-actions.ts';
import type { Holder } from './holder.ts';

const signs = ['pointerdown', 'keydown', 'wheel', 'touchstart'] as const;
const lookMs = 5_000;

/** Returns how to stop watching. Time asleep counts, so the clock is looked at rather than a timer waited for. */
export function lockWhenIdle(
  { afterMinutes, whenHidden }: LockChoice,
  { lock, drop }: Pick<Holder, 'lock' | 'drop'>,
): () => void {
  let lastMs = Date.now();
  const touched = () => {
    lastMs = Date.now();
  };
  const look = () => {
    if (Date.now() - lastMs >= afterMinutes * 60_000) lock();
  };
  const hidden = () => {
    if (document.visibilityState === 'hidden' && whenHidden) lock();
    else look();
  };
  const timer = setInterval(look, lookMs);
  for (const sign of signs) addEventListener(sign, touched, { passive: true, capture: true });
  document.addEventListener('visibilitychange', hidden);
  addEventListener('pagehide', drop);
  return () => {
    clearInterval(timer);
    for (const sign of signs) removeEventListener(sign, touched, { capture: true });
    document.removeEventListener('visibilitychange', hidden);
    removeEventListener('pagehide', drop);
  };
}
