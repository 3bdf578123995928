/**
 * One try at the words, at every keeper at once (PROTOCOL §3.6). It goes on as soon as t answers hold under the
 * keys pinned in the blob (DIVERGENCES D15): a keeper that is slow, absent or lying holds nobody up, and is named when it has
 * spoken or its time is over. Nobody's word is taken for how many tries are left but that of t keepers.
 */
import { fromBase64url, toBase64url } from '@answerable/core/bytes';
import { Malformed } from '@answerable/core/errors';
import type { Slot } from '@answerable/core/recall/blob';
import { answerHolds, blindWords, type KeeperAnswer } from '@answerable/core/recall/recall';
import {
  type RecallEvaluationResponse,
  recallEvaluationResponse,
} from '@answerable/protocol/enrolment/recall';
import { messageLabels } from '@answerable/protocol/labels';
import { Refusal, type RefusalCode } from '@answerable/protocol/refusal';
import { signMessage, verifyingKeyOf } from '@answerable/protocol/signed';
import type { KeeperParty, TrustPolicy } from '@answerable/protocol/trust-policy';
import { z } from 'zod';
import { callParty } from './call.ts';
import type { WalletParts } from './parts.ts';
import type { OpenSession } from './state.ts';

/** What a keeper did instead of answering well. `wrong`: its proof does not hold, or it is no answer at all. */
export type Fault = 'silent' | 'wrong' | 'refused';
export interface KeeperFault {
  /** Name in the trust policy. */
  keeper: string;
  fault: Fault;
}

export type Left = Pick<RecallEvaluationResponse, 'triesLeft' | 'triesLeftToday'>;

export interface Asked {
  /** Answers that hold: at least t, unless every keeper has spoken. */
  answers: KeeperAnswer[];
  /** As each of them counts. */
  left: Left[];
  /** As far as is known now. */
  faults: KeeperFault[];
  /** What refused keepers said, one each. */
  refusals: RefusalCode[];
  /** The faults of all, when the last has spoken or its time is over. */
  everyFault: Promise<KeeperFault[]>;
  /** Ends, well or not, when nothing more comes from this keeper. */
  done: ReadonlyMap<string, Promise<void>>;
}

class WrongAnswer extends Error {}

export async function askKeepers(
  parts: WalletParts,
  session: OpenSession,
  words: readonly string[],
  slots: readonly Slot[],
): Promise<Asked> {
  const { policy } = parts;
  const faults: KeeperFault[] = [];
  const heard = { answers: [] as KeeperAnswer[], left: [] as Left[], refusals: [] as RefusalCode[] };
  let enough = () => {};
  const reached = new Promise<void>((resolve) => {
    enough = resolve;
  });
  const askOne = async (keeper: KeeperParty): Promise<void> => {
    try {
      const { answer, left } = await tryAt(parts, session, words, keeper, slots[keeper.index - 1]);
      heard.answers.push(answer);
      heard.left.push(left);
      if (heard.answers.length >= policy.tags.threshold) enough();
    } catch (error) {
      const fault = faultOf(error);
      faults.push({ keeper: keeper.name, fault });
      if (fault === 'refused') heard.refusals.push((error as Refusal).code);
    }
  };
  const done = new Map(inOrder(policy).map((keeper) => [keeper.name, askOne(keeper)]));
  const all = Promise.all(done.values());
  await Promise.race([reached, all]);
  const named = () => inOrder(policy).flatMap(({ name }) => faults.filter(({ keeper }) => keeper === name));
  return { ...copyOf(heard), faults: named(), everyFault: all.then(named), done };
}

export const inOrder = ({ tags }: TrustPolicy): KeeperParty[] =>
  tags.keepers.toSorted((a, b) => a.index - b.index);

/** The value that t of `values` reach at least: t − 1 liars can neither raise it nor, where n ≥ 2t − 1, hide it. */
export function reachedByMany(values: readonly number[], many: number): number {
  return values.toSorted((a, b) => b - a)[many - 1] ?? 0;
}

/** One counted try at one keeper. Throws Refusal, or WrongAnswer for what is none. */
async function tryAt(
  { fetch }: WalletParts,
  session: OpenSession,
  words: readonly string[],
  keeper: KeeperParty,
  slot: Slot | undefined,
): Promise<{ answer: KeeperAnswer; left: Left }> {
  const { recallId, version, blob: _blob, ...evidence } = session.recall!;
  const key = fromBase64url(session.key);
  const state = blindWords(fromBase64url(recallId), version, words);
  const blinded = toBase64url(state.blinded);
  const message = { recallId, version, ...evidence, blinded, sessionKey: verifyingKeyOf(key) };
  const body = signMessage(key, messageLabels.recallEvaluation, message);
  // Read here and not there: what has not the shape of an answer is wrong, and not nothing.
  const said = await callParty(fetch, keeper, '/recall/evaluation', body, z.unknown());
  const read = recallEvaluationResponse.safeParse(said);
  if (!read.success || !slot) throw new WrongAnswer();
  const { evaluated, proof, ...left } = read.data;
  const points = { evaluated: fromBase64url(evaluated), proof: fromBase64url(proof) };
  const answer: KeeperAnswer = { index: keeper.index, state, ...points };
  if (!answerHolds(answer, slot.publicKey)) throw new WrongAnswer();
  return { answer, left };
}

function faultOf(error: unknown): Fault {
  if (error instanceof Refusal) return error.code === 'unavailable' ? 'silent' : 'refused';
  if (error instanceof WrongAnswer || error instanceof Malformed) return 'wrong';
  throw error;
}

const copyOf = <T extends Record<string, unknown[]>>(heard: T): T =>
  Object.fromEntries(Object.entries(heard).map(([name, list]) => [name, [...list]])) as T;
