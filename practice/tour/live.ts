/**
 * The stream that keeps open pages up to date: parts of the page as the server would render them now, each
 * sent when it differs from what this page was sent last. Databases are read only while somebody watches.
 */
export interface Part {
  /** id of the element whose content this is */
  id: string;
  html: string;
}

export interface Watcher {
  /** sends one part; rejects or is ignored when the page has gone */
  send(event: 'part' | 'say', data: string): Promise<void>;
  /** ends the stream */
  end(): void;
}

export interface Live {
  /** Sends everything that `watcher` lacks, then keeps it up to date until the function is called. */
  watch(watcher: Watcher): () => void;
  /** Sends those of `parts` that changed, now. */
  send(parts: readonly Part[]): void;
  /** A short sentence for who cannot see the page. */
  say(text: string): void;
  close(): void;
}

const roundMs = 1_500;

interface Sent {
  html: Map<string, string>;
  busy: boolean;
}

// A page that reads slowly is passed over and gets what it lacks in a later round; nobody waits for it.
async function sendTo(watcher: Watcher, sent: Sent, parts: readonly Part[]): Promise<void> {
  if (sent.busy) return;
  sent.busy = true;
  try {
    for (const { id, html } of parts) {
      if (sent.html.get(id) === html) continue;
      sent.html.set(id, html);
      await watcher.send('part', JSON.stringify({ id, html }));
    }
  } finally {
    sent.busy = false;
  }
}

/** `render` gives every part as it is now. */
export function createLive(render: () => Promise<Part[]>): Live {
  const watchers = new Map<Watcher, Sent>();
  let timer: NodeJS.Timeout | undefined;
  let closed = false;

  function send(parts: readonly Part[]): void {
    for (const [watcher, sent] of watchers) sendTo(watcher, sent, parts).catch(() => undefined);
  }

  async function refresh(): Promise<void> {
    // A party that is down is shown as such by its part; anything else is tried again at the next round.
    if (watchers.size > 0) send(await render());
  }

  function plan(): void {
    if (timer || closed || watchers.size === 0) return;
    timer = setTimeout(async () => {
      await refresh().catch(() => undefined);
      timer = undefined;
      plan();
    }, roundMs);
  }

  return {
    send,
    watch(watcher) {
      watchers.set(watcher, { html: new Map(), busy: false });
      refresh().catch(() => undefined);
      plan();
      return () => watchers.delete(watcher);
    },
    say(text) {
      for (const watcher of watchers.keys())
        watcher.send('say', JSON.stringify({ text })).catch(() => undefined);
    },
    close() {
      closed = true;
      clearTimeout(timer);
      for (const watcher of watchers.keys()) watcher.end();
      watchers.clear();
    },
  };
}
