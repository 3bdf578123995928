/**
 * A macro: reasons that are used again and again, in the words of this desk, for one clause or offence. Every change
 * is a new version in a chain of its own (ledger.ts), so that it can be said which words a decision began with.
 */
import { categories } from '@answerable/protocol/report/database-words';
import * as wire from '@answerable/protocol/wire';
import { z } from 'zod';
import { type MacroUsed, macroUsed } from '../casework/decision.ts';

const filled = (max: number) => wire.text(max).refine((text) => text.trim() !== '');

export const macroWords = z.strictObject({
  title: filled(80),
  limb: z.enum(['terms', 'illegal']),
  /** an offence of the law packs; '' for none */
  offence: z
    .string()
    .max(40)
    .regex(/^[a-z0-9-]*$/),
  clause: wire.text(200),
  ground: filled(200),
  explanation: filled(800),
  /** where they always begin the same; empty: written for each case */
  facts: wire.text(1500),
  category: z.enum(categories).or(z.literal('')),
});
export type MacroWords = z.infer<typeof macroWords>;

export interface Macro extends MacroUsed {
  words: MacroWords;
  retired: boolean;
  by: string;
  at: string;
}

export const nameOf = ({ macro, version }: MacroUsed): string => `${macro}@${version}`;

/** What `nameOf` made; undefined for anything else. */
export function macroNamed(name: string): MacroUsed | undefined {
  const [macro, version, ...rest] = name.split('@');
  const parsed = macroUsed.safeParse({ macro, version: Number(version) });
  return parsed.success && rest.length === 0 ? parsed.data : undefined;
}
