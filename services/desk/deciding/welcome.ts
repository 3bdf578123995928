/** Somebody with a browser and no session is told how to get one; a script gets the problem. */
import { Refusal } from '@answerable/protocol/refusal';
import type { Context } from 'hono';
import { refusalPage } from '../console/refusal-page.tsx';
import type { DeskParts } from '../parts.ts';
import { wantsJson } from './staff-verb.ts';

export const welcome = (parts: DeskParts) => async (c: Context, next: () => Promise<void>) => {
  if ((await parts.signIn.find(c)) || wantsJson(c) || c.req.method !== 'GET') return next();
  return refusalPage(c, parts.config, new Refusal('unauthorised'), '/');
};
