/**
 * Leaving at once: the page is blank before anything else happens, goes back to where this visit of the wallet
 * began, and is replaced there by a page about the weather. Browsers allow no more: screens of this visit may stay
 * behind the Forward button, as “Wallet” and nothing else, until another page is opened.
 */
export const exitAddress = 'https://www.bbc.co.uk/weather';
const backMsMax = 250;
const escapeMsMax = 1_000;
const depthKey = 'depth';

/** How many entries this visit has put into the tab's history. */
const depth = (): number => (history.state as { [depthKey]?: number } | null)?.[depthKey] ?? 0;
export const deeper = (): { depth: number } => ({ [depthKey]: depth() + 1 });
export const asDeep = (): { depth: number } => ({ [depthKey]: depth() });

export function leaveQuickly(): void {
  document.body.hidden = true;
  const away = () => (window.top ?? window).location.replace(exitAddress);
  const entries = depth();
  if (entries === 0 || window.top !== window) {
    away();
    return;
  }
  addEventListener('popstate', away, { once: true });
  setTimeout(away, backMsMax);
  history.go(-entries);
}

/** Returns how to stop listening. */
export function onEscapeTwice(leave: () => void): () => void {
  let lastMs = 0;
  const listen = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || event.repeat) return;
    const nowMs = Date.now();
    if (nowMs - lastMs < escapeMsMax) leave();
    lastMs = nowMs;
  };
  addEventListener('keydown', listen);
  return () => removeEventListener('keydown', listen);
}
