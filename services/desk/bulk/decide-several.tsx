/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
/**
 * POST /bulk/review and /bulk: several cases of one kind with the same finding and decision. First each is shown with
 * its text and can be taken out; then each is decided under its own lock with events of its own, and what could not be
 * decided is listed. Never what bulk-policy.ts keeps out, whoever asks.
 */
import { checkShape, readJson } from '@answerable/kit/read-json';
import type { Staff } from '@answerable/kit/sign-in';
import { Refusal } from '@answerable/protocol/refusal';
import type { Context } from 'hono';
import { dayOfInstant } from '../casework/deadline.ts';
import { type EventBody, human } from '../casework/event.ts';
import { weightOf } from '../casework/heavy.ts';
import type { CaseState } from '../casework/state.ts';
import { consolePage } from '../console/console-page.tsx';
import { refusalPage } from '../console/refusal-page.tsx';
import { type DecisionRequest, planOf } from '../deciding/decide-case.ts';
import { actorFor, formOf, isJson, wantsJson } from '../deciding/staff-verb.ts';
import { requireClause } from '../duty/require-clause.ts';
import type { DeskParts } from '../parts.ts';
import { requireTheirs } from '../people/queue-access.ts';
import { requireEach } from '../promises/require-steps.ts';
import { mayBeGiven, restState } from '../shift/rest-policy.ts';
import { storable } from '../storable.ts';
import { BulkPage, BulkResultPage } from './bulk-page.tsx';
import { barWords, bulkBar } from './bulk-policy.ts';
import { type BulkRequest, bulkChoice, bulkOfForm, bulkRequest } from './bulk-request.ts';

const textsMax = 3;

export interface Chosen {
  caseId: string;
  kind: string;
  reasons: string[];
  reports: number;
  heavy: boolean;
  texts: string[];
}
export interface LeftOut {
  caseId: string;
  why: string;
}

export const reviewSeveral = (parts: DeskParts) => async (c: Context) => {
  const session = parts.signIn.session(c);
  try {
    const form = await formOf(c);
    const { cases } = checkShape({ cases: [...new Set(form.all('cases'))] }, bulkChoice);
    const { chosen, leftOut } = await look(parts, cases, session.staff);
    const props = { chosen, leftOut, csrf: session.csrf };
    return consolePage(c, parts.config, { title: 'Several at once', session }, <BulkPage {...props} />);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return refusalPage(c, parts.config, error, '/');
  }
};

export const decideSeveral = (parts: DeskParts) => async (c: Context) => {
  const session = parts.signIn.session(c);
  try {
    const request = isJson(c)
      ? await readJson(c, bulkRequest)
      : checkShape(bulkOfForm(await formOf(c)), bulkRequest);
    const body = storable(request);
    await requireOneKind(parts, body.cases);
    if (body.about === 'conduct') await requireClause(parts, { path: 'conduct', reasons: body });
    const decided: string[] = [];
    const leftOut: LeftOut[] = [];
    for (const caseId of body.cases) {
      const why = await decideOne(parts, caseId, body, session.staff);
      if (why === undefined) decided.push(caseId);
      else leftOut.push({ caseId, why });
    }
    parts.outbox.kick();
    if (wantsJson(c)) return c.json({ decided, leftOut });
    return consolePage(
      c,
      parts.config,
      { title: 'Several at once', session },
      <BulkResultPage decided={decided} leftOut={leftOut} />,
    );
  } catch (error) {
    if (wantsJson(c) || !(error instanceof Refusal)) throw error;
    return refusalPage(c, parts.config, error, '/');
  }
};

/** Each with its text, or why it cannot be among them. */
async function look(parts: DeskParts, cases: readonly string[], staff: Staff) {
  const at = parts.clock.now().toISOString();
  const chosen: Chosen[] = [];
  const leftOut: LeftOut[] = [];
  for (const caseId of cases) {
    const state = await parts.store.state(caseId);
    const bar = state ? bulkBar(state, staff.name, at) : undefined;
    if (!state) leftOut.push({ caseId, why: 'there is no such case' });
    else if (bar) leftOut.push({ caseId, why: barWords[bar] });
    else if (chosen[0] && chosen[0].kind !== state.kind)
      leftOut.push({ caseId, why: 'another kind of case' });
    else chosen.push(await seen(parts, state, staff));
  }
  return { chosen, leftOut };
}

