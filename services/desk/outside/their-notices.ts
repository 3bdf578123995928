/** A notice is read and moved by whoever may see the case that it came from. Behind sign-in, before its verbs. */
import { Refusal } from '@answerable/protocol/refusal';
import * as wire from '@answerable/protocol/wire';
import type { Context, Next } from 'hono';
import { refusalPage } from '../console/refusal-page.tsx';
import { wantsJson } from '../deciding/staff-verb.ts';
import type { DeskParts } from '../parts.ts';
import { requireTheirs } from '../people/queue-access.ts';

export const theirNotices =
  ({ signIn, store, notices, config }: DeskParts) =>
  async (c: Context, next: Next) => {
    const { staff } = signIn.session(c);
    const notice = wire.id.safeParse(c.req.param('notice'));
    if (staff.queues === undefined || !notice.success) return next();
    try {
      const { caseId } = await notices.find(notice.data);
      const state = await store.state(caseId);
      if (state) requireTheirs(staff, state);
    } catch (error) {
      if (wantsJson(c) || !(error instanceof Refusal)) throw error;
      return refusalPage(c, config, error, '/outside');
    }
    return next();
  };
