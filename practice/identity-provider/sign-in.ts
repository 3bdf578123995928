/**
 * What happens between the request and the code: somebody says who they are, which account and document they
 * use, and whether to go on. Decides where the browser goes next.
 */
import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { AuthorizationRequest } from './authorize.ts';
import type { Expiring } from './expiring.ts';
import type { Evidence, Person } from './people.ts';
import type { ProviderKeys } from './provider-keys.ts';

const sessionBytes = 16;

/** `first`: the usual account and the passport. `second`: a new account and the other document. */
export const account = z.enum(['first', 'second']);
export type Account = z.infer<typeof account>;

/** `proved`: identity proved. `failed`: signed in, identity not proved. `stopped`: the person said no. */
export const outcome = z.enum(['proved', 'failed', 'stopped']);
export type Outcome = z.infer<typeof outcome>;

/** What the sign-in form posts, and what headless tests send as JSON. */
export const signInAnswer = z.object({
  person: z.string().max(60),
  account: account.default('first'),
  outcome: outcome.optional(),
});

export interface Grant {
  request: AuthorizationRequest;
  person: Person;
  account: Account;
  outcome: Exclude<Outcome, 'stopped'>;
  subject: string;
  session: string;
}

export interface Decision {
  request: AuthorizationRequest;
  person: Person;
  account: Account;
  outcome: Outcome;
}

/** The address to which the browser returns, with a code or an error. */
export function returnAddress(decision: Decision, keys: ProviderKeys, codes: Expiring<Grant>): string {
  const { request, person, account: chosen, outcome: result } = decision;
  // Without the returnCode claim a client learns of a failed proof as access_denied.
  const tellsFailure = request.client.flavour === 'flat' || request.claims.has('returnCode');
  const untold = result === 'failed' && request.wantsIdentity && !tellsFailure;
  if (result === 'stopped' || untold) return errorAddress(request, 'access_denied');
  const sector = request.client.sector ?? request.client.client_id;
  const subject = keys.subject(sector, person.id, chosen);
  const session = randomBytes(sessionBytes).toString('base64url');
  const code = codes.put({ request, person, account: chosen, outcome: result, subject, session });
  return withParameters(request.redirectUri, { code, state: request.state });
}

/** The client's address with an error. */
export function errorAddress(to: { redirectUri: string; state: string | undefined }, error: string): string {
  return withParameters(to.redirectUri, { error, ...(to.state === undefined ? {} : { state: to.state }) });
}

/** What this person shows with this account. */
export function evidenceOf(person: Person, chosen: Account): Evidence {
  return chosen === 'first' ? { passport: person.passport } : person.secondDocument;
}

function withParameters(address: string, parameters: Record<string, string>): string {
  const url = new URL(address);
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  return url.href;
}
