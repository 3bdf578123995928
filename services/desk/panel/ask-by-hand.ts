/**
 * POST /cases/:caseId/panel: somebody here sends what waits for a second person to another forum, because everybody
 * here had part in it. Which forum is not theirs to choose.
 */
import { Refusal } from '@answerable/protocol/refusal';
import type { Context } from 'hono';
import { human } from '../casework/event.ts';
import { caseScreen } from '../deciding/case-screen.tsx';
import { caseView } from '../deciding/case-view.ts';
import { actorFor, wantsJson } from '../deciding/staff-verb.ts';
import type { DeskParts } from '../parts.ts';
import { requireTheirs } from '../people/queue-access.ts';
import { asking } from './ask-panel.ts';

const settleMs = 1_500;

export const askByHand = (parts: DeskParts) => async (c: Context) => {
  const { panel, casebook, outbox, signIn } = parts;
  const caseId = c.req.param('caseId') ?? '';
  try {
    const { staff } = signIn.session(c);
    const actor = actorFor(staff, 'panel-asked');
    const forums = (await panel.peers()).map((one) => one.name);
    if (forums.length === 0) throw new Refusal('peer_unknown');
    await casebook.act(caseId, (state, at) => {
      requireTheirs(staff, state);
      const questions = asking(state, at, forums, () => true);
      if (questions.length === 0) throw new Refusal('move_not_allowed');
      return questions.map((one) => ({ ...one, actor, tool: human }));
    });
    await outbox.settle(caseId, settleMs);
    return wantsJson(c) ? c.json(await caseView(parts, caseId, staff)) : c.redirect(`/cases/${caseId}`, 303);
  } catch (error) {
    if (wantsJson(c) || !(error instanceof Refusal)) throw error;
    return caseScreen(c, parts, caseId, { draft: null, refusal: error });
  }
};
