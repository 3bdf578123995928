/**
 * Practice cases that come with the desk, each with the answer that was agreed and why. Written for this: nobody
 * said any of it. Where detectors and tired people go wrong stands first: words against hate, words quoted, words
 * taken back, words denied, and distress. Must never: repeat a method, or a slur where the point is clear without.
 */
import * as wire from '@answerable/protocol/wire';
import { z } from 'zod';

/** What a case tries out, in this order: what is not against the rules comes first. */
export const goldenClasses = [
  'counter-speech',
  'quotation',
  'reclaimed-words',
  'negation',
  'own-distress',
  'recovery',
  'memorial',
  'support',
  'hate',
  'threat',
  'hounding',
  'promotes-suicide',
] as const;
export type GoldenClass = (typeof goldenClasses)[number];

export const goldenMeasures = ['hide-item', 'shut-page', 'warn', 'restrict', 'suspend', 'bar'] as const;
const offence = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)
  .max(40)
  .nullable();

/** What somebody would decide. Only conduct has a limb, an offence and a measure. */
export const goldenAnswer = z.discriminatedUnion('path', [
  z.strictObject({ path: z.literal('none') }),
  z.strictObject({ path: z.literal('care') }),
  z.strictObject({
    path: z.literal('conduct'),
    limb: z.enum(['illegal', 'terms']),
    offence,
    measure: z.enum(goldenMeasures),
  }),
]);
export type GoldenAnswer = z.infer<typeof goldenAnswer>;

export const goldenCase = z.strictObject({
  class: z.enum(goldenClasses),
  text: wire.text(2000).refine((text) => text.trim() !== ''),
  /** what a moderator would know besides the words */
  background: wire.text(1000),
  answer: goldenAnswer,
  why: wire.text(1000).refine((text) => text.trim() !== ''),
});
export type GoldenCase = z.infer<typeof goldenCase> & { golden: string };

/** Whether somebody answers as was agreed: the same path, and against conduct the same ground and measure. */
export function agrees(given: GoldenAnswer, agreed: GoldenAnswer): boolean {
  if (given.path !== 'conduct' || agreed.path !== 'conduct') return given.path === agreed.path;
  const sameOffence = agreed.offence === null || given.offence === agreed.offence;
  return given.limb === agreed.limb && sameOffence && given.measure === agreed.measure;
}

const none: GoldenAnswer = { path: 'none' };
const care: GoldenAnswer = { path: 'care' };
const terms = (measure: (typeof goldenMeasures)[number]): GoldenAnswer => ({
  path: 'conduct',
  limb: 'terms',
  offence: null,
  measure,
});
const illegal = (name: string, measure: (typeof goldenMeasures)[number]): GoldenAnswer => ({
  path: 'conduct',
  limb: 'illegal',
  offence: name,
  measure,
});
const one = (
  golden: string,
  kind: GoldenClass,
  text: string,
  background: string,
  answer: GoldenAnswer,
  why: string,
): GoldenCase => ({ golden, class: kind, text, background, answer, why });

export const shipped: readonly GoldenCase[] = [
  one(
    'ours-01',
    'counter-speech',
    'Whoever says that migrants are vermin should be ashamed. My neighbours came here with nothing and they are the kindest people in this street.',
    'An answer in a thread about housing.',
    none,
    'It names a hateful word in order to reject it. The people it speaks of are defended.',
  ),
  one(
    'ours-02',
    'counter-speech',
    'You wrote that women have no place in this trade. I have run the workshop for nineteen years. Come and say it to the apprentices.',
    'An answer to a post that was hidden yesterday.',
    none,
    'Sharp, and about what somebody said. It attacks no group and threatens nobody.',
  ),
  one(
    'ours-03',
    'quotation',
    'The court report says that he shouted “go back where you came from” at the driver and was fined for it.',
    'A link to a local newspaper stands below.',
    none,
    'A report of what was said, with its source. The words are somebody else’s and are not taken up.',
  ),
  one(
    'ours-04',
    'quotation',
    'For the class: which rhetorical figures do you find in the leaflet’s sentence “they take our homes”? Two, please, with a line number.',
    'A group for teachers.',
    none,
    'Quoted to be taken apart. Study is not approval.',
  ),
  one(
    'ours-05',
    'reclaimed-words',
    'As an old queer with two bad knees I can report that the dance floor is still ours on Thursdays.',
    'The author has written of her wife before.',
    none,
    'A word that a group has taken back for itself, of herself and in good spirits.',
  ),
  one(
    'ours-06',
    'negation',
    'Nobody here hates disabled people, and nobody here will be allowed to.',
    'A notice by whoever looks after the group.',
    none,
    'The hateful sentence is denied, not said. Single words do not make a finding.',
  ),
  one(
    'ours-07',
    'own-distress',
    'I do not think I can do another winter like this. I keep thinking that it would be easier for everybody without me.',
    'Posted at two in the morning; two members reported it as worrying.',
    care,
    'Somebody’s own distress. Help is shown and contact is offered; nothing is sanctioned.',
  ),
  one(
    'ours-08',
    'own-distress',
    'please can someone just talk to me tonight',
    'No answer for an hour.',
    care,
    'A request for help. It breaks no rule, and it must not wait in the queue of posts.',
  ),
  one(
    'ours-09',
    'recovery',
    'Three years ago today I was in hospital because I had wanted to die. I am writing this from my own kitchen. If you are there now: ask. I did.',
    'Posted with a photograph of a teapot.',
    none,
    'A story of living through it. It says no method and turns people towards help.',
  ),
  one(
    'ours-10',
    'memorial',
    'It is a year since Sam took his own life. We will meet at the bridge café, as he liked, and plant the apple tree.',
    'A public group of friends.',
    none,
    'People mourn. A way of dying is named and nothing is promoted.',
  ),
  one(
    'ours-11',
    'support',
    'I am reading this and I am glad that you wrote it. Have you somebody with you? I can stay up as long as you like.',
    'An answer to a post about somebody’s own distress.',
    none,
    'This is the help. Hiding it would take it away.',
  ),
  one(
    'ours-12',
    'hate',
    'They are all thieves, every family of them, it is in the blood. No school should take their children.',
    'Of Travellers, in a thread about a new site; no earlier warnings.',
    terms('hide-item'),
    'Says of a whole people that they are criminals by birth, and asks that their children be kept out. Against the terms; a first time, and hiding is enough.',
  ),
  one(
    'ours-13',
    'threat',
    'I know which bus you take, Maria. Tomorrow you will not get home.',
    'Two messages to the same person on one evening.',
    illegal('threat', 'suspend'),
    'A named person, a place and a time. Able to frighten, meant to, and meant at her.',
  ),
  one(
    'ours-14',
    'hounding',
    'Day nine. Everybody go and tell her again what she is. Do not stop until she deletes.',
    'Forty answers under each of her posts, from three accounts.',
    terms('suspend'),
    'Calls many together against one person and says to what end. It goes on after a warning.',
  ),
  one(
    'ours-15',
    'promotes-suicide',
    'Nobody will miss you. Stop talking about it and do it, coward.',
    'An answer to somebody who had written that she was in despair.',
    illegal('encouraging-suicide', 'suspend'),
    'Goads another person, who is in distress, to take her life. Able to encourage, meant to, and meant at her.',
  ),
  one(
    'ours-16',
    'promotes-suicide',
    'A page for those who have decided. We go together, nobody backs out. Write to us for the date.',
    'A page with sixty members; warned once.',
    illegal('encouraging-suicide', 'shut-page'),
    'A pact with a date, open to strangers, on a page whose purpose it is.',
  ),
];
