/**
 * One interface to every platform: acts with their undo, things as they are, and what can and cannot be done
 * there. An adapter is one file per platform; whoever uses it brings a memory for what must outlive a process.
 * Assumes: one act at a time per target (the desk's outbox keeps a lane for each).
 * Must never: do an act twice, keep a token in an error, or call an origin that is not configured.
 */
import type { ConnectorAct, connectorActed, pageRecord } from '@answerable/protocol/report/connector';
import type { ItemSnapshot } from '@answerable/protocol/report/report';
import type { z } from 'zod';

export type Acted = z.infer<typeof connectorActed>;
export type PageRecord = z.infer<typeof pageRecord>;
export type ActKind = ConnectorAct['kind'];

/** What a platform can do of one kind of act: `partly` and `no` say in words what, or why not. */
export interface Ability {
  does: 'yes' | 'partly' | 'no';
  words: string;
}
export type Abilities = Readonly<Record<ActKind, Ability>>;

/** Whether we reach the platform, as whom, and which rights are missing. Never why in its own words. */
export interface Reached {
  reached: boolean;
  /** the account that the token belongs to */
  as: string | null;
  missing: readonly string[];
}

/** Somebody's flag on something, by a name that stays the same when it is asked for again. */
export interface ForeignFlag {
  id: string;
  locator: string;
  words: string;
}

/** An account of ours, by what its platform was told of it at sign-in. */
export interface AccountSought {
  sub: string;
  handle: string;
  /** the address that was made for it, where the platform insists on one: nobody else has it */
  email?: string | undefined;
}

export interface Platform {
  /** Done once, however often it is asked for. What cannot be done here is said in words a person can act on. */
  act(act: ConnectorAct): Promise<Acted>;
  /** `locator` is `post/…`, `page/…` or `account/…`. Throws Refusal `not_found`. */
  item(locator: string): Promise<ItemSnapshot>;
  pageRecord(locator: string): Promise<PageRecord>;
  /**
   * The locator of what a web address on this platform shows, and its name kept; undefined if it is none of the
   * platform's. `kind` is what whoever gives the address takes it for, where the address does not say.
   */
  locate(url: string, kind: 'post' | 'page'): Promise<string | undefined>;
  /**
   * The locator `account/<sub>` of an account that signed in through a gateway, and its name there kept; undefined
   * if it is not found there. What was found once is found by its own number from then on, whatever it is called.
   */
  account?(sought: AccountSought): Promise<string | undefined>;
  check(): Promise<Reached>;
  abilities: Abilities;
  /** Open flags, where the platform tells nobody of them and has to be asked. */
  flags?(): Promise<ForeignFlag[]>;
}

export const done: Acted = { done: true, could: '' };
/** Not done, and what a person could do instead. */
export const byHand = (could: string): Acted => ({ done: false, could: could.slice(0, 200) });
