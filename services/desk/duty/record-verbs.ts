/**
 * POST /duties/{risks,measures,clauses,clauses/end}: an admin adds to the duty record. Nothing is changed in it:
 * what was found before stays, and the newest counts.
 */
import { checkShape, readJson } from '@answerable/kit/read-json';
import { Refusal } from '@answerable/protocol/refusal';
import type { Context } from 'hono';
import { refusalPage } from '../console/refusal-page.tsx';
import { type Form, formOf, isJson, wantsJson } from '../deciding/staff-verb.ts';
import type { DeskParts } from '../parts.ts';
import { storable } from '../storable.ts';
import { type DutyBody, dutyBody } from './record.ts';

type Kind = DutyBody['kind'];

const fields: Record<Kind, readonly string[]> = {
  risk: ['harm', 'likelihood', 'impact', 'evidence', 'measures', 'nextReview'],
  measure: ['measure', 'use', 'since', 'words', 'instead', 'rights'],
  clause: ['clause', 'title', 'words', 'from'],
  'clause-ended': ['clause', 'on'],
};

/** A handler that adds one `kind` of record and leads back to `page`. */
export const keepRecord = (parts: DeskParts, kind: Kind, page: string) => async (c: Context) => {
  try {
    const { staff } = parts.signIn.session(c);
    const body = isJson(c)
      ? storable(await readJson(c, dutyBody))
      : checkShape(storable(bodyOfForm(await formOf(c), kind)), dutyBody);
    if (body.kind !== kind) throw new Refusal('malformed', 'kind');
    requireKnown(parts, body);
    await parts.duty.add(staff.name, body);
    return wantsJson(c) ? c.json({ kept: true }, 201) : c.redirect(page, 303);
  } catch (error) {
    if (wantsJson(c) || !(error instanceof Refusal)) throw error;
    return refusalPage(c, parts.config, error, page);
  }
};

const bodyOfForm = (form: Form, kind: Kind): object => ({
  kind,
  ...Object.fromEntries(fields[kind].map((name) => [name, form.one(name)])),
});

/** A measure that some pack knows: the record is about duties, not about everything. */
function requireKnown({ law, clock }: DeskParts, body: DutyBody): void {
  if (body.kind !== 'measure') return;
  const known = law.duties(clock.now().toISOString().slice(0, 10));
  if (!known.some(({ id }) => id === body.measure)) throw new Refusal('malformed', 'measure');
}
