/** POST /cases/:caseId/{claim,release,hand-over,escalation,kind,notes}: taking a case up, passing it on, filing it. */
import { Refusal } from '@answerable/protocol/refusal';
import * as wire from '@answerable/protocol/wire';
import { z } from 'zod';
import { weightOf } from '../casework/heavy.ts';
import type { DeskParts } from '../parts.ts';
import { mayBeGiven, restState } from '../shift/rest-policy.ts';
import { type Sent, type StaffVerb, staffVerb } from './staff-verb.ts';

const nothing = z.object({});
const words = wire.text(1000).refine((text) => text.trim() !== '');
const kinds = z.enum(['content', 'page', 'pile-on', 'care', 'complaint']);

const claim: StaffVerb<object> = {
  schema: nothing,
  first: restFirst,
  fromForm: () => ({}),
  plan: () => [{ kind: 'claimed' }],
};

// Heavy cases are not given to somebody on a break or past their limit, unless a life may be in danger.
async function restFirst({ parts, caseId, staff }: Sent<object>): Promise<undefined> {
  const state = await parts.store.state(caseId);
  const rest = restState(await parts.shift.rest(staff.name));
  if (state && !mayBeGiven(rest, weightOf(state))) throw new Refusal('rest_first');
}

const release: StaffVerb<object> = {
  schema: nothing,
  fromForm: () => ({}),
  plan: () => [{ kind: 'released' }],
};
const handOver: StaffVerb<{ to: string; word: string }> = {
  schema: z.strictObject({ to: wire.text(40), word: words }),
  fromForm: (form) => ({ to: form.one('to'), word: form.one('word') }),
  plan: (_state, _at, { to, word }) => [{ kind: 'handed-over', to, word }],
};
const escalate: StaffVerb<{ why: string }> = {
  schema: z.strictObject({ why: words }),
  fromForm: (form) => ({ why: form.one('why') }),
  plan: (_state, _at, { why }) => [{ kind: 'escalated', why }],
};
const refile: StaffVerb<{ to: z.infer<typeof kinds>; why: string }> = {
  schema: z.strictObject({ to: kinds, why: words }),
  fromForm: (form) => ({ to: form.one('to'), why: form.one('why') }),
  plan: (_state, _at, { to, why }) => [{ kind: 'refiled', to, why }],
};
const note: StaffVerb<{ note: string }> = {
  schema: z.strictObject({ note: words }),
  fromForm: (form) => ({ note: form.one('note') }),
  plan: (_state, _at, body) => [{ kind: 'noted', ...body }],
};

export const claimCase = (parts: DeskParts) => staffVerb(parts, claim);
export const releaseCase = (parts: DeskParts) => staffVerb(parts, release);
export const handOverCase = (parts: DeskParts) => staffVerb(parts, handOver);
export const escalateCase = (parts: DeskParts) => staffVerb(parts, escalate);
export const refileCase = (parts: DeskParts) => staffVerb(parts, refile);
export const noteCase = (parts: DeskParts) => staffVerb(parts, note);
