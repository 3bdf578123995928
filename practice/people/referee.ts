/** A practice referee: vouches at the registrar's console for who stands before them, with a passkey. */
import { Refusal } from '@answerable/protocol/refusal';
import type { EnrolmentEnd } from '@answerable/wallet/engine/finish-enrolment';
import type { Wallet } from '@answerable/wallet/engine/wallet';
import { addOrganisation, type ConsoleVisit, inviteTo } from './console-visit.ts';
import type { Lie } from './software-passkey.ts';

/** What a referee types of somebody. */
export interface Described {
  given: string;
  family: string;
  birthDate: string;
  formerFamily?: string;
  documentKind?: string;
  documentIssuer?: string;
  documentNumber?: string;
}

export interface Referee {
  visit: ConsoleVisit;
  organisation: string;
  /** Types the code and who it is, reads, signs. Throws the console's Refusal. */
  vouchFor(code: string, who: Described, lie?: Lie): Promise<void>;
}

/** Somebody of a new organisation, or of one that is there. */
export async function practiceReferee(
  origin: string,
  admin: ConsoleVisit,
  { name, at }: { name: string; at: { name: string; kind: string } | string },
): Promise<Referee> {
  const organisation = typeof at === 'string' ? at : await addOrganisation(admin, at);
  const visit = await inviteTo(origin, admin, { name, roles: ['referee'], organisation });
  return { visit, organisation, vouchFor: (code, who, lie) => vouch(visit, code, who, lie) };
}

async function vouch(visit: ConsoleVisit, code: string, who: Described, lie?: Lie): Promise<void> {
  const form = { code, ...who, known: 'registered', declared: 'yes' };
  const options = await visit.post('/vouch/challenge', form);
  await visit.post('/vouch', { ...form, response: visit.passkey.use(options, lie) });
}

/** Asks to be vouched for, and is: the whole way, as far as the registrar lets it. */
export async function vouchedBy(
  referee: Referee,
  who: Described,
  wallet: Wallet,
  purpose: 'join' | 'return' | 'reset' = 'join',
): Promise<EnrolmentEnd> {
  const { session, code } = await wallet.beVouched(purpose);
  await pending(wallet, session);
  await referee.vouchFor(code, who);
  return wallet.finishEnrolment({ session });
}

/** Nobody has vouched yet, and the registrar says so. */
async function pending(wallet: Wallet, session: string): Promise<void> {
  const said = await wallet.finishEnrolment({ session }).catch((error: unknown) => error);
  if (!(said instanceof Refusal && said.code === 'evidence_pending')) throw said;
}
