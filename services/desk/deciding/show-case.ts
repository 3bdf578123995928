/** GET /cases/:caseId: one case, as JSON or as a page. */
import { checkShape } from '@answerable/kit/read-json';
import * as wire from '@answerable/protocol/wire';
import type { Context } from 'hono';
import type { DeskParts } from '../parts.ts';
import { caseScreen } from './case-screen.tsx';
import { caseView } from './case-view.ts';
import { wantsJson } from './staff-verb.ts';

/** What the platform and the gateway are being asked comes in a moment; a page waits this long for it. */
const settleMs = 1_500;

export const showCase = (parts: DeskParts) => async (c: Context) => {
  const { staff } = parts.signIn.session(c);
  const id = c.req.param('caseId') ?? '';
  if (wire.id.safeParse(id).success) await parts.outbox.settle(id, settleMs);
  c.header('cache-control', 'no-store');
  if (wantsJson(c)) return c.json(await caseView(parts, checkShape(id, wire.id), staff));
  return caseScreen(c, parts, id);
};
