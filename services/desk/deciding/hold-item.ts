/** POST /cases/:caseId/holds and /cases/:caseId/holds/:hold/{confirmation,lift}: the interim hold. */
import { randomBytes } from 'node:crypto';
import { toBase64url } from '@answerable/core/bytes';
import { checkShape } from '@answerable/kit/read-json';
import * as wire from '@answerable/protocol/wire';
import { z } from 'zod';
import { after } from '../casework/deadline.ts';
import { locator } from '../casework/decision.ts';
import type { EventBody } from '../casework/event.ts';
import type { CaseState } from '../casework/state.ts';
import type { DeskParts } from '../parts.ts';
import { staffVerb } from './staff-verb.ts';

const idBytes = 16;
export const confirmedHoursDefault = 72;
const words = wire.text(1000);

export const placeHold = (parts: DeskParts) =>
  staffVerb(parts, {
    schema: z.strictObject({ target: locator }),
    fromForm: (form) => ({ target: form.one('target') }),
    plan: (state, at, { target }) => [placing(state, target, at)],
  });

export const placing = ({ rules }: CaseState, target: string, at: string): EventBody => ({
  kind: 'held',
  hold: toBase64url(randomBytes(idBytes)),
  target,
  until: after(at, rules.holdHours),
});

export const confirmHold = (parts: DeskParts) =>
  staffVerb(parts, {
    schema: z.object({}),
    fromForm: () => ({}),
    plan: (_state, at, _body, c) => {
      const hold = checkShape(c.req.param('hold'), wire.id);
      const until = after(at, parts.config.confirmedHoldHours ?? confirmedHoursDefault);
      return [{ kind: 'hold-confirmed', hold, until }];
    },
  });

export const liftHold = (parts: DeskParts) =>
  staffVerb(parts, {
    schema: z.strictObject({ why: words }),
    fromForm: (form) => ({ why: form.one('why') }),
    plan: (_state, _at, { why }, c) => [
      { kind: 'hold-lifted', hold: checkShape(c.req.param('hold'), wire.id), why },
    ],
  });
