/**
 * A law pack: what one law asks of a service like this, as a dated file in `law/` at the root. A change of law
 * is a new file; the old one stays, and cases opened under it keep its clocks. A pack says where each of its
 * sentences comes from and on which day it was compared; it is not legal advice (docs/law.md).
 */
import { categories, keywords } from '@answerable/protocol/report/database-words';
import { reportReasons } from '@answerable/protocol/report/report';
import * as wire from '@answerable/protocol/wire';
import { z } from 'zod';
import { condition } from './condition.ts';

const dutiesMax = 120;
const offencesMax = 40;
const elementsMax = 8;
const wordsMax = 700;

/** Places of a law as its lawyers cite them: `s.10(3A)`, `Sch.7 para.28A`, `Art. 16(4)`, `ICU C2`. */
export const reference =
  /^(s\.\d+[A-Z]?(\(\d*[A-Za-z]*\))*|Sch\.\d+( para\.\d+[A-Z]?)?|Art\. \d+(\(\d+\))*|(ICU|PCU) [A-J]\d+)$/;
const references = z.array(z.string().regex(reference)).min(1).max(8);
const slug = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/);
const word = z.string().regex(/^[a-z][A-Za-z0-9]{0,39}$/);

/** Where a sentence was found. `text`: in the law's own words; `quoted`: quoted by somebody who names page and day. */
const source = z.strictObject({
  at: z.string().min(3).max(200),
  seen: z.enum(['text', 'quoted']),
  day: wire.day,
});

/** Parts of the desk from which a duty can be shown; the duty record counts there. */
export const evidenceParts = [
  'reports',
  'decisions',
  'holds',
  'statements',
  'appeals',
  'complaints',
  'intimate-images',
  'care',
  'disclosure',
  'staff',
  'terms',
  'risk-assessment',
  'measures',
  'figures',
] as const;
export type EvidencePart = (typeof evidenceParts)[number];

const duty = z.strictObject({
  id: slug,
  at: references,
  title: wire.text(120),
  /** what a small team actually does */
  does: wire.text(wordsMax),
  kind: z.enum(['duty', 'measure', 'advice']),
  when: condition,
  evidence: z.array(z.enum(evidenceParts)),
  source,
});
export type Duty = z.infer<typeof duty>;

const clockBase = { id: slug, at: references, source, words: wire.text(wordsMax), when: condition };
/** `law`: the law names the number. `target`: it says "swiftly" or the like, and the number is this desk's. */
const setBy = z.enum(['law', 'target']);
const caseKinds = ['content', 'page', 'pile-on', 'care', 'complaint'] as const;
const clock = z.discriminatedUnion('until', [
  z.strictObject({
    ...clockBase,
    until: z.literal('decision'),
    /** reason of a report, kind of case, or everything */
    for: z.enum([...reportReasons.filter((one) => one !== 'other'), ...caseKinds, 'other']),
    hours: z
      .number()
      .positive()
      .max(24 * 366),
    by: setBy,
  }),
  z.strictObject({
    ...clockBase,
    until: z.literal('appeal-heard'),
    for: z.enum(['normal', 'journalism', 'intimate-image', 'page']),
    hours: z
      .number()
      .positive()
      .max(24 * 366),
    by: setBy,
  }),
  z.strictObject({
    ...clockBase,
    until: z.literal('appeal-closes'),
    /** at least so many days in which a decision can be appealed */
    days: z.int().positive().max(3660),
    by: z.literal('law'),
  }),
]);
export type PackClock = z.infer<typeof clock>;

const offence = z.strictObject({
  id: slug,
  title: wire.text(120),
  /** the enactment that makes it an offence */
  under: wire.text(200),
  /** schedule of priority offences, if it is one */
  priority: z.string().regex(reference).nullable(),
  elements: z
    .array(z.strictObject({ id: word, ask: wire.text(300) }))
    .min(1)
    .max(elementsMax),
  /** what the EU database calls it */
  category: z.enum(categories),
  keywords: z.array(z.enum(keywords)).max(4),
  source,
});
export type Offence = z.infer<typeof offence>;

const notice = z.strictObject({
  about: z.enum(['right-to-claim', 'how-to-complain']),
  at: references,
  words: wire.text(300),
  source,
});

export const lawPack = z
  .strictObject({
    /** the law, the same in every file about it */
    pack: slug,
    law: wire.text(120),
    short: wire.text(40),
    /** the day on which the text was compared; also in the file's name */
    compared: wire.day,
    /** the day from which this file is to be used */
    from: wire.day,
    /** where people must be for it to apply, ISO 3166 */
    countries: z.array(z.string().regex(/^[A-Z]{2}$/)).min(1),
    /** said once, before everything else */
    plainly: z.array(wire.text(wordsMax)).min(1).max(8),
    /** what could not be established, and so is not said */
    open: z.array(wire.text(wordsMax)).max(12),
    /** kinds of harm that a risk assessment goes through one by one */
    harms: z.array(z.strictObject({ id: slug, title: wire.text(120) })).max(40),
    duties: z.array(duty).min(1).max(dutiesMax),
    clocks: z.array(clock).max(20),
    offences: z.array(offence).max(offencesMax),
    notices: z.array(notice).max(8),
  })
  .check((ctx) => {
    for (const list of ['harms', 'duties', 'clocks', 'offences'] as const) {
      const ids = ctx.value[list].map((one) => one.id);
      const twice = ids.findIndex((id, index) => ids.indexOf(id) !== index);
      if (twice >= 0)
        ctx.issues.push({
          code: 'custom',
          message: 'the same id twice',
          input: ids[twice],
          path: [list, twice, 'id'],
        });
    }
  });
export type LawPack = z.infer<typeof lawPack>;

/** How a pack is named in cases and exports: `uk-osa 2026-11-27`. */
export const packName = ({ pack, compared }: Pick<LawPack, 'pack' | 'compared'>): string =>
  `${pack} ${compared}`;
