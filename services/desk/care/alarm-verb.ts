/**
 * POST /alarm and /alarms/:caseId/{alarm,steps,end}: what the people on duty do when somebody may die. An alarm is
 * everybody's, whatever queues they work in; nothing here can decide, hide or sanction.
 */
import { randomBytes } from 'node:crypto';
import { toBase64url } from '@answerable/core/bytes';
import { checkShape, readJson } from '@answerable/kit/read-json';
import { Refusal } from '@answerable/protocol/refusal';
import * as wire from '@answerable/protocol/wire';
import type { Context } from 'hono';
import { z } from 'zod';
import {
  type AlarmRisk,
  alarmOutcomes,
  alarmRisks,
  alarmSteps,
  type CareEvent,
  openAlarms,
} from '../casework/care.ts';
import { locator } from '../casework/decision.ts';
import { human, rule, theDesk } from '../casework/event.ts';
import type { CaseState } from '../casework/state.ts';
import { refusalPage } from '../console/refusal-page.tsx';
import { actorFor, type Form, formOf, isJson, wantsJson } from '../deciding/staff-verb.ts';
import { opening } from '../intake/opening.ts';
import { recordReport } from '../intake/record-report.ts';
import type { DeskParts } from '../parts.ts';
import { storable } from '../storable.ts';
import { alarmView } from './alarm-view.ts';

const idBytes = 16;
const settleMs = 1_500;
const whyCharsMax = 1_000;
const whereCharsMax = 2_000;
const itemsMax = 500;
const whyDefault = 'Somebody may die.';

const raising = z.strictObject({
  /** the item that shows it; absent: something else, or nothing yet */
  about: locator.nullable().optional(),
  risk: z.enum(alarmRisks),
  why: wire.text(whyCharsMax).optional(),
});
const raisingAnywhere = raising.omit({ about: true }).extend({ where: wire.text(whereCharsMax).optional() });
const step = z.strictObject({ step: z.enum(alarmSteps), note: wire.text(whyCharsMax).optional() });
const end = z.strictObject({
  outcome: z.enum(alarmOutcomes),
  note: wire.text(2_000).refine((text) => text.trim() !== ''),
  items: z.array(locator).max(itemsMax).optional(),
});

interface AlarmVerb<T> {
  schema: z.ZodType<T>;
  fromForm(form: Form): unknown;
  plan(body: T, alarm: string, state: CaseState): CareEvent;
}

const newId = () => toBase64url(randomBytes(idBytes));
const raised = ({ risk, why }: { risk: z.infer<typeof raising>['risk']; why?: string | undefined }) => ({
  kind: 'alarm-raised' as const,
  alarm: newId(),
  risk,
  why: why?.trim() || whyDefault,
});

/** On a case that is there. An alarm that is open already is the one that was meant. */
export const raiseAlarm = (parts: DeskParts) =>
  alarmVerb(parts, {
    schema: raising,
    fromForm: (form) => ({
      risk: form.one('risk'),
      why: form.one('why'),
      about: form.one('about') || null,
    }),
    plan: (body) => ({ ...raised(body), about: body.about ?? null }),
  });

export const addStep = (parts: DeskParts) =>
  alarmVerb(parts, {
    schema: step,
    fromForm: (form) => ({ step: form.one('step'), note: form.one('note') }),
    plan: ({ step: taken, note = '' }, alarm) => ({ kind: 'alarm-step', alarm, step: taken, note }),
  });

export const endAlarm = (parts: DeskParts) =>
  alarmVerb(parts, {
    schema: end,
    fromForm: (form) => ({
      outcome: form.one('outcome'),
      note: form.one('note'),
      ...(form.all('items').length > 0 || form.one('noItems') === 'yes' ? { items: form.all('items') } : {}),
    }),
    plan: ({ items, ...body }, alarm) => ({
      kind: 'alarm-ended',
      alarm,
      ...body,
      ...(items ? { items } : {}),
    }),
  });

function alarmVerb<T>(parts: DeskParts, verb: AlarmVerb<T>) {
  return (c: Context) =>
    answered(c, parts, async () => {
      const caseId = checkShape(c.req.param('caseId'), wire.id);
      const body = await bodyOf(c, verb.schema, verb.fromForm);
      await write(parts, c, caseId, (state) => {
        const alarm = openAlarms(state)[0]?.alarm ?? newId();
        return verb.plan(body, alarm, state);
      });
      return caseId;
    });
}

