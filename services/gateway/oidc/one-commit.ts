/**
 * What one request to the OpenID provider has read ahead, and what of its writes waits for the last one: that takes
 * them along in one statement, so that all a request changes stands in one commit before its answer leaves.
 * Assumes: the library tells nobody anything between these writes.
 * Must never: let an answer leave while something waits.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { AdapterPayload } from 'oidc-provider';

export interface Row {
  model: string;
  id: string;
  payload: AdapterPayload;
  account: string | null;
  grant_id: string | null;
  uid: string | null;
  /** how long it counts */
  seconds: number;
}

/** The hashes of a code that is used, and of an interaction that is over, by this commit; and what it keeps. */
export interface Waiting {
  code: string | null;
  over: string | null;
  rows: Row[];
}

export interface UnderWay {
  waiting: Waiting;
  /** by model and name: what came along with the token that leads to it */
  ahead: Map<string, AdapterPayload>;
}

/** These are followed by another write in every answer that is no refusal. */
const waitingModels = new Set(['Grant', 'AuthorizationCode']);

const requests = new AsyncLocalStorage<UnderWay>();
const nothing = (): Waiting => ({ code: null, over: null, rows: [] });

/** The request that this is part of; undefined outside of the provider's own addresses. */
export const underWay = (): UnderWay | undefined => requests.getStore();

export const waits = (model: string): boolean => waitingModels.has(model);

/** Everything that waits, which from now on is the caller's to write. */
export function takeWaiting(): Waiting {
  const here = requests.getStore();
  if (!here) return nothing();
  const { waiting } = here;
  here.waiting = nothing();
  return waiting;
}

/** `write` gets what still waits at the end: refusals have no last write. */
export async function inOneCommit(
  next: () => Promise<void>,
  write: (waiting: Waiting) => Promise<unknown>,
): Promise<void> {
  await requests.run({ waiting: nothing(), ahead: new Map() }, async () => {
    try {
      await next();
    } finally {
      const left = takeWaiting();
      if (left.code !== null || left.over !== null || left.rows.length > 0) await write(left);
    }
  });
}
