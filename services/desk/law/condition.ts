/**
 * When a duty falls on a service: a small language of conditions on its profile, as data. It is total (every
 * condition is true or false of every profile, and none can run for ever) and has no words for anything else.
 */
import { z } from 'zod';
import { functions, type Profile, risks, sizes } from './profile.ts';

const partsMax = 8;
const depthMax = 4;

export type Condition =
  | { always: true }
  | { all: Condition[] }
  | { any: Condition[] }
  | { not: Condition }
  | { size: Profile['size'][] }
  | { does: Profile['functions'][number] }
  | { risk: Profile['risks'][number] }
  /** at least so many kinds of risk */
  | { risks: number }
  | { childrenLikely: boolean }
  | { moderators: Profile['moderators'] };

const leaf = z.union([
  z.strictObject({ always: z.literal(true) }),
  z.strictObject({ size: z.array(z.enum(sizes)).min(1) }),
  z.strictObject({ does: z.enum(functions) }),
  z.strictObject({ risk: z.enum(risks) }),
  z.strictObject({ risks: z.int().min(1).max(risks.length) }),
  z.strictObject({ childrenLikely: z.boolean() }),
  z.strictObject({ moderators: z.enum(['one', 'several']) }),
]);

/** As deep as it goes; deeper ones are refused, so that everybody can read them aloud. */
function upTo(depth: number): z.ZodType<Condition> {
  if (depth === 0) return leaf;
  const parts = z
    .array(upTo(depth - 1))
    .min(1)
    .max(partsMax);
  return z.union([
    leaf,
    z.strictObject({ all: parts }),
    z.strictObject({ any: parts }),
    z.strictObject({ not: upTo(depth - 1) }),
  ]);
}
export const condition = upTo(depthMax);

export function holds(rule: Condition, profile: Profile): boolean {
  if ('always' in rule) return true;
  if ('all' in rule) return rule.all.every((part) => holds(part, profile));
  if ('any' in rule) return rule.any.some((part) => holds(part, profile));
  if ('not' in rule) return !holds(rule.not, profile);
  if ('size' in rule) return rule.size.includes(profile.size);
  if ('does' in rule) return profile.functions.includes(rule.does);
  if ('risk' in rule) return profile.risks.includes(rule.risk);
  if ('risks' in rule) return new Set(profile.risks).size >= rule.risks;
  if ('childrenLikely' in rule) return profile.childrenLikely === rule.childrenLikely;
  return profile.moderators === rule.moderators;
}