async function seen({ store }: DeskParts, state: CaseState, staff: Staff): Promise<Chosen> {
  requireTheirs(staff, state);
  const hashes = state.items.slice(0, textsMax).map((item) => item.hash);
  const texts = await store.texts(hashes);
  return {
    caseId: state.caseId,
    kind: state.kind,
    reasons: state.reasons,
    reports: state.reports,
    heavy: weightOf(state).heavy,
    texts: hashes.map((hash) => texts.get(hash)?.text ?? ''),
  };
}

async function requireOneKind({ store }: DeskParts, cases: readonly string[]): Promise<void> {
  const states = await Promise.all(cases.map((caseId) => store.state(caseId)));
  const kinds = new Set(states.flatMap((state) => (state ? [state.kind] : [])));
  if (kinds.size > 1) throw new Refusal('malformed', 'cases');
}

/** Decides one; returns why not where it could not be. */
async function decideOne(
  parts: DeskParts,
  caseId: string,
  body: BulkRequest,
  staff: Staff,
): Promise<string | undefined> {
  const rest = restState(await parts.shift.rest(staff.name));
  const warned = body.about === 'conduct' && body.measure === 'hide-and-warn';
  const steps = warned ? await stepsOf(parts, caseId) : new Map();
  let left: string | undefined;
  try {
    const state = await parts.casebook.act(caseId, (now, at) => {
      requireTheirs(staff, now);
      const bar = bulkBar(now, staff.name, at);
      left = bar && barWords[bar];
      if (left) return [];
      const mine = now.assignee?.name === staff.name;
      if (!mine && !mayBeGiven(rest, weightOf(now))) throw new Refusal('rest_first');
      const planned = eventsOf(parts, now, at, body);
      for (const one of planned)
        if (one.kind === 'decided' && one.decision.path === 'conduct')
          requireEach(one.decision.measures, steps, dayOfInstant(at));
      const events: EventBody[] = [...(mine ? [] : [{ kind: 'claimed' as const }]), ...planned];
      return events.map((event) => ({ actor: actorFor(staff, event.kind), tool: human, body: event }));
    });
    if (left === undefined && state.decided) parts.events.decided(state.decided.decision.path);
    return left;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return error.message;
  }
}

const stepsOf = async ({ store, promises }: DeskParts, caseId: string) =>
  promises.stepsFor((await store.state(caseId))?.items.flatMap(({ author }) => author ?? []) ?? []);

/** The same finding and decision, about everything in this one case. */
function eventsOf(parts: DeskParts, state: CaseState, at: string, body: BulkRequest): EventBody[] {
  const items = state.items.map((item) => item.locator).slice(0, 100);
  if (body.about === 'nothing') {
    const { note } = body;
    const request: DecisionRequest = {
      assessment: { about: 'nothing', items, note },
      decision: { path: 'none', note },
    };
    return planOf(parts, state, at, request);
  }
  const { measure, clause, ground, explanation, facts } = body;
  const authors = [
    ...new Set(state.items.flatMap((item) => (item.seen === 'platform' && item.author ? [item.author] : []))),
  ];
  const warned = measure === 'hide-and-warn' ? authors : [];
  const posts = state.items.filter((item) => item.kind === 'post').map((item) => item.locator);
  return planOf(parts, state, at, {
    assessment: {
      about: 'conduct',
      items,
      limb: 'terms',
      offence: null,
      elements: {},
      clause,
      severity: 1,
      confidence: 3,
      protectedContent: 'none',
      alternatives: 'The lightest measures were chosen, the same for several like cases.',
    },
    decision: {
      path: 'conduct',
      measures: [
        ...posts.slice(0, 100).map((target) => ({ kind: 'hide-item' as const, target })),
        ...warned.slice(0, 10).map((sub) => ({
          kind: 'sanction' as const,
          sub,
          holds: 'account' as const,
          step: 'warn' as const,
          until: null,
        })),
      ],
      reasons: { clause, ground, explanation, facts },
    },
  });
}
