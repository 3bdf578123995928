/**
 * The browser of the bench. Its throttling is Chromium's own: it slows the thread of a page and nothing else; a
 * worker refuses it. So what has to be throttled runs on the page's thread, and a worker is measured as it is.
 */
import { type Browser, type CDPSession, chromium, type Page } from 'playwright-core';
import { chromiumFlags, unpackChromium } from '../../test/browser/chromium.ts';

export async function openChromium(): Promise<Browser> {
  const { executablePath, env } = await unpackChromium();
  return chromium.launch({ executablePath, env, args: chromiumFlags, headless: true });
}

/** A hand on the page's throttle; it holds over navigations. */
export async function throttleOf(page: Page): Promise<(rate: number) => Promise<void>> {
  const session = await page.context().newCDPSession(page);
  return async (rate) => void (await session.send('Emulation.setCPUThrottlingRate', { rate }));
}

interface Answer {
  id?: number;
  result?: unknown;
  error?: { message: string };
}

/** Asks the one dedicated worker of this browser; resolves with its answer, result or error. */
export async function askWorker(browser: Browser, method: string, params: object = {}): Promise<Answer> {
  const session = await browser.newBrowserCDPSession();
  try {
    const { targetInfos } = await session.send('Target.getTargets', { filter: [{}] });
    const worker = targetInfos.find(({ type }) => type === 'worker');
    if (!worker) throw new Error('there is no worker');
    const { sessionId } = await session.send('Target.attachToTarget', {
      targetId: worker.targetId,
      flatten: false,
    });
    const answered = answerOn(session);
    const message = JSON.stringify({ id: 1, method, params });
    await session.send('Target.sendMessageToTarget', { sessionId, message });
    return await answered;
  } finally {
    await session.detach();
  }
}

function answerOn(session: CDPSession): Promise<Answer> {
  return new Promise((resolve) =>
    session.on('Target.receivedMessageFromTarget', ({ message }) => {
      const answer = JSON.parse(message) as Answer;
      if (answer.id === 1) resolve(answer);
    }),
  );
}

interface HeapUsage {
  usedSize: number;
  embedderHeapUsedSize: number;
  backingStorageSize: number;
}

/** What the worker of this browser holds now, in MB: script, and beside it the memory of WebAssembly. */
export async function workerMemory(browser: Browser): Promise<{ script: number; beside: number }> {
  const { result } = await askWorker(browser, 'Runtime.getHeapUsage');
  const { usedSize, embedderHeapUsedSize, backingStorageSize } = result as HeapUsage;
  return { script: (usedSize + embedderHeapUsedSize) / 1e6, beside: backingStorageSize / 1e6 };
}
