/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
/** GET /cases/:caseId: one case, as JSON or as a page. */
import { checkShape } from '@answerable/kit/read-json';
import { Refusal } from '@answerable/protocol/refusal';
import * as wire from '@answerable/protocol/wire';
import type { Context } from 'hono';
import { CasePage } from '../console/case-page.tsx';
import { consolePage } from '../console/console-page.tsx';
import { refusalPage } from '../console/refusal-page.tsx';
import type { DeskParts } from '../parts.ts';
import { caseView } from './case-view.ts';
import { wantsJson } from './staff-verb.ts';
import { countriesOf } from './write-decision.ts';

/** What the platform and the gateway are being asked comes in a moment; a page waits this long for it. */
const settleMs = 1_500;

export const showCase = (parts: DeskParts) => async (c: Context) => {
  const session = parts.signIn.session(c);
  const { config, clock, outbox } = parts;
  c.header('cache-control', 'no-store');
  try {
    const caseId = checkShape(c.req.param('caseId'), wire.id);
    await outbox.settle(caseId, settleMs);
    const view = await caseView(parts, caseId, session.staff);
    if (wantsJson(c)) return c.json(view);
    const now = clock.now().toISOString();
    const title = `Case ${caseId.slice(0, 6)}`;
    return consolePage(
      c,
      config,
      { title, session },
      <CasePage view={view} csrf={session.csrf} now={now} countries={countriesOf(config)} />,
    );
  } catch (error) {
    if (wantsJson(c) || !(error instanceof Refusal)) throw error;
    return refusalPage(c, config, error, '/');
  }
};
