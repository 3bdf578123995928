/**
 * A notification that says that there is something new, and nothing else: no place, no name, no number. It is made
 * here on the device; nobody sends it.
 */
import { said } from './text/text.ts';

const lookMs = 3_600_000;

export type NewsAllowed = 'yes' | 'no' | 'ask';

export function newsAllowed(): NewsAllowed {
  if (typeof Notification !== 'function') return 'no';
  return ({ granted: 'yes', denied: 'no', default: 'ask' } as const)[Notification.permission];
}

export async function askForNews(): Promise<NewsAllowed> {
  if (newsAllowed() === 'ask') await Notification.requestPermission();
  return newsAllowed();
}

/**
 * Now and then, while nobody looks at the wallet: are there more notices than before? Returns how to stop. A locked
 * wallet cannot look.
 */
export function watchForNews(count: () => Promise<number>): () => void {
  let before: number | undefined;
  const look = async () => {
    if (newsAllowed() !== 'yes' || document.visibilityState === 'visible') return;
    const now = await count();
    if (before !== undefined && now > before) await saySomethingNew();
    before = now;
  };
  const timer = setInterval(() => void look().catch(() => {}), lookMs);
  return () => clearInterval(timer);
}

/** Said only while nobody looks at the wallet; one replaces the other. */
async function saySomethingNew(): Promise<void> {
  if (newsAllowed() !== 'yes' || document.visibilityState === 'visible') return;
  const running = await navigator.serviceWorker?.getRegistration();
  const content = { body: said.security.something, tag: 'new', icon: '/icon.svg' };
  if (running) await running.showNotification(said.shell.name, content);
}
