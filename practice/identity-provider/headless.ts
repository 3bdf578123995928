/**
 * Goes through the sign-in without a browser, for tests and the story: from the authorization address to the
 * address at which the client expects the person back.
 */
import { z } from 'zod';
import type { Account, Outcome } from './sign-in.ts';

export interface HeadlessSignIn {
  authorizationUrl: string;
  /** id from people.ts */
  person: string;
  /** default `first` */
  account?: Account;
  /** default `proved` */
  outcome?: Outcome;
  /** in place of the network, as in `(url, init) => app.request(url, init)` */
  fetch?: (url: string, init: RequestInit) => Response | Promise<Response>;
}

const answerShape = z.object({ redirect: z.url() });

/** The client's redirect address, with `code` and `state` or `error`. Throws Error if there is none. */
export async function signInHeadless(options: HeadlessSignIn): Promise<string> {
  const call = options.fetch ?? fetch;
  const first = await call(options.authorizationUrl, { redirect: 'manual' });
  const next = new URL(first.headers.get('location') ?? '', options.authorizationUrl);
  if (next.origin !== new URL(options.authorizationUrl).origin) return next.href;
  if (!next.pathname.startsWith('/sign-in/')) throw new Error(`the provider answered ${first.status}`);
  const { person, account = 'first', outcome = 'proved' } = options;
  const response = await call(next.href, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ person, account, outcome }),
  });
  if (!response.ok) throw new Error(`the provider answered ${response.status}`);
  return answerShape.parse(await response.json()).redirect;
}
