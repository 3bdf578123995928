/**
 * The person is back from the evidence provider. To join: send the commitment, check everything that comes
 * back, keep it, wait for the receipt. To return: get what is needed to try the words. To reset: the same as
 * joining, once the wait is over.
 * Must never: keep a credential that was not checked, or call a record ready before its receipt was verified.
 */
import { fromBase64url, toBase64url } from '@answerable/core/bytes';
import { encodeCredential } from '@answerable/core/presentation/credential';
import { requestRecord, secretPoint } from '@answerable/core/presentation/issuance';
import { recordBinding } from '@answerable/protocol/enrolment/binding';
import {
  type EvidenceResponse,
  evidenceResponse,
  type IdentityDocument,
  recordResponse,
} from '@answerable/protocol/enrolment/session';
import { Refusal } from '@answerable/protocol/refusal';
import { verifyingKeyOf } from '@answerable/protocol/signed';
import { checkAddress } from './begin-enrolment.ts';
import { checkRecord } from './check-record.ts';
import { Distrust } from './distrust.ts';
import { stateOf, type WalletParts } from './parts.ts';
import { renewCredential } from './renew-credential.ts';
import { callInSession, requireSession } from './session.ts';
import type { OpenSession, WalletState } from './state.ts';
import { waitForReceipt } from './wait-for-receipt.ts';

const dayChars = 10;

export type Stage = 'evidence' | 'credential' | 'log';

export interface Return {
  session: string;
  /** What came back with the browser; nothing does where a referee vouches. */
  code?: string;
  /** What the person says of themself; compared with what was sealed, if given. */
  expected?: Pick<IdentityDocument, 'name' | 'birthDate'>;
  onStage?: (stage: Stage) => void;
}

export type EnrolmentEnd =
  /** A record and a credential, receipt verified. `identity` is what was sealed: for the person to read once. */
  | { end: 'joined'; identity: IdentityDocument }
  /** Signed in; who one is is proved at a second address. */
  | { end: 'go-on'; authorizationUrl: string }
  /** Now the four words: recall(). */
  | { end: 'words-wanted' }
  /** This device still had the secret: the same person as ever, and new words can be set. */
  | { end: 'returned'; named?: true }
  /** A reset was asked for; come back on that day, when the wait is over. */
  | { end: 'waiting'; ends: string };

export async function finishEnrolment(parts: WalletParts, back: Return): Promise<EnrolmentEnd> {
  const state = await stateOf(parts);
  const session = requireSession(state);
  if (session.id !== back.session) throw new Refusal('wrong_browser');
  back.onStage?.('evidence');
  const body = back.code === undefined ? {} : { code: back.code };
  const call = { path: '/enrolment/evidence', call: 'evidence', body };
  const shown = await callInSession(parts, session, call, evidenceResponse);
  if (shown.match === 'unfinished') return goOn(parts, session, shown);
  const known = { ...session, ...body };
  return session.purpose === 'return'
    ? comeBack(parts, { ...state, session: known }, shown)
    : makeRecord(parts, { ...state, session: known }, back, shown);
}

/** The second of two steps: the same session, the same nonce, looked at as the first address was. */
function goOn(
  parts: WalletParts,
  session: OpenSession,
  { authorizationUrl }: EvidenceResponse,
): EnrolmentEnd {
  if (authorizationUrl === undefined) throw new Distrust(parts.policy.registrar.name, 'answer');
  checkAddress(parts, authorizationUrl, {
    purpose: session.purpose,
    route: session.route ?? '',
    walletKey: verifyingKeyOf(fromBase64url(session.key)),
    ...(session.secret === undefined
      ? {}
      : { secretPoint: toBase64url(secretPoint(fromBase64url(session.secret))) }),
  });
  return { end: 'go-on', authorizationUrl };
}

async function comeBack(
  parts: WalletParts,
  state: WalletState & { session: OpenSession },
  shown: EvidenceResponse,
): Promise<EnrolmentEnd> {
  if (shown.match === 'new') throw new Refusal('person_unknown');
  await parts.store.save({
    ...state,
    session: { ...state.session, ...(shown.recall ? { recall: shown.recall } : {}) },
  });
  if (state.holding) {
    const { id, named = false } = state.session;
    await renewCredential(parts, { session: id, named });
    return named ? { end: 'returned', named } : { end: 'returned' };
  }
  if (!shown.recall) throw new Refusal('recall_missing');
  return { end: 'words-wanted' };
}

async function makeRecord(
  parts: WalletParts,
  state: WalletState & { session: OpenSession },
  back: Return,
  shown: EvidenceResponse,
): Promise<EnrolmentEnd> {
  const { registrar } = parts.policy;
  const secret = fromBase64url(state.session.secret!);
  const asked = state.session.asked ?? drawRequest(secret, recordBinding(registrar.name, state.session.id));
  const session: OpenSession = { ...state.session, asked };
  // Kept first: a lost answer is asked for again in the same words.
  await parts.store.save({ ...state, session });
  back.onStage?.('credential');
  const { commitmentWithProof, bindingProof, blind } = asked;
  const call = { path: '/enrolment/record', call: 'record', body: { commitmentWithProof, bindingProof } };
  const response = await callInSession(parts, session, call, recordResponse).catch((error: unknown) => {
    if (error instanceof Refusal && error.code === 'reset_waiting') return 'waiting' as const;
    throw error;
  });
  if (response === 'waiting') return { end: 'waiting', ends: shown.resetEnds ?? endOfWait(parts) };
  const checked = checkRecord(parts, { secret, blind: fromBase64url(blind) }, response);
  requireExpected(registrar.name, checked.identity, back.expected);
  await parts.store.save({
    ...state,
    session: { ...session, proven: true },
    holding: {
      credential: toBase64url(encodeCredential(checked.credential)),
      recordPoint: checked.recordPoint,
      leaf: checked.leaf,
    },
  });
  // From here on the wallet has its credential; the receipt can also be waited for later.
  back.onStage?.('log');
  await waitForReceipt(parts);
  return { end: 'joined', identity: checked.identity };
}

/** Of a wait that begins now. */
function endOfWait({ policy, clock }: WalletParts): string {
  const ends = new Date(clock.now().getTime() + policy.limits.resetWaitSeconds * 1000);
  return ends.toISOString().slice(0, dayChars);
}

function drawRequest(secret: Uint8Array, binding: Uint8Array): NonNullable<OpenSession['asked']> {
  const { request, blind } = requestRecord(secret, binding);
  return {
    commitmentWithProof: toBase64url(request.commitmentWithProof),
    bindingProof: toBase64url(request.bindingProof),
    blind: toBase64url(blind),
  };
}

function requireExpected(registrar: string, sealed: IdentityDocument, expected: Return['expected']): void {
  if (!expected) return;
  const same = expected.birthDate === sealed.birthDate && plain(expected.name) === plain(sealed.name);
  if (!same) throw new Distrust(registrar, 'sealed identity');
}

const plain = (name: string): string => name.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim();
