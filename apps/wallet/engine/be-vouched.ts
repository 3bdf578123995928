/**
 * The assisted route: the wallet shows a short code, and a referee who is with the person types it and vouches
 * (PROTOCOL §3.1). There is no address to follow and no browser that comes back; finish-enrolment.ts asks until
 * somebody has vouched. The code is for that referee alone: whoever else types it can vouch this wallet into
 * their words, so nobody reads it out over the telephone or sends it on.
 */
import {
  beginResponse,
  type EnrolmentPurpose,
  evidenceResponse,
} from '@answerable/protocol/enrolment/session';
import { Refusal } from '@answerable/protocol/refusal';
import { refereeRoute } from '@answerable/protocol/trust-policy';
import { drawSession } from './begin-enrolment.ts';
import { callParty } from './call.ts';
import { Distrust } from './distrust.ts';
import { stateOf, type WalletParts } from './parts.ts';
import { callInSession, requireSession } from './session.ts';

export interface ToBeVouched {
  session: string;
  /** For the referee to type. */
  code: string;
}

/** A new session and its code; an earlier one of this wallet is given up. */
export async function beVouched(parts: WalletParts, purpose: EnrolmentPurpose): Promise<ToBeVouched> {
  const { registrar } = parts.policy;
  const { request, keep } = await drawSession(parts, purpose, refereeRoute);
  const begun = await callParty(parts.fetch, registrar, '/enrolment', request, beginResponse);
  if (!('code' in begun)) throw new Distrust(registrar.name, 'answer');
  await keep(begun.session);
  return begun;
}

/** Whether somebody has vouched by now. Refuses `nonce_expired` once nobody can any more. */
export async function vouchedYet(parts: WalletParts, session: string): Promise<boolean> {
  const open = requireSession(await stateOf(parts));
  if (open.id !== session) throw new Refusal('session_unknown');
  const call = { path: '/enrolment/evidence', call: 'evidence', body: {} };
  try {
    await callInSession(parts, open, call, evidenceResponse);
    return true;
  } catch (error) {
    if (error instanceof Refusal && error.code === 'evidence_pending') return false;
    throw error;
  }
}
