/**
 * POST /cases/:caseId/outside-notices and /outside/:notice/{draft,sent,chased,acknowledged,answered,closed}: a
 * person writes a notice, sends it or hands it over, and keeps what came of it.
 */
import { randomBytes } from 'node:crypto';
import { toBase64url } from '@answerable/core/bytes';
import { checkShape, readJson } from '@answerable/kit/read-json';
import { Refusal } from '@answerable/protocol/refusal';
import * as wire from '@answerable/protocol/wire';
import type { Context } from 'hono';
import { z } from 'zod';
import { refusalPage } from '../console/refusal-page.tsx';
import { type Form, formOf, isJson, wantsJson } from '../deciding/staff-verb.ts';
import { effectOf, type NewEffect } from '../outbox.ts';
import type { DeskParts } from '../parts.ts';
import { storable } from '../storable.ts';
import { requireEvidence } from './evidence.ts';
import { type NoticeEvent, type NoticeState, noticeDraft, outcomes, ways } from './notice.ts';

const idBytes = 16;
const settleMs = 1_500;
const words = wire.text(2000).refine((text) => text.trim() !== '');
const instant = wire.instant.optional();

interface Verb<T> {
  schema: z.ZodType<T>;
  fromForm(form: Form): unknown;
  plan(state: NoticeState, body: T, now: string): { event: NoticeEvent; effects?: NewEffect[] };
}

/** A draft as a form gives it. */
export function draftOfForm(form: Form): unknown {
  const email = form.one('email');
  return {
    company: form.one('company'),
    email: email === '' ? null : email,
    basis: form.one('basis'),
    addresses: form
      .one('addresses')
      .split(/\s+/)
      .filter((one) => one !== ''),
    ground: form.one('ground'),
    explanation: form.one('explanation'),
    evidence: form.all('evidence'),
    sender: { name: form.one('senderName'), email: form.one('senderEmail') },
    goodFaith: form.one('goodFaith') === 'yes',
  };
}

/** What a form says about when: nothing, or a minute in UTC. */
const onOfForm = (form: Form) => (form.one('on') === '' ? {} : { on: `${form.one('on').slice(0, 16)}:00Z` });

/** As `Date` writes it, so that it compares as texts do. */
const written = (on: string | undefined, now: string) => (on ? new Date(on).toISOString() : now);

export function beginNotice(parts: DeskParts) {
  return async (c: Context) => {
    const caseId = c.req.param('caseId') ?? '';
    return answering(c, parts, `/cases/${caseId}`, async () => {
      const { staff } = parts.signIn.session(c);
      const draft = await bodyOf(c, noticeDraft, draftOfForm);
      requireEvidence(await parts.store.state(checkShape(caseId, wire.id)), draft);
      const notice = toBase64url(randomBytes(idBytes));
      return parts.notices.begin({ notice, caseId }, { kind: 'written', draft }, staff.name);
    });
  };
}

const verb = <T>(one: Verb<T>) => one;
export const noticeVerbs = {
  draft: verb({
    schema: noticeDraft,
    fromForm: draftOfForm,
    plan: (_state, draft) => ({ event: { kind: 'written', draft } }),
  }),
  sent: verb({
    schema: z.strictObject({ way: z.enum(ways), on: instant }),
    fromForm: (form) => ({ way: form.one('way'), ...onOfForm(form) }),
    plan: ({ caseId, notice }, { way, on }, now) =>
      way === 'e-mail'
        ? {
            event: { kind: 'sent', way, on: now },
            effects: [effectOf(caseId, { kind: 'mail-notice', notice, reminder: false }, notice)],
          }
        : { event: { kind: 'sent', way, on: written(on, now) } },
  }),
  chased: verb({
    schema: z.strictObject({ way: z.enum(ways).exclude(['e-mail']) }),
    fromForm: (form) => ({ way: form.one('way') }),
    plan: (_state, { way }) => ({ event: { kind: 'chased', way } }),
  }),
  acknowledged: verb({
    schema: z.strictObject({ reference: wire.text(200) }),
    fromForm: (form) => ({ reference: form.one('reference') }),
    plan: (_state, { reference }) => ({ event: { kind: 'acknowledged', reference } }),
  }),
  answered: verb({
    schema: z.strictObject({ outcome: z.enum(outcomes), words, on: instant }),
    fromForm: (form) => ({ outcome: form.one('outcome'), words: form.one('words'), ...onOfForm(form) }),
    plan: (_state, { outcome, words: said, on }, now) => ({
      event: { kind: 'answered', outcome, words: said, on: written(on, now) },
    }),
  }),
  closed: verb({
    schema: z.strictObject({ why: words }),
    fromForm: (form) => ({ why: form.one('why') }),
    plan: (_state, { why }) => ({ event: { kind: 'closed', why } }),
  }),
};

export function moveOutsideNotice<T>(parts: DeskParts, one: Verb<T>) {
  return async (c: Context) => {
    const notice = c.req.param('notice') ?? '';
    return answering(c, parts, `/outside/${notice}`, async () => {
      const { staff } = parts.signIn.session(c);
      const body = await bodyOf(c, one.schema, one.fromForm);
      const current = await parts.notices.find(checkShape(notice, wire.id));
      const now = parts.clock.now().toISOString();
      const planned = one.plan(current, body, now);
      if (planned.effects && !parts.mailer) throw new Refusal('not_ready');
      const { event } = planned;
      if (event.kind === 'sent' || event.kind === 'written') {
        const draft = event.kind === 'written' ? event.draft : current.draft;
        requireEvidence(await parts.store.state(current.caseId), draft);
      }
      const state = await parts.notices.act(notice, staff.name, () => planned);
      if (planned.effects) await parts.outbox.settle(state.caseId, settleMs);
      return state;
    });
  };
}

async function bodyOf<T>(c: Context, schema: z.ZodType<T>, fromForm: (form: Form) => unknown): Promise<T> {
  if (isJson(c)) return storable(await readJson(c, schema));
  return checkShape(storable(fromForm(await formOf(c))), schema);
}

async function answering(
  c: Context,
  parts: DeskParts,
  back: string,
  work: () => Promise<NoticeState>,
): Promise<Response> {
  try {
    const state = await work();
    return wantsJson(c) ? c.json(state) : c.redirect(`/outside/${state.notice}`, 303);
  } catch (error) {
    if (wantsJson(c) || !(error instanceof Refusal)) throw error;
    return refusalPage(c, parts.config, error, back);
  }
}
