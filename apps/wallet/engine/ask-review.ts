/**
 * Somebody with the same name and birth date has joined: two people at the registrar are to look (PROTOCOL §3.2).
 * Asked for once, looked at again and again; then the wallet goes on where it stood.
 */
import { type ReviewResponse, reviewResponse } from '@answerable/protocol/enrolment/review';
import { stateOf, type WalletParts } from './parts.ts';
import { callInSession, requireSession } from './session.ts';

/** How it stands, and what finish-enrolment.ts needs to go on once it is settled. */
export type ReviewSeen = ReviewResponse & { session: string; code?: string };

/** Asks for it, or how it stands. */
export async function askReview(parts: WalletParts): Promise<ReviewSeen> {
  const session = requireSession(await stateOf(parts));
  const call = { path: '/enrolment/review', call: 'review', body: {} };
  const seen = await callInSession(parts, session, call, reviewResponse);
  const { id, code } = session;
  return { ...seen, session: id, ...(code === undefined ? {} : { code }) };
}
