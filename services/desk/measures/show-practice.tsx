/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
/** GET and POST /practice, /practice/:golden: practice cases for those who decide; an admin keeps them. */
import { randomBytes } from 'node:crypto';
import { toBase64url } from '@answerable/core/bytes';
import { dayOf } from '@answerable/kit/clock';
import { asForm, checkShape } from '@answerable/kit/read-json';
import { Refusal } from '@answerable/protocol/refusal';
import type { Context } from 'hono';
import { consolePage } from '../console/console-page.tsx';
import { wantsJson } from '../deciding/staff-verb.ts';
import type { DeskParts } from '../parts.ts';
import { storable } from '../storable.ts';
import { goldenAnswer, goldenCase } from './golden-cases.ts';
import { AnsweredPage, KeepingPart, PracticePage } from './practice-page.tsx';

const idBytes = 16;

export const showPractice = (parts: DeskParts) => async (c: Context) => {
  const session = await parts.signIn.session(c);
  const [one, answers] = await Promise.all([
    parts.golden.next(session.staff.name),
    parts.golden.answersOf(session.staff.name),
  ]);
  const mine = { answered: answers.length, agreed: answers.filter((row) => row.agreed).length };
  c.header('cache-control', 'no-store');
  const shown = one && { golden: one.golden, text: one.text, background: one.background };
  if (wantsJson(c)) return c.json({ case: shown ?? null, mine });
  const kept = session.staff.roles.includes('admin') ? await parts.golden.inUse() : undefined;
  return consolePage(
    c,
    parts.config,
    { title: 'Practice', session },
    <>
      <PracticePage shown={shown} mine={mine} csrf={session.csrf} />
      {kept ? <KeepingPart kept={kept} csrf={session.csrf} /> : null}
    </>,
  );
};

export const answerPractice = (parts: DeskParts) => async (c: Context) => {
  const { staff } = await parts.signIn.session(c);
  const one = await parts.golden.find(c.req.param('golden') ?? '');
  if (!one) throw new Refusal('not_found');
  const given = checkShape(answerOf(await asForm(c.req.parseBody())), goldenAnswer);
  if (!(await parts.golden.answer(one, staff.name, dayOf(parts.clock.now()), given)))
    throw new Refusal('already_decided');
  return c.redirect(`/practice/${one.golden}`, 303);
};

/** What was agreed, once one has answered. */
export const showAnswered = (parts: DeskParts) => async (c: Context) => {
  const session = await parts.signIn.session(c);
  const golden = c.req.param('golden') ?? '';
  const [one, answers] = await Promise.all([
    parts.golden.find(golden),
    parts.golden.answersOf(session.staff.name),
  ]);
  const mine = answers.find((row) => row.golden === golden);
  if (!one || !mine) throw new Refusal('not_found');
  c.header('cache-control', 'no-store');
  if (wantsJson(c)) return c.json({ case: one, given: mine.answer, agreed: mine.agreed });
  return consolePage(
    c,
    parts.config,
    { title: 'Practice', session },
    <AnsweredPage one={one} given={mine.answer} agreed={mine.agreed} />,
  );
};

export const addGolden = (parts: DeskParts) => async (c: Context) => {
  const { staff } = await parts.signIn.session(c);
  const form = await asForm(c.req.parseBody());
  const { class: kind, text, background, why } = form;
  const given = checkShape(
    storable({ class: kind, text, background: background ?? '', why, answer: answerOf(form) }),
    goldenCase,
  );
  await parts.golden.add({ ...given, golden: toBase64url(randomBytes(idBytes)) }, staff.name);
  return c.redirect('/practice', 303);
};

export const retireGolden = (parts: DeskParts) => async (c: Context) => {
  const one = await parts.golden.find(c.req.param('golden') ?? '');
  if (!one) throw new Refusal('not_found');
  await parts.golden.retire(one.golden);
  return c.redirect('/practice', 303);
};

function answerOf({ path, limb, offence, measure }: Record<string, unknown>): unknown {
  return path === 'conduct' ? { path, limb, offence: offence || null, measure } : { path };
}
