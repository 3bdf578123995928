/** POST /cases/:caseId/hearing: an appeal is heard by somebody who had no part in the decision. */
import * as wire from '@answerable/protocol/wire';
import { z } from 'zod';
import { pendingAppeals } from '../casework/state.ts';
import { requireClause } from '../duty/require-clause.ts';
import type { DeskParts } from '../parts.ts';
import { requireSteps } from '../promises/require-steps.ts';
import { conductOf } from './decision-form.ts';
import { staffVerb } from './staff-verb.ts';
import { conductRequest, writeConduct } from './write-decision.ts';

const replyCharsMax = 2000;
const hearing = z.strictObject({
  /** default: the one that has waited longest */
  appeal: wire.id.optional(),
  outcome: z.enum(['upheld', 'varied', 'overturned']),
  reply: wire.text(replyCharsMax),
  /** with `varied` only */
  instead: conductRequest.optional(),
});

export const hearAppeal = (parts: DeskParts) =>
  staffVerb(parts, {
    schema: hearing,
    fromForm: (form, at) => ({
      outcome: form.one('outcome'),
      reply: form.one('reply'),
      ...(form.one('appeal') ? { appeal: form.one('appeal') } : {}),
      ...(form.one('outcome') === 'varied' ? { instead: conductOf(form, at) } : {}),
    }),
    async first({ body }) {
      await requireClause(parts, body.instead);
      await requireSteps(parts, body.instead);
      return undefined;
    },
    plan(state, at, { appeal, outcome, reply, instead }) {
      const id = appeal ?? pendingAppeals(state)[0]?.appeal ?? '';
      // What takes its place rests on what the decision rested on, and on the same limb.
      const was = state.decided?.decision;
      const rests = was?.path === 'conduct' ? was.rests : [];
      const finding = state.assessment?.finding;
      const lighter = instead
        ? writeConduct(state, { ...instead, rests: instead.rests ?? rests }, finding, at, parts)
        : null;
      return [{ kind: 'heard', appeal: id, outcome, reply, instead: lighter }];
    },
    done: (_state, { outcome }) => parts.events.heard(outcome),
  });
