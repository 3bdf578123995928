/**
 * The four words (PROTOCOL §3.6). The wallet draws them; each keeper answers once, blindly, and the secret is
 * sealed under what they all made of the words. New words are a new version; S stays.
 * Only in a session whose record is this person's.
 */
import { fromBase64url, toBase64url } from '@answerable/core/bytes';
import { decodeCredential } from '@answerable/core/presentation/credential';
import { blindWords, sealRecall, type WordsState } from '@answerable/core/recall/recall';
import { drawWords, readWords } from '@answerable/core/recall/words';
import {
  type RecallEnvelope,
  recallOpenResponse,
  recallSetupResponse,
} from '@answerable/protocol/enrolment/recall';
import { messageLabels } from '@answerable/protocol/labels';
import { Refusal } from '@answerable/protocol/refusal';
import { signMessage } from '@answerable/protocol/signed';
import type { KeeperParty, TrustPolicy } from '@answerable/protocol/trust-policy';
import { z } from 'zod';
import { callParty } from './call.ts';
import { Distrust, orDistrust } from './distrust.ts';
import { stateOf, type WalletParts } from './parts.ts';
import { callInSession, requireSession } from './session.ts';
import type { OpenSession } from './state.ts';

const accepted = z.object({ ok: z.literal(true) });

/** Four fresh words, to be written down. Nothing is set yet. */
export const proposeWords = (): string[] => drawWords();

/** What somebody typed, as words of the list. Refuses `words_malformed` before any counted try is spent. */
export function wordsFrom(typed: string | readonly string[]): string[] {
  const reading = readWords(typeof typed === 'string' ? typed : typed.join(' '));
  if (!reading.ok) throw new Refusal('words_malformed');
  return [...reading.words];
}

export async function setWords(parts: WalletParts, typed: string | readonly string[]): Promise<void> {
  const words = wordsFrom(typed);
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
  const sealed = orDistrust(policy.registrar.name, 'share', () =>
    sealRecall({
      secret: decodeCredential(fromBase64url(holding.credential)).secret,
      recallId: fromBase64url(recallId),
      version,
      threshold: policy.tags.threshold,
      answers,
      ...(holding.recall ? { recallSecret: fromBase64url(holding.recall.seed) } : {}),
    }),
  );
  const record = { recallId, version, recordPoint: holding.recordPoint };
  const envelope: RecallEnvelope = {
    v: 1,
    sealed: toBase64url(sealed.blob),
    record: signMessage(sealed.refillSecretKey, messageLabels.recallCase, record),
  };
  const inForce = { recallId, version, refillKey: toBase64url(sealed.refillKey) };
  const setupKey = fromBase64url(session.key);
  const { signature: setupSignature } = signMessage(setupKey, messageLabels.recallInForce, inForce);
  const body = { ...inForce, blob: encodeEnvelope(envelope), setupSignature };
  await callInSession(parts, session, { path: '/recall/blob', call: 'recall-store', body }, accepted);
  await parts.store.save({
    ...(await stateOf(parts)),
    holding: { ...holding, recall: { seed: toBase64url(sealed.recallSecret), version } },
  });
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
  return {
    index: keeper.index,
    state: blinded,
    publicKey: fromBase64url(publicKey),
    evaluated: fromBase64url(answer.evaluated),
    proof: fromBase64url(answer.proof),
  };
}

export const inOrder = ({ tags }: TrustPolicy): KeeperParty[] =>
  tags.keepers.toSorted((a, b) => a.index - b.index);

const encodeEnvelope = (envelope: RecallEnvelope): string =>
  toBase64url(new TextEncoder().encode(JSON.stringify(envelope)));
