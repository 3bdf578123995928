/**
 * Words back into the secret (PROTOCOL §3.6): t of n keepers answer, each counting the try; the shares are
 * combined here, the result is checked against R here, and a keeper whose answer does not hold is named. Then
 * the record welcomes the person back, and the keepers count anew.
 */
import { fromBase64url, toBase64url } from '@answerable/core/bytes';
import { ProofFailed } from '@answerable/core/errors';
import { encodeCredential } from '@answerable/core/presentation/credential';
import { decodeBlob } from '@answerable/core/recall/blob';
import { blindWords, type KeeperAnswer, openRecall } from '@answerable/core/recall/recall';
import { randomBytes } from '@answerable/core/rng';
import {
  type RecallEnvelope,
  type RecallEvaluationResponse,
  recallEnvelope,
  recallEvaluationResponse,
} from '@answerable/protocol/enrolment/recall';
import { messageLabels } from '@answerable/protocol/labels';
import { Refusal } from '@answerable/protocol/refusal';
import { openSigned, signMessage, verifyingKeyOf } from '@answerable/protocol/signed';
import type { KeeperParty } from '@answerable/protocol/trust-policy';
import { z } from 'zod';
import { callParty } from './call.ts';
import { Distrust, orDistrust } from './distrust.ts';
import { stateOf, type WalletParts } from './parts.ts';
import { issueFor } from './renew-credential.ts';
import { requireSession } from './session.ts';
import { inOrder, wordsFrom } from './set-words.ts';
import type { OpenSession } from './state.ts';

const nonceBytes = 16;
const accepted = z.object({ ok: z.literal(true) });

export interface Recalled {
  /** Keepers whose answer did not hold, by name. */
  badKeepers: string[];
  /** Keepers that did not answer, by name. */
  silentKeepers: string[];
}

/** A refusal `words_wrong` that also says how many tries are left, by the most generous keeper. */
export class WordsWrong extends Refusal {
  readonly triesLeft: number;
  readonly triesLeftToday: number;
  constructor(left: { triesLeft: number; triesLeftToday: number }) {
    super('words_wrong');
    this.triesLeft = left.triesLeft;
    this.triesLeftToday = left.triesLeftToday;
  }
}

export async function recall(parts: WalletParts, typed: string | readonly string[]): Promise<Recalled> {
  const words = wordsFrom(typed);
  const state = await stateOf(parts);
  const session = requireSession(state);
  if (!session.recall) throw new Refusal('recall_missing');
  const envelope = readEnvelope(parts, session.recall);
  const asked = await askKeepers(parts, session, words);
  const { threshold } = parts.policy.tags;
  const opened = open(parts, fromBase64url(envelope.sealed), asked);
  const byIndex = (index: number) => inOrder(parts.policy)[index - 1]!.name;
  if (!opened.ok) {
    const [bad] = opened.bad;
    if (bad !== undefined) throw new Distrust(byIndex(bad), 'share');
    throw asked.refused.length > threshold - 1 ? asked.refused[0]! : new Refusal('unavailable');
  }
  // The words are right: what is left is that this is our record, and that the registrar says so too.
  const refillKey = verifyingKeyOf(opened.refillSecretKey);
  const record = orDistrust(parts.policy.registrar.name, 'record', () =>
    openSigned(refillKey, messageLabels.recallCase, envelope.record),
  );
  if (record.recallId !== session.recall.recallId || record.version !== session.recall.version)
    throw new Distrust(parts.policy.registrar.name, 'record');
  const { recordPoint } = record;
  const { secret } = opened;
  const { credential, leaf } = await issueFor(parts, { secret, recordPoint }, { session: session.id });
  await parts.store.save({
    ...(await stateOf(parts)),
    session: { ...session, proven: true },
    holding: {
      credential: toBase64url(encodeCredential(credential)),
      recordPoint,
      ...(leaf === undefined ? {} : { leaf }),
      recall: { seed: toBase64url(opened.recallSecret), version: session.recall.version },
    },
  });
  await refill(parts, session.recall, opened.refillSecretKey);
  return { badKeepers: opened.bad.map(byIndex), silentKeepers: asked.silent };
}

interface Asked {
  answers: KeeperAnswer[];
  left: Pick<RecallEvaluationResponse, 'triesLeft' | 'triesLeftToday'>[];
  refused: Refusal[];
  silent: string[];
}

async function askKeepers(parts: WalletParts, session: OpenSession, words: string[]): Promise<Asked> {
  const { recallId, version, idToken } = session.recall!;
  const key = fromBase64url(session.key);
  const asked: Asked = { answers: [], left: [], refused: [], silent: [] };
  const ask = async (keeper: KeeperParty) => {
    const state = blindWords(fromBase64url(recallId), version, words);
    const message = {
      recallId,
      version,
      idToken,
      blinded: toBase64url(state.blinded),
      sessionKey: verifyingKeyOf(key),
    };
    const body = signMessage(key, messageLabels.recallEvaluation, message);
    const answer = await callParty(parts.fetch, keeper, '/recall/evaluation', body, recallEvaluationResponse);
    const { evaluated, proof, ...left } = answer;
    asked.left.push(left);
    asked.answers.push({
      index: keeper.index,
      state,
      evaluated: fromBase64url(evaluated),
      proof: fromBase64url(proof),
    });
  };
  await Promise.all(
    inOrder(parts.policy).map((keeper) =>
      ask(keeper).catch((error: unknown) => {
        if (!(error instanceof Refusal)) throw error;
        if (error.code === 'unavailable') asked.silent.push(keeper.name);
        else asked.refused.push(error);
      }),
    ),
  );
  return asked;
}

function open({ policy }: WalletParts, sealed: Uint8Array, { answers, left }: Asked) {
  try {
    return openRecall(sealed, policy.tags.threshold, answers);
  } catch (error) {
    if (!(error instanceof ProofFailed)) throw new Distrust(policy.registrar.name, 'record');
    throw new WordsWrong({
      triesLeft: Math.max(0, ...left.map(({ triesLeft }) => triesLeft)),
      triesLeftToday: Math.max(0, ...left.map(({ triesLeftToday }) => triesLeftToday)),
    });
  }
}

/** The envelope of this very record and version. Throws Distrust. */
function readEnvelope(
  { policy }: WalletParts,
  { blob, recallId, version }: NonNullable<OpenSession['recall']>,
): RecallEnvelope {
  return orDistrust(policy.registrar.name, 'record', () => {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(fromBase64url(blob));
    const envelope = recallEnvelope.parse(JSON.parse(text));
    const inside = decodeBlob(fromBase64url(envelope.sealed));
    if (toBase64url(inside.recallId) !== recallId || inside.version !== version) throw new Error('another');
    return envelope;
  });
}

// A keeper that cannot be reached counts on; nothing is lost by that today.
async function refill(
  { policy, fetch }: WalletParts,
  { recallId, version }: { recallId: string; version: number },
  refillSecretKey: Uint8Array,
): Promise<void> {
  await Promise.allSettled(
    inOrder(policy).map((keeper) => {
      const nonce = toBase64url(randomBytes(nonceBytes));
      const message = { keeper: keeper.name, recallId, version, nonce };
      const body = signMessage(refillSecretKey, messageLabels.recallRefill, message);
      return callParty(fetch, keeper, '/recall/refill', body, accepted);
    }),
  );
}
