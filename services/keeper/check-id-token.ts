/**
 * Whether an evidence provider says, freshly and to this session's key, who is asking (PROTOCOL §3.6, §10).
 * The keeper checks this itself, so that no registrar can ask in somebody's place. It is given the id token
 * only, never the core identity: issuer and audience come from the trust policy, the nonce from session key
 * and policy, and a token is at most ten minutes old (DIVERGENCES D5).
 */
import { type Clock, unixSeconds } from '@answerable/kit/clock';
import { recallSubject } from '@answerable/protocol/enrolment/recall';
import { evidenceNonce } from '@answerable/protocol/enrolment/session';
import { Refusal } from '@answerable/protocol/refusal';
import type { TrustPolicy } from '@answerable/protocol/trust-policy';
import { createRemoteJWKSet, decodeJwt, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose';

const tokenAgeSecondsMax = 600;
const clockSkewSecondsMax = 30;
const keysTimeoutMs = 5_000;
const algorithms = ['ES256', 'RS256', 'PS256'];

export interface CheckedToken {
  /** H(issuer, subject): all that is kept of who asks. */
  subject: string;
  /** The nonce: names this token once and for all, also if its signature is written differently. */
  token: string;
}

export type CheckIdToken = (
  idToken: string,
  sessionKey: string,
  policy: TrustPolicy,
) => Promise<CheckedToken>;

/** Checks tokens against the providers' published keys. Refuses `evidence_refused`. */
export function idTokenCheck(clock: Clock): CheckIdToken {
  const keySets = new Map<string, JWTVerifyGetKey>();
  const keysAt = (uri: string) => {
    const known = keySets.get(uri) ?? createRemoteJWKSet(new URL(uri), { timeoutDuration: keysTimeoutMs });
    keySets.set(uri, known);
    return known;
  };
  return async (idToken, sessionKey, policy) => {
    const said = saidBy(idToken);
    const provider = policy.evidence.find(
      ({ issuer, audience }) => spellings(issuer).includes(said.issuer) && said.audience.includes(audience),
    );
    if (!provider) throw new Refusal('evidence_refused');
    const payload = await verified(idToken, keysAt(provider.jwksUri), {
      issuer: spellings(provider.issuer),
      audience: provider.audience,
      algorithms,
      currentDate: clock.now(),
      // Some providers' tokens are over after two minutes; a person needs longer to find four words.
      clockTolerance: tokenAgeSecondsMax,
      requiredClaims: ['sub', 'nonce', 'exp', 'iat'],
    });
    const ageSeconds = unixSeconds(clock) - payload.iat!;
    if (ageSeconds > tokenAgeSecondsMax || ageSeconds < -clockSkewSecondsMax)
      throw new Refusal('evidence_refused');
    const nonce = evidenceNonce(
      { purpose: 'return', walletKey: sessionKey },
      policy.registrar.name,
      policy.serial,
    );
    if (payload.nonce !== nonce) throw new Refusal('evidence_refused');
    return { subject: recallSubject(payload.iss!, payload.sub!), token: nonce };
  };
}

// Some providers write their issuer with a slash at the end and some without; the policy lists an origin.
const spellings = (issuer: string): string[] => [issuer, `${issuer}/`];

// Unverified: only which provider of the policy this is to be checked against.
function saidBy(idToken: string): { issuer: string; audience: string[] } {
  try {
    const { iss = '', aud = [] } = decodeJwt(idToken);
    return { issuer: iss, audience: [aud].flat() };
  } catch {
    throw new Refusal('evidence_refused');
  }
}

async function verified(
  idToken: string,
  keys: JWTVerifyGetKey,
  options: Parameters<typeof jwtVerify>[2],
): Promise<JWTPayload> {
  try {
    return (await jwtVerify(idToken, keys, options)).payload;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    // The provider's keys could not be fetched: nothing is wrong with the token, and nothing was spent.
    if (!code.startsWith('ERR_J') || code === 'ERR_JWKS_TIMEOUT') throw new Refusal('unavailable');
    throw new Refusal('evidence_refused');
  }
}
