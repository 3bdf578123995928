/**
 * The four words (PROTOCOL §3.6). The wallet draws them; each keeper answers once, blindly, and the secret is
 * sealed under what they all made of the words. New words are a new version; S stays.
 * Only in a session whose record is this person's.
 */
import { fromBase64url, toBase64url, toHex } from '@answerable/core/bytes';
import { sha256 } from '@answerable/core/hash';
import { decodeCredential } from '@answerable/core/presentation/credential';
import { answerHolds, blindWords, sealRecall, type WordsState } from '@answerable/core/recall/recall';
import { drawWords, encodeWords, readWords } from '@answerable/core/recall/words';
import {
  type RecallEnvelope,
  recallOpenResponse,
  recallSetupResponse,
} from '@answerable/protocol/enrolment/recall';
import { messageLabels } from '@answerable/protocol/labels';
import { Refusal } from '@answerable/protocol/refusal';
import { signMessage } from '@answerable/protocol/signed';
import type { KeeperParty } from '@answerable/protocol/trust-policy';
import { z } from 'zod';
import { inOrder } from './ask-keepers.ts';
import { callParty } from './call.ts';
import { Distrust, orDistrust } from './distrust.ts';
import { stateOf, type WalletParts } from './parts.ts';
import { encodeEnvelope } from './recall-envelope.ts';
import { callInSession, requireSession } from './session.ts';
import type { OpenSession, Watch } from './state.ts';

const accepted = z.object({ ok: z.literal(true) });

/** Hashes of what this wallet drew and did not set yet: words that somebody chose, or a PIN, are never set. */
const drawn = new Set<string>();
const drawnMax = 64;
const hashed = (words: readonly string[]): string => toHex(sha256(encodeWords(words)));

/** Four fresh words, to be written down. Nothing is set yet. */
export function proposeWords(): string[] {
  const words = drawWords();
  const [oldest] = drawn;
  if (drawn.size >= drawnMax && oldest) drawn.delete(oldest);
  drawn.add(hashed(words));
  return words;
}

/** What somebody typed, as words of the list. Refuses `words_malformed` before any counted try is spent. */
export function wordsFrom(typed: string | readonly string[]): string[] {
  const reading = readWords(typeof typed === 'string' ? typed : typed.join(' '));
  if (!reading.ok) throw new Refusal('words_malformed');
  return [...reading.words];
}

/** Refuses `words_malformed` for any words but those that `proposeWords` drew. */
export async function setWords(parts: WalletParts, typed: string | readonly string[]): Promise<void> {
  const words = wordsFrom(typed);
  if (!drawn.has(hashed(words))) throw new Refusal('words_malformed');
  const state = await stateOf(parts);
  const session = requireSession(state);
  const { holding } = state;
  if (!holding || !session.proven) throw new Refusal('session_state');
  const call = { path: '/recall/keys', call: 'recall-open', body: {} };
  const opened = await callInSession(parts, session, call, recallOpenResponse);
  const { recallId, version } = opened;

  const { policy } = parts;
  const answers = await Promise.all(
    inOrder(policy).map(async (keeper) => {
      const { publicKey } = opened.keepers.find(({ keeper: name }) => name === keeper.name) ?? {};
      if (publicKey === undefined) throw new Refusal('unavailable', keeper.name);
      const blinded = blindWords(fromBase64url(recallId), version, words);
      return ask(parts, session, keeper, { recallId, version, publicKey, blinded });
    }),
  );
  for (const [at, answer] of answers.entries())
    if (!answerHolds(answer, answer.publicKey)) throw new Distrust(inOrder(policy)[at]!.name, 'share');
  const sealed = orDistrust(policy.registrar.name, 'share', () =>
    sealRecall({
      recordKey: fromBase64url(holding.recordPoint),
      secret: decodeCredential(fromBase64url(holding.credential)).secret,
      recallId: fromBase64url(recallId),
      version,
      threshold: policy.tags.threshold,
      answers,
      ...(holding.recall ? { recallSecret: fromBase64url(holding.recall.seed) } : {}),
    }),
  );
  const envelope: RecallEnvelope = { v: 2, sealed: toBase64url(sealed.blob) };
  const inForce = { recallId, version, refillKey: toBase64url(sealed.refillKey) };
  const setupKey = fromBase64url(session.key);
  const { signature: setupSignature } = signMessage(setupKey, messageLabels.recallInForce, inForce);
  const body = { ...inForce, blob: encodeEnvelope(envelope), setupSignature };
  await callInSession(parts, session, { path: '/recall/blob', call: 'recall-store', body }, accepted);
  const now = await stateOf(parts);
  // First words: from here on every try is somebody's, and this device is to hear of it.
  const firstWatch: Watch = { known: { triesEver: 0, returnsEver: 0 } };
  await parts.store.save({
    ...now,
    ...(version === 1 && !now.watch ? { watch: firstWatch } : {}),
    holding: { ...holding, recall: { seed: toBase64url(sealed.recallSecret), version, recallId } },
  });
  drawn.delete(hashed(words));
}

interface Ask {
  recallId: string;
  version: number;
  publicKey: string;
  blinded: WordsState;
}

async function ask(
  { fetch }: WalletParts,
  session: OpenSession,
  keeper: KeeperParty,
  { recallId, version, publicKey, blinded }: Ask,
) {
  const message = { recallId, version, blinded: toBase64url(blinded.blinded) };
  const body = signMessage(fromBase64url(session.key), messageLabels.recallSetup, message);
  const answer = await callParty(fetch, keeper, '/recall/setup', body, recallSetupResponse).catch(
    (error: unknown) => {
      // Its one evaluation was given to somebody else: somebody is storing up guesses.
      if (error instanceof Refusal && error.code === 'session_state')
        throw new Distrust(keeper.name, 'share');
      throw error;
    },
  );
  return orDistrust(keeper.name, 'share', () => ({
    index: keeper.index,
    state: blinded,
    publicKey: fromBase64url(publicKey),
    evaluated: fromBase64url(answer.evaluated),
    proof: fromBase64url(answer.proof),
  }));
}
