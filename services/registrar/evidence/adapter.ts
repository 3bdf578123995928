/**
 * What every way of showing who one is has in common: an address to go to, an answer that comes back, and
 * perhaps a word when the person signs out there. One adapter a route; which ones there are stands in the
 * configuration, whom wallets accept in the trust policy. How to add one: docs/evidence.md.
 */
import type { Clock } from '@answerable/kit/clock';
import type { Mode } from '@answerable/kit/config';
import type { EvidenceClientKeys } from '../evidence-client-key.ts';
import type { Evidence } from './evidence.ts';

/** One way to the provider and back. */
export interface SignIn {
  /** Made from the wallet's key; the provider signs it. */
  nonce: string;
  /** Comes back in the answer; good once. */
  state: string;
  /** Who signed in at the first of two steps; absent at the first. */
  signedInAs?: string;
}

/** What came back: everything, or, at the first of two steps, only who it is. */
export type Received = { evidence: Evidence } | { signedIn: { issuer: string; subject: string } };

/** Whose sessions are over, by what the provider said: a subject, a session there, or both. */
export interface SignedOut {
  issuer: string;
  subject?: string;
  session?: string;
}

export interface EvidenceAdapter {
  /** Where the person goes. Refuses `evidence_unavailable`. */
  authorizationUrl(signIn: SignIn): Promise<string>;
  /** What the answer that came back says. Refuses by why-not.ts; never with anything of the person. */
  receive(callbackQuery: URLSearchParams, signIn: SignIn): Promise<Received>;
  /** Verifies a logout token. Refuses `malformed`, `unavailable`. */
  signedOut(logoutToken: string): Promise<SignedOut>;
}

/** What an adapter is given besides its own part of the configuration. */
export interface AdapterNeeds {
  mode: Mode;
  /** The registrar's own, as it is told to the provider with every call. */
  origin: string;
  /** Where the browser comes back to. */
  redirectUri: string;
  keys: EvidenceClientKeys;
  clock: Clock;
}
