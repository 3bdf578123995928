/** Looks for open alarms once for each page that somebody on duty opens. */
import type { Context, Next } from 'hono';
import { wantsJson } from '../deciding/staff-verb.ts';
import type { DeskParts } from '../parts.ts';
import { alarmsKey } from './alarm-banner.tsx';

export const lookForAlarms =
  ({ signIn, care }: DeskParts) =>
  async (c: Context, next: Next) => {
    const page = c.req.method === 'GET' && !wantsJson(c);
    if (page && (await signIn.find(c))) c.set(alarmsKey, await care.alarms());
    return next();
  };
