/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
/**
 * The page of one case: as it is, or with what somebody typed a moment ago and why that was refused, so that
 * nothing that was written is lost.
 */
import { checkShape } from '@answerable/kit/read-json';
import { Refusal } from '@answerable/protocol/refusal';
import * as wire from '@answerable/protocol/wire';
import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { CasePage } from '../console/case-page.tsx';
import { consolePage } from '../console/console-page.tsx';
import { refusalPage } from '../console/refusal-page.tsx';
import type { DeskParts } from '../parts.ts';
import { caseView } from './case-view.ts';
import type { Form } from './staff-verb.ts';
import { countriesOf } from './write-decision.ts';

/** What was typed into one form of the page, known by the address it is sent to. */
export interface Draft {
  action: string;
  form: Form;
}
interface Shown {
  draft?: Draft | null;
  refusal?: Refusal;
}

/** Throws Refusal `malformed` or `case_unknown` only where there is no refusal to show already. */
export async function caseScreen(c: Context, parts: DeskParts, id: string, shown: Shown = {}) {
  const { config, clock } = parts;
  const session = parts.signIn.session(c);
  const { draft = null, refusal } = shown;
  c.header('cache-control', 'no-store');
  try {
    const caseId = checkShape(id, wire.id);
    const view = await caseView(parts, caseId, session.staff);
    const now = clock.now().toISOString();
    const props = {
      view,
      csrf: session.csrf,
      now,
      countries: countriesOf(config),
      draft,
      refusal: refusal ?? null,
    };
    const status = refusal ? { status: refusal.status as ContentfulStatusCode } : {};
    return consolePage(
      c,
      config,
      { title: `Case ${caseId.slice(0, 6)}`, session, ...status },
      <CasePage {...props} />,
    );
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return refusalPage(c, config, refusal ?? error, '/');
  }
}
