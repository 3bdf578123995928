/**
 * Looks after the way back (PROTOCOL §3.6, §3.7): whether somebody tries the words, came back with them, or asked
 * for a reset. The registrar answers who proves the secret, keepers who has S; so any device of the person learns
 * of it, and nobody else does. What the person did on this device is known and not reported as somebody's.
 */
import { fromBase64url } from '@answerable/core/bytes';
import { refillKeyOf } from '@answerable/core/recall/recall';
import { standingBinding } from '@answerable/protocol/enrolment/binding';
import {
  type RecallTriesResponse,
  recallStandingResponse,
  recallTriesResponse,
} from '@answerable/protocol/enrolment/recall';
import { messageLabels } from '@answerable/protocol/labels';
import { Refusal } from '@answerable/protocol/refusal';
import { signMessage } from '@answerable/protocol/signed';
import { inOrder, reachedByMany } from './ask-keepers.ts';
import { callParty } from './call.ts';
import { stateOf, type WalletParts } from './parts.ts';
import { proveToRegistrar } from './prove-to-registrar.ts';
import type { Watch } from './state.ts';

const dayChars = 10;

/** What there is to tell the person. */
export interface ReturnWatch {
  /** The day it was asked. */
  day: string;
  /** Since the person last looked or came back: tries at the words, and returns with them. */
  news: { tries: number; returns: number };
  words: Watch['words'] | null;
  reset: Watch['reset'];
}

/** Asks now; or, with `onceADay`, only if that was not done today. Refuses what registrar or wallet refuse. */
export async function watchReturn(
  parts: WalletParts,
  { onceADay = false }: { onceADay?: boolean } = {},
): Promise<ReturnWatch> {
  const { watch } = await stateOf(parts);
  const day = parts.clock.now().toISOString().slice(0, dayChars);
  if (onceADay && watch?.day === day) return told(watch);
  const body = await proveToRegistrar(parts, standingBinding);
  const { registrar } = parts.policy;
  const standing = await callParty(parts.fetch, registrar, '/recall/standing', body, recallStandingResponse);
  const words = standing.version === 0 ? undefined : await countsOf(parts, standing.recallId, day);
  const state = await stateOf(parts);
  const before = state.watch;
  const kept: Watch = {
    day,
    ...(words ? { words } : {}),
    reset: standing.reset,
    // What happened before this device began to look is not news; a device that came back says so itself.
    known: before?.known ?? { triesEver: words?.triesEver ?? 0, returnsEver: words?.returnsEver ?? 0 },
  };
  await parts.store.save({ ...state, watch: kept });
  return told(kept);
}

/** The person has seen it: from now on only what is new is told. */
export async function noteWatched(parts: WalletParts): Promise<void> {
  const state = await stateOf(parts);
  const { words } = state.watch ?? {};
  if (!state.watch || !words) return;
  const known = { triesEver: words.triesEver, returnsEver: words.returnsEver };
  await parts.store.save({ ...state, watch: { ...state.watch, known } });
}

function told({ day, words, reset, known }: Watch): ReturnWatch {
  const news = {
    tries: Math.max(0, (words?.triesEver ?? 0) - known.triesEver),
    returns: Math.max(0, (words?.returnsEver ?? 0) - known.returnsEver),
  };
  return { day, news, words: words ?? null, reset };
}

/** As t keepers count: t − 1 of them can neither frighten nor calm anybody. Undefined with fewer answers. */
async function countsOf(parts: WalletParts, recallId: string, day: string): Promise<Watch['words']> {
  const { holding } = await stateOf(parts);
  if (!holding?.recall) return undefined;
  const { refillSecretKey } = refillKeyOf(fromBase64url(holding.recall.seed));
  const heard: RecallTriesResponse[] = [];
  await Promise.all(
    inOrder(parts.policy).map(async (keeper) => {
      const message = { keeper: keeper.name, recallId, day };
      const body = signMessage(refillSecretKey, messageLabels.recallTries, message);
      const said = callParty(parts.fetch, keeper, '/recall/tries', body, recallTriesResponse);
      await said.then(
        (counts) => heard.push(counts),
        (error: unknown) => {
          if (!(error instanceof Refusal)) throw error;
        },
      );
    }),
  );
  const { threshold } = parts.policy.tags;
  if (heard.length < threshold) return undefined;
  const number = (name: 'tries' | 'triesLeft' | 'triesEver' | 'returnsEver') =>
    reachedByMany(
      heard.map((counts) => counts[name]),
      threshold,
    );
  const latest = (name: 'since' | 'lastTry' | 'lastReturn') =>
    heard
      .map((counts) => counts[name] ?? '')
      .toSorted()
      .reverse()[threshold - 1] || null;
  return {
    tries: number('tries'),
    since: latest('since'),
    triesLeft: number('triesLeft'),
    triesEver: number('triesEver'),
    lastTry: latest('lastTry'),
    returnsEver: number('returnsEver'),
    lastReturn: latest('lastReturn'),
  };
}
