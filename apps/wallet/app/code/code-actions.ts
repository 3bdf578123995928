/** The worker's side of looking after the wallet's own code: one look at a time over all tabs. */
import { hashInGroups } from '@answerable/protocol/wallet-release';
import { cacheShelf, codeLock, type KeptRelease } from './code-record.ts';
import type { CodeAsk, CodeView, ReleaseView } from './code-view.ts';
import { checkCode, type Outcome } from './take-release.ts';

/** The release that this page is of: what the guard had when the worker started. */
let startedWith: Promise<ReleaseView | null> | undefined;

const runningAtStart = (guarded: boolean) => {
  startedWith ??= guarded
    ? (cacheShelf()?.record() ?? Promise.resolve(undefined)).then((record) => viewOf(record?.releases[0]))
    : Promise.resolve(null);
  return startedWith;
};

export function lookAtCode(ask: CodeAsk): Promise<CodeView> {
  return navigator.locks.request(codeLock, async () => {
    const running = await runningAtStart(ask.guarded);
    const shelf = ask.keep ? cacheShelf() : undefined;
    const clock = { now: () => new Date() };
    const outcome = await checkCode({
      shelf,
      clock,
      fetch: fetch.bind(globalThis),
      origin: location.origin,
      now: ask.now ?? false,
    });
    const record = await shelf?.record();
    const seen = seenIn(outcome, clock.now().toISOString());
    const kept = viewOf(record?.releases[0]);
    return {
      // Before the first release was kept, what came is taken for what is served: nothing here can show it.
      running: running ?? kept ?? seen.served,
      next: running && kept && kept.release !== running.release ? kept : null,
      kept: kept !== null,
      checked: record?.checked ?? seen.checked,
      refused: record?.refused ?? seen.refused,
      reached: outcome.end !== 'unreached',
      alarm: record?.alarm ?? null,
    };
  }) as unknown as Promise<CodeView>;
}

function seenIn(outcome: Outcome, at: string) {
  const served = 'release' in outcome ? viewOf(outcome.release) : null;
  const refused = outcome.end === 'refused' ? { why: outcome.why, at } : null;
  return { served, refused, checked: served ? at : null };
}

const viewOf = (release: KeptRelease | undefined): ReleaseView | null =>
  release ? { release: hashInGroups(release.release), version: release.version, index: release.index } : null;
