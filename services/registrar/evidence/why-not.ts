/**
 * Why a proof did not come about, told apart so that a person can act on it, and no further: the table of
 * refusals has a code for each, and words for each stand in the wallet.
 */
import { Refusal, type RefusalCode } from '@answerable/protocol/refusal';
import * as client from 'openid-client';

/** Errors of authorization and token endpoint (RFC 6749, OpenID Connect Core §3.1.2.6). */
const whyNot: Readonly<Record<string, RefusalCode>> = {
  // The person said no, or the provider lost the session in their browser: it says the same word for both.
  access_denied: 'evidence_denied',
  login_required: 'evidence_denied',
  consent_required: 'evidence_denied',
  interaction_required: 'evidence_denied',
  account_selection_required: 'evidence_denied',
  // Nothing that the person did: the provider is down, full, or does not take us at the moment.
  temporarily_unavailable: 'evidence_unavailable',
  server_error: 'evidence_unavailable',
  unauthorized_client: 'evidence_unavailable',
  invalid_client: 'evidence_unavailable',
  unmet_authentication_requirements: 'evidence_insufficient',
  // A code that was used, or that took too long.
  invalid_grant: 'session_unknown',
};

/** What could not be reached, as fetch and openid-client name it. */
const notReached = new Set(['TimeoutError', 'AbortError', 'OAUTH_TIMEOUT', 'OAUTH_ABORT']);

/** The refusal for whatever went wrong between us and the provider. */
export function refusalOf(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  if (error instanceof client.AuthorizationResponseError || error instanceof client.ResponseBodyError)
    return new Refusal(
      (Object.hasOwn(whyNot, error.error) ? whyNot[error.error] : undefined) ?? 'evidence_refused',
    );
  if (isUnreached(error)) return new Refusal('evidence_unavailable');
  return new Refusal('evidence_refused');
}

// A socket that fails is a TypeError of fetch with a cause; an answer of 5xx is one that openid-client wraps.
function isUnreached(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { name, code, cause } = error as Error & { code?: string; cause?: unknown };
  if (notReached.has(name) || (code !== undefined && notReached.has(code))) return true;
  if (name === 'TypeError' && code === undefined) return true;
  return cause instanceof Response && cause.status >= 500;
}
