/**
 * What kind of service this desk works for, as far as law asks: how large, where its people are, what it
 * does, and what can go wrong there. It is asked once, in the set-up; the law packs decide by it which duties
 * fall on the service. Must never: name anybody.
 */
import { z } from 'zod';

const countriesMax = 60;

/**
 * `small`: fewer than 50 people work there and at most €10 million a year. `large`: more than seven million
 * people a month in the United Kingdom. `very-large`: 45 million in the European Union. `medium`: the rest.
 */
export const sizes = ['small', 'medium', 'large', 'very-large'] as const;
export const functions = ['posts', 'pages', 'messages', 'pictures', 'video', 'search'] as const;
export const risks = [
  'hate',
  'suicide',
  'self-harm',
  'harassment',
  'threats',
  'intimate-images',
  'children',
  'terrorism',
  'fraud',
] as const;

export const profile = z.strictObject({
  size: z.enum(sizes),
  /** where its people are, ISO 3166 alpha-2; the first is the one whose signposts are shown */
  countries: z
    .array(z.string().regex(/^[A-Z]{2}$/))
    .min(1)
    .max(countriesMax),
  functions: z.array(z.enum(functions)).min(1),
  /** kinds of harm whose risk here was found to be more than low */
  risks: z.array(z.enum(risks)),
  childrenLikely: z.boolean(),
  moderators: z.enum(['one', 'several']),
});
export type Profile = z.infer<typeof profile>;
