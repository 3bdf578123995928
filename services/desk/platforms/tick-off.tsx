/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
/**
 * GET /todo, POST /todo/:act/done and /todo/:act/cannot: what people do on the platform by hand. Who ticks off
 * what stands in the case's chain, in the same transaction.
 */
import { checkShape, readForm, readJson } from '@answerable/kit/read-json';
import { Refusal } from '@answerable/protocol/refusal';
import * as wire from '@answerable/protocol/wire';
import type { Context } from 'hono';
import { z } from 'zod';
import { human } from '../casework/event.ts';
import { consolePage } from '../console/console-page.tsx';
import { refusalPage } from '../console/refusal-page.tsx';
import { actorFor, wantsJson } from '../deciding/staff-verb.ts';
import { markToldByHand } from '../holder/letter-store.ts';
import type { DeskParts } from '../parts.ts';
import { requireTheirs } from '../people/queue-access.ts';
import { storable } from '../storable.ts';
import { allHands, handTitles } from './hand-view.ts';
import { endHand } from './platform-store.ts';
import { TodoPage } from './todo-page.tsx';

const whyCharsMax = 300;
const ticked = z.object({});
const cannot = z.object({ why: wire.text(whyCharsMax).refine((text) => text.trim() !== '') });

export const showTodo = (parts: DeskParts) => async (c: Context) => {
  const session = parts.signIn.session(c);
  const hands = await allHands(parts, session.staff);
  c.header('cache-control', 'no-store');
  if (wantsJson(c)) return c.json({ hands });
  const page = { title: 'To do by hand', session };
  return consolePage(c, parts.config, page, <TodoPage hands={hands} csrf={session.csrf} />);
};

export const tickOff = (parts: DeskParts) => async (c: Context) => {
  try {
    await readBody(c, ticked);
    return await end(parts, c, 'done', '');
  } catch (error) {
    return answer(parts, c, error);
  }
};

export const sayCannot = (parts: DeskParts) => async (c: Context) => {
  try {
    const { why } = storable(await readBody(c, cannot));
    return await end(parts, c, 'cannot', why);
  } catch (error) {
    return answer(parts, c, error);
  }
};

async function end(parts: DeskParts, c: Context, state: 'done' | 'cannot', why: string) {
  const { platformStore, casebook, store, clock, signIn } = parts;
  const act = checkShape(c.req.param('act'), wire.id);
  const { staff } = signIn.session(c);
  const row = await platformStore.handAct(act);
  if (!row) throw new Refusal('not_found');
  const what = `${handTitles[row.kind]} (${row.target})`;
  const note = state === 'done' ? `Done by hand: ${what}.` : `Could not be done by hand: ${what}. ${why}`;
  const actor = actorFor(staff, 'noted');
  await store.transaction(async (trx) => {
    const at = clock.now().toISOString();
    if (!(await endHand(trx, act, { state, by: staff.name, at }))) throw new Refusal('already_decided');
    if (state === 'done' && row.kind === 'tell-account') await markToldByHand(trx, row.case_id, act);
    await casebook.actWithin(trx, row.case_id, (now) => {
      requireTheirs(staff, now);
      return [{ actor, tool: human, body: { kind: 'noted', note } }];
    });
  });
  if (wantsJson(c)) return c.json({ act, state });
  return c.redirect('/todo', 303);
}

function answer(parts: DeskParts, c: Context, error: unknown) {
  if (wantsJson(c) || !(error instanceof Refusal)) throw error;
  return refusalPage(c, parts.config, error, '/todo');
}

const readBody = <T,>(c: Context, schema: z.ZodType<T>): Promise<T> =>
  wantsJson(c) ? readJson(c, schema) : readForm(c, schema);
