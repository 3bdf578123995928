/** What a referee types about somebody, and the evidence that it is (PROTOCOL §3.1). */
import { typedCode } from '@answerable/protocol/enrolment/referee-word';
import * as wire from '@answerable/protocol/wire';
import { z } from 'zod';
import { type Evidence, fullName } from '../evidence/evidence.ts';
import type { OrganisationRow } from './organisation-store.ts';

export const waysOfKnowing = ['registered', 'supported', 'two-years', 'own-check'] as const;
export const knowingWords: Record<(typeof waysOfKnowing)[number], string> = {
  registered: 'They are registered with us, and somebody checked then who they are',
  supported: 'We support or house them, and know them from this',
  'two-years': 'I have known them in my work for two years or more',
  'own-check': 'I checked today who they are, as our own rules say',
};
const sealedWords: typeof knowingWords = {
  registered: 'registered there',
  supported: 'supported there',
  'two-years': 'known for two years',
  'own-check': 'checked there',
};

export const documentKinds = ['passport', 'driving-licence'] as const;
export const documentWords: Record<(typeof documentKinds)[number], string> = {
  passport: 'Passport',
  'driving-licence': 'Driving licence',
};

const namePart = z
  .string()
  .max(120)
  .transform((text) => text.normalize('NFC').replace(/\s+/g, ' ').trim())
  .pipe(z.string().regex(/^[\p{L}\p{M}\p{N}][\p{L}\p{M}\p{N} .,’'ʼ‑()-]{0,79}$/u));
const earlierNames = z
  .string()
  .max(0)
  .transform(() => undefined)
  .or(namePart)
  .optional();
const blankOr = <T extends z.ZodType>(shape: T) => z.union([z.literal('').transform(() => undefined), shape]);

export const vouchForm = z
  .strictObject({
    code: typedCode,
    given: namePart,
    family: namePart,
    formerFamily: earlierNames,
    birthDate: wire.day,
    documentKind: blankOr(z.enum(documentKinds)).optional(),
    documentIssuer: blankOr(z.string().regex(/^[A-Za-z]{2,20}$/)).optional(),
    documentNumber: blankOr(z.string().regex(/^[A-Za-z0-9 -]{4,40}$/)).optional(),
    known: z.enum(waysOfKnowing),
    declared: z.literal('yes'),
  })
  .refine(
    ({ documentKind, documentIssuer, documentNumber }) =>
      new Set([documentKind, documentIssuer, documentNumber].map((one) => one === undefined)).size === 1,
    { path: ['documentNumber'] },
  )
  .refine(({ birthDate }) => birthDate >= '1900-01-01', { path: ['birthDate'] });
export type VouchForm = z.infer<typeof vouchForm>;

export function evidenceOf(form: VouchForm, organisation: OrganisationRow): Evidence {
  const { given, family, formerFamily, birthDate, documentKind, documentIssuer, documentNumber } = form;
  return {
    issuer: 'referee',
    subject: '',
    names: [{ given, family }, ...(formerFamily === undefined ? [] : [{ given, family: formerFamily }])],
    birthDate,
    documents:
      documentKind === undefined
        ? []
        : [{ kind: documentKind, issuer: documentIssuer!, number: documentNumber! }],
    residence: 'unknown',
    assurance: 'referee',
    vouched: {
      organisation: organisation.id,
      kind: organisation.kind,
      name: organisation.name,
      known: sealedWords[form.known],
    },
    idToken: '',
  };
}

export const nameIn = (form: VouchForm): string => fullName({ names: [form] } as unknown as Evidence);
