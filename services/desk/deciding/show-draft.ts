/**
 * POST /cases/:caseId/draft: the case page again, with the fields of a decision that was looked at and is to be
 * changed. Records nothing.
 */
import { Refusal } from '@answerable/protocol/refusal';
import type { Context } from 'hono';
import type { DeskParts } from '../parts.ts';
import { caseScreen } from './case-screen.tsx';
import { formOf, isJson } from './staff-verb.ts';

export const showDraft = (parts: DeskParts) => async (c: Context) => {
  if (isJson(c)) throw new Refusal('malformed', 'body: form');
  const caseId = c.req.param('caseId') ?? '';
  const form = await formOf(c);
  return caseScreen(c, parts, caseId, { draft: { action: `/cases/${caseId}/decision`, form } });
};
