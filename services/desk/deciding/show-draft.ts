/**
 * POST /cases/:caseId/draft: the case page again, with the fields of a decision that is being written: because it
 * was looked at and is to be changed, or with reasons kept ready put in. Records nothing.
 */
import { Refusal } from '@answerable/protocol/refusal';
import type { Context } from 'hono';
import { macroNamed, nameOf } from '../macros/macro.ts';
import type { DeskParts } from '../parts.ts';
import { caseScreen } from './case-screen.tsx';
import { type Form, formOf, isJson } from './staff-verb.ts';

export const showDraft = (parts: DeskParts) => async (c: Context) => {
  if (isJson(c)) throw new Refusal('malformed', 'body: form');
  const caseId = c.req.param('caseId') ?? '';
  const form = await withMacro(parts, await formOf(c));
  return caseScreen(c, parts, caseId, { draft: { action: `/cases/${caseId}/decision`, form } });
};

/** What was chosen to be put in takes the place of what stood there; words about what happened stay. */
async function withMacro({ macros }: DeskParts, form: Form): Promise<Form> {
  const used = macroNamed(form.one('insert'));
  const found = used && (await macros.find(used));
  if (!found) return form;
  const { title: _title, ...words } = found.words;
  const put: Record<string, string> = {
    ...words,
    facts: form.one('facts') || words.facts,
    about: 'conduct',
    macro: nameOf(found),
  };
  const one = (name: string) => put[name] ?? form.one(name);
  return {
    one,
    all: (name) => (put[name] === undefined ? form.all(name) : [put[name]]),
    entries: () => [...form.entries().filter(([name]) => put[name] === undefined), ...Object.entries(put)],
  };
}
