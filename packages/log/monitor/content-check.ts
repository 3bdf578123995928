// What the entries of an audited log say: each is in our one encoding, and the rules have no objection.
import { decodeEntry, type LogEntry } from '../verify/entry.ts';
import { MalformedLogData } from '../verify/errors.ts';
import { bundleAt, TILE_WIDTH, tilePath } from '../verify/tile.ts';
import type { Finding } from './finding.ts';
import type { Objection, Rule, RuleRun } from './rules.ts';

/** Objections kept; a log that breaks a rule this often needs no longer list. */
const OBJECTIONS_MAX = 1000;

export class ContentCheck {
  readonly #runs: readonly RuleRun[] | undefined;
  readonly #objections: { readonly objection: Objection; readonly kind: Finding['kind'] }[] = [];

  /** Without rules (undefined) entries are opaque and nothing is asked of them. */
  constructor(rules: readonly Rule[] | undefined) {
    this.#runs = rules?.map((rule) => rule.start());
  }

  see(bytes: Uint8Array, index: number): void {
    if (this.#runs === undefined) return;
    const entry = this.#decode(bytes, index);
    if (entry === undefined) return;
    for (const run of this.#runs) this.#note(run.see(entry, index), 'rule-broken');
  }

  #decode(bytes: Uint8Array, index: number): LogEntry | undefined {
    try {
      return decodeEntry(bytes);
    } catch (error) {
      if (!(error instanceof MalformedLogData)) throw error;
      this.#note(
        [{ entry: index, says: `Entry ${index} is not in the one encoding (${error.message}).` }],
        'entry-form',
      );
      return undefined;
    }
  }

  #note(objections: Iterable<Objection>, kind: Finding['kind']): void {
    for (const objection of objections)
      if (this.#objections.length < OBJECTIONS_MAX) this.#objections.push({ objection, kind });
  }

  finish(size: number): Finding[] {
    for (const run of this.#runs ?? []) this.#note(run.finish(size), 'rule-broken');
    return this.#objections.map(({ objection: { entry, says }, kind }) => {
      const file = tilePath(bundleAt(Math.floor(entry / TILE_WIDTH), size));
      return { kind, file, entry, says };
    });
  }
}
