/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
/**
 * GET /decisions/:code, POST /decisions/:code/{appeal,evidence}: the holder of an account reads what was decided
 * about it and why, and answers, without signing in anywhere and also when barred. The code is all that is
 * needed; who has it is taken for the holder. As JSON or as a page.
 */
import { readForm, readJson } from '@answerable/kit/read-json';
import { Refusal } from '@answerable/protocol/refusal';
import * as wire from '@answerable/protocol/wire';
import type { Context } from 'hono';
import { z } from 'zod';
import { keepWish } from '../care/take-wish.ts';
import { welfareWishes } from '../casework/care.ts';
import { isJson, wantsJson } from '../deciding/staff-verb.ts';
import type { DeskParts } from '../parts.ts';
import { storable } from '../storable.ts';
import { decisionPage, decisionRefusedPage } from './decision-page.tsx';
import { decisionPageTool, decisionView } from './decision-view.ts';
import { recordAppeal, recordEvidence } from './record-appeal.ts';

const wordsCharsMax = 4000;
const codeShape = /^[A-Za-z0-9_-]{27}$/;
const filled = wire.text(wordsCharsMax).refine((text) => text.trim() !== '');
const appeal = z.strictObject({
  track: z.enum(['normal', 'journalism', 'intimate-image']),
  grounds: filled,
});
const evidence = z.strictObject({ words: filled });
const wished = z.strictObject({ wish: z.enum(welfareWishes) });

async function holderOf({ letters }: DeskParts, c: Context) {
  const code = c.req.param('code') ?? '';
  const found = codeShape.test(code) ? await letters.find(code) : undefined;
  if (!found) throw new Refusal('not_found');
  return { code, ...found };
}

/** A handler whose refusals somebody with a browser can read. */
function forHolder(parts: DeskParts, answer: (c: Context) => Promise<Response>) {
  return async (c: Context) => {
    c.header('cache-control', 'no-store');
    c.header('x-robots-tag', 'noindex');
    try {
      return await answer(c);
    } catch (error) {
      if (wantsJson(c) || !(error instanceof Refusal)) throw error;
      return decisionRefusedPage(c, parts.config, error);
    }
  };
}

export const showDecision = (parts: DeskParts) =>
  forHolder(parts, async (c) => {
    const { caseId, sub, code } = await holderOf(parts, c);
    const state = await parts.store.state(caseId);
    if (!state) throw new Refusal('not_found');
    const letters = await parts.letters.letters(caseId, sub);
    const now = parts.clock.now().toISOString();
    const view = decisionView(state, sub, letters, now < state.at ? state.at : now);
    return wantsJson(c) ? c.json(view) : decisionPage(c, parts.config, view, code);
  });

const read = async <T,>(c: Context, schema: z.ZodType<T>): Promise<T> =>
  storable(isJson(c) ? await readJson(c, schema) : await readForm(c, schema));

export const appealDecision = (parts: DeskParts) =>
  forHolder(parts, async (c) => {
    const { caseId, sub, code } = await holderOf(parts, c);
    await recordAppeal(parts, { caseId, sub, ...(await read(c, appeal)) }, decisionPageTool);
    return wantsJson(c) ? c.json({ ok: true }) : c.redirect(`/decisions/${code}#appeal`, 303);
  });

/** To an offer of help: to be written to, or to be left alone. */
export const sayWish = (parts: DeskParts) =>
  forHolder(parts, async (c) => {
    const { caseId, sub, code } = await holderOf(parts, c);
    const { wish } = await read(c, wished);
    await keepWish(parts, caseId, sub, wish);
    return wantsJson(c) ? c.json({ ok: true }) : c.redirect(`/decisions/${code}#wish`, 303);
  });

export const addEvidence = (parts: DeskParts) =>
  forHolder(parts, async (c) => {
    const { caseId, sub, code } = await holderOf(parts, c);
    const { words } = await read(c, evidence);
    await recordEvidence(parts, { caseId, sub, words, media: [] }, decisionPageTool);
    return wantsJson(c) ? c.json({ ok: true }) : c.redirect(`/decisions/${code}#appeal`, 303);
  });
