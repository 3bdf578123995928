/**
 * POST /shift/hand-over: at the end of a shift one's cases go to a colleague by name, or back to the queue, with a
 * word for whoever is next. Each case under its own lock; one that has moved on meanwhile is left as it is.
 */
import { checkShape, readJson } from '@answerable/kit/read-json';
import { Refusal } from '@answerable/protocol/refusal';
import * as wire from '@answerable/protocol/wire';
import type { Context } from 'hono';
import { z } from 'zod';
import { type EventBody, human } from '../casework/event.ts';
import { refusalPage } from '../console/refusal-page.tsx';
import { actorFor, formOf, isJson, wantsJson } from '../deciding/staff-verb.ts';
import type { DeskParts } from '../parts.ts';
import { storable } from '../storable.ts';

const casesMax = 100;

const handOverRequest = z.strictObject({
  cases: z.array(wire.id).min(1).max(casesMax),
  /** working name; '' for the queue */
  to: z.string().max(40),
  word: wire.text(1000).refine((text) => text.trim() !== ''),
});

export const handOver = (parts: DeskParts) => async (c: Context) => {
  try {
    const { staff } = parts.signIn.session(c);
    const { cases, to, word } = storable(await request(c));
    if (to !== '' && !(await parts.shift.store.colleagues(staff.name)).includes(to))
      throw new Refusal('malformed', 'to');
    const left: { caseId: string; code: string }[] = [];
    const back: EventBody[] = [{ kind: 'noted', note: word }, { kind: 'released' }];
    const events: EventBody[] = to === '' ? back : [{ kind: 'handed-over', to, word }];
    for (const caseId of cases) {
      try {
        await parts.casebook.act(caseId, () =>
          events.map((body) => ({ actor: actorFor(staff, body.kind), tool: human, body })),
        );
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        left.push({ caseId, code: error.code });
      }
    }
    if (wantsJson(c)) return c.json({ handedOver: cases.length - left.length, left });
    return c.redirect('/shift', 303);
  } catch (error) {
    if (wantsJson(c) || !(error instanceof Refusal)) throw error;
    return refusalPage(c, parts.config, error, '/shift');
  }
};

async function request(c: Context) {
  if (isJson(c)) return readJson(c, handOverRequest);
  const form = await formOf(c);
  return checkShape(
    { cases: form.all('cases'), to: form.one('to'), word: form.one('word') },
    handOverRequest,
  );
}
