/**
 * How often the words were tried, and whether somebody came back with them (PROTOCOL §3.6): keepers tell it to who
 * has S, so that any device of the person learns of tries that were not theirs. Asked with every look-in.
 */
import { fromBase64url } from '@answerable/core/bytes';
import { refillKeyOf } from '@answerable/core/recall/recall';
import { type RecallTriesResponse, recallTriesResponse } from '@answerable/protocol/enrolment/recall';
import type { LookInResponse } from '@answerable/protocol/enrolment/record-life';
import { messageLabels } from '@answerable/protocol/labels';
import { Refusal } from '@answerable/protocol/refusal';
import { signMessage } from '@answerable/protocol/signed';
import { inOrder, reachedByMany } from './ask-keepers.ts';
import { callParty } from './call.ts';
import { stateOf, type WalletParts } from './parts.ts';
import type { Watch } from './state.ts';

const dayChars = 10;

/** Asks every keeper and keeps what t of them say. */
export async function countTries(parts: WalletParts, inForce: LookInResponse['words']): Promise<void> {
  const words = inForce ? await countsOf(parts, inForce.recallId) : undefined;
  const state = await stateOf(parts);
  // What happened before this device began to look is not news; a device that comes back says so itself.
  const known = state.watch?.known ?? {
    triesEver: words?.triesEver ?? 0,
    returnsEver: words?.returnsEver ?? 0,
  };
  if (!state.holding) return;
  await parts.store.save({ ...state, watch: { known, ...(words ? { words } : {}) } });
}

/** The person has seen it: from now on only what is new is told. */
export async function noteWatched(parts: WalletParts): Promise<void> {
  const state = await stateOf(parts);
  const { words } = state.watch ?? {};
  if (!words) return;
  const known = { triesEver: words.triesEver, returnsEver: words.returnsEver };
  await parts.store.save({ ...state, watch: { words, known } });
}

/** As t keepers count: t − 1 of them can neither frighten nor calm anybody. Undefined with fewer answers. */
async function countsOf(parts: WalletParts, recallId: string): Promise<Watch['words']> {
  const day = parts.clock.now().toISOString().slice(0, dayChars);
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
