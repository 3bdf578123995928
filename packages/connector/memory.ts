/**
 * What adapters remember: what a name of ours stands for on the platform, and how a target was before we touched
 * it, so that an undo restores that and not more. Kept by whoever uses the connector, in a database.
 */

/** What a locator stands for. `address` is the platform's own (an id, a URI); `url` is where a person finds it. */
export interface ForeignName {
  locator: string;
  platform: string;
  address: string;
  url: string | null;
}

export interface ConnectorMemory {
  name(locator: string): Promise<ForeignName | undefined>;
  /** A name that is there already stays. */
  keepNames(names: readonly ForeignName[]): Promise<void>;
  /** How `target` was before we touched it; undefined if we do not hold it. */
  before(target: string): Promise<string | undefined>;
  /** The first that is kept stays. */
  keepBefore(target: string, before: string): Promise<void>;
  forgetBefore(target: string): Promise<void>;
}
