/**
 * Who must do what to get an account, as one written table: pure, so that it can be read and tested without a
 * forum. A rule for people in the UK needs to know who is in the UK; the order of the sources is the table's.
 */

export const rules = ['no-rule', 'ban', 'answerable'] as const;
export type Rule = (typeof rules)[number];

export interface Settings {
  rule: Rule;
  /** whether the rule is for people in the UK only */
  forUk: boolean;
  /** what stands for geo-IP when trying: a country, or null for "cannot tell" */
  geography: string | null;
}

/** How an account comes to be: handle and any e-mail; identity shown to the forum; through the gateway. */
export type Way = 'open' | 'identity' | 'gateway';

export interface Place {
  /** `residence` of the credential, if one was shown */
  credential?: string | undefined;
  /** the platform's own guess, an ISO country */
  geography: string | null;
  /** what the person said when asked */
  told: 'uk' | 'elsewhere' | null;
}

export type Because = 'everyone' | 'credential' | 'geography' | 'told' | 'unknown';
export interface Bound {
  /** null: nothing says, so the person is asked */
  bound: boolean | null;
  because: Because;
}

/**
 * | for UK | credential | geography | told      | bound by the rule |
 * |--------|------------|-----------|-----------|-------------------|
 * | off    | any        | any       | any       | yes: everyone     |
 * | on     | gb         | any       | any       | yes: credential   |
 * | on     | elsewhere  | any       | any       | no: credential    |
 * | on     | none       | GB        | any       | yes: geography    |
 * | on     | none       | other     | any       | no: geography     |
 * | on     | none       | none      | uk        | yes: told         |
 * | on     | none       | none      | elsewhere | no: told          |
 * | on     | none       | none      | none      | ask               |
 *
 * `unknown` in a credential counts as none.
 */
export function whoIsBound(forUk: boolean, { credential, geography, told }: Place): Bound {
  if (!forUk) return { bound: true, because: 'everyone' };
  if (credential === 'gb' || credential === 'elsewhere')
    return { bound: credential === 'gb', because: 'credential' };
  if (geography !== null) return { bound: geography === 'GB', because: 'geography' };
  if (told !== null) return { bound: told === 'uk', because: 'told' };
  return { bound: null, because: 'unknown' };
}

/**
 * Which new accounts a rule admits. Accounts that exist may always come back the way they came.
 *
 * | rule       | open             | identity | gateway          |
 * |------------|------------------|----------|------------------|
 * | no rule    | yes              | no       | yes, by choice   |
 * | the ban    | who is not bound | yes      | who is not bound |
 * | answerable | who is not bound | no       | yes              |
 */
export function mayJoin(way: Way, rule: Rule, bound: boolean): boolean {
  if (way === 'identity') return rule === 'ban';
  if (rule === 'no-rule') return true;
  return !bound || (way === 'gateway' && rule === 'answerable');
}

export interface Writer {
  id: string;
  answerable: boolean;
  suspended: boolean;
  awaitsModerator: boolean;
}

/** Whether `writer` may reply to what `author` wrote; one may always answer oneself. */
export function mayReply(
  writer: Pick<Writer, 'id' | 'answerable'>,
  author: { id: string; replyRule: 'everyone' | 'answerable' },
): boolean {
  return author.replyRule === 'everyone' || writer.answerable || writer.id === author.id;
}