/** From the front page: by the number of a case, by an address, or with nothing but a worry. */
export const raiseAnywhere = (parts: DeskParts) => (c: Context) =>
  answered(c, parts, async () => {
    const fromForm = (form: Form) => ({
      where: form.one('where'),
      risk: form.one('risk'),
      why: form.one('why'),
    });
    const body = await bodyOf(c, raisingAnywhere, fromForm);
    const { caseId, about } = await find(parts, body.where?.trim() ?? '', body.why ?? '');
    await write(parts, c, caseId, () => ({ ...raised(body), about }));
    return caseId;
  });

async function find(parts: DeskParts, where: string, why: string) {
  const { store, care, platform } = parts;
  if (wire.id.safeParse(where).success && (await store.state(where))) return { caseId: where, about: null };
  const said = locator.safeParse(where).success ? where : undefined;
  const about = said ?? (where ? await platform.locate(where, 'post').catch(() => undefined) : undefined);
  if (about === undefined) return { caseId: await openEmpty(parts), about: null };
  return { caseId: (await care.caseWith(about)) ?? (await openAbout(parts, about, why)), about };
}

/** What is known only by its address: the platform is asked what it is and whose. */
async function openAbout(parts: DeskParts, about: string, why: string): Promise<string> {
  const kind = about.startsWith('page/') ? 'page' : about.startsWith('account/') ? 'account' : 'post';
  const posted = parts.clock.now().toISOString();
  const place = { platform: parts.config.platform.name, kind, locator: about } as const;
  const { caseId } = await recordReport(
    parts,
    {
      capacity: 'assisting-adult',
      reasons: ['worried-about-them'],
      characteristics: [],
      items: [{ ...place, author: null, text: '', language: '', posted }],
      statement: why || whyDefault,
      goodFaith: true,
      wishesToBeTold: false,
    },
    { platform: false },
  );
  return caseId;
}

async function openEmpty(parts: DeskParts): Promise<string> {
  const caseId = newId();
  const queued = { actor: theDesk, tool: rule('alarm'), body: { kind: 'queued' as const } };
  await parts.store.transaction((trx) =>
    parts.casebook.openWithin(trx, caseId, [opening(parts, caseId, 'care'), queued]),
  );
  return caseId;
}

async function write(parts: DeskParts, c: Context, caseId: string, plan: (state: CaseState) => CareEvent) {
  const { staff } = parts.signIn.session(c);
  await parts.casebook.act(caseId, (state) => {
    const body = plan(state);
    // Two people press the button at the same moment: one alarm, and both see it.
    if (body.kind === 'alarm-raised' && openAlarms(state).length > 0) return [];
    const known = body.kind === 'alarm-raised' ? knownAbout(state, body.about, body.risk) : null;
    const event = body.kind === 'alarm-raised' ? { ...body, about: known } : body;
    return [{ actor: actorFor(staff, event.kind), tool: human, body: event }];
  });
  await parts.outbox.settle(caseId, settleMs);
}

/**
 * An address that turns out not to be in the case is no reason to lose an alarm. Where nothing was pointed at and
 * nothing is decided yet, an alarm about the author is about the one thing in the case, which is distress from then on.
 */
function knownAbout({ items, decided }: CaseState, about: string | null, risk: AlarmRisk): string | null {
  if (items.some((item) => item.locator === about)) return about;
  const [only, ...others] = items;
  return only && others.length === 0 && !decided && risk === 'the-author' ? only.locator : null;
}

async function bodyOf<T>(c: Context, schema: z.ZodType<T>, fromForm: (form: Form) => unknown): Promise<T> {
  if (isJson(c)) return storable(await readJson(c, schema));
  return checkShape(storable(fromForm(await formOf(c))), schema);
}

async function answered(c: Context, parts: DeskParts, work: () => Promise<string>) {
  try {
    const caseId = await work();
    if (wantsJson(c)) return c.json(await alarmView(parts, caseId));
    return c.redirect(`/alarms/${caseId}`, 303);
  } catch (error) {
    if (wantsJson(c) || !(error instanceof Refusal)) throw error;
    return refusalPage(c, parts.config, error, '/alarm');
  }
}
