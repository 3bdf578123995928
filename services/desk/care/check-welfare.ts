/**
 * POST /cases/:caseId/welfare: somebody has looked in. What they saw, words to the person if there are any, and
 * when somebody looks again. No sanction can come of it: the event has no room for one.
 */
import { type CareEvent, welfareCheck } from '../casework/care.ts';
import { after } from '../casework/deadline.ts';
import { staffVerb } from '../deciding/staff-verb.ts';
import type { DeskParts } from '../parts.ts';

export const checkWelfare = (parts: DeskParts) =>
  staffVerb(parts, {
    schema: welfareCheck,
    fromForm: (form) => ({
      seen: form.one('seen'),
      note: form.one('note'),
      words: form.one('words') || null,
      nextHours: Number(form.one('nextHours')) || null,
    }),
    plan(_state, at, { seen, note, words, nextHours }): CareEvent[] {
      const next = nextHours === null ? null : after(at, nextHours);
      return [{ kind: 'welfare-checked', seen, note, words: words?.trim() || null, next }];
    },
  });
