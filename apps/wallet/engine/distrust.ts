/**
 * What a wallet throws when somebody said something that does not hold. A refusal (protocol/refusal.ts) is a
 * clear no of an honest party; this is the wallet's own no to a party that should not be trusted.
 */

/** What was found wrong. */
export type Doubt =
  | 'nonce'
  | 'record'
  | 'credential'
  | 'sealed identity'
  | 'receipt'
  | 'log'
  | 'request'
  | 'share'
  | 'answer';

export class Distrust extends Error {
  override readonly name = 'Distrust';
  /** Name of the party in the trust policy. */
  readonly party: string;
  readonly doubt: Doubt;

  constructor(party: string, doubt: Doubt) {
    super(`${doubt} of ${party} does not hold`);
    this.party = party;
    this.doubt = doubt;
  }
}

/** Runs a check of ours; whatever it throws is doubt about `party`. */
export function orDistrust<T>(party: string, doubt: Doubt, check: () => T): T {
  try {
    return check();
  } catch {
    throw new Distrust(party, doubt);
  }
}
