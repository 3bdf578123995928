/**
 * desk of another forum → desk, POST /panel/answers: what somebody there decided, signed by their desk. It counts
 * once, from whom it was asked, about the very letters that were sent; then it is an event of the case like any
 * other, by `forum/Name`, and the transition judges it.
 */
import { readJson } from '@answerable/kit/read-json';
import { Refusal } from '@answerable/protocol/refusal';
import { type PanelAnswerMessage, panelAnswer } from '@answerable/protocol/report/panel';
import type { Context } from 'hono';
import { after, dayOfInstant } from '../casework/deadline.ts';
import type { ConductDecision } from '../casework/decision.ts';
import { type EventBody, human } from '../casework/event.ts';
import type { CaseState } from '../casework/state.ts';
import { confirmedHoursDefault } from '../deciding/hold-item.ts';
import { writeConduct } from '../deciding/write-decision.ts';
import type { DeskParts } from '../parts.ts';
import { requireEach } from '../promises/require-steps.ts';
import { storable } from '../storable.ts';
import { sanctionedIn } from './panel-file.ts';
import { answerHash, opened } from './panel-key.ts';

export function takeAnswer(parts: DeskParts) {
  const { panel, store, casebook, outbox, config, events, promises } = parts;
  return async (c: Context) => {
    const given = storable(await readJson(c, panelAnswer));
    const peer = await panel.peer(given.message.from);
    if (!peer) throw new Refusal('peer_unknown');
    const answer = opened('answer', peer.key, given);
    if (answer.to !== config.platform.name) throw new Refusal('not_asked');
    const about = await panel.sent(answer.request);
    const asked = about && (await store.state(about.case_id));
    const steps = await promises.stepsFor(asked ? sanctionedIn(asked) : []);
    await store.transaction(async (trx) => {
      const sent = await panel.sentFor(trx, answer.request);
      if (!sent || sent.forum !== answer.from || sent.hash !== answer.asked) throw new Refusal('not_asked');
      if (sent.answer) {
        if (answerHash(sent.answer.message) !== answerHash(answer)) throw new Refusal('already_decided');
        return; // the same answer, sent again because ours was lost
      }
      const actor = { role: 'panel' as const, name: `${answer.from}/${answer.by}` };
      const tool = { ...human, name: 'panel' };
      await casebook
        .actWithin(trx, sent.case_id, (state, at) => {
          const body = bodyOf(parts, state, answer, at);
          requireEach(measuresOf(state, body), steps, dayOfInstant(at));
          return [{ actor, tool, body }];
        })
        .catch(asNotAsked);
      await panel.keepAnswer(trx, answer.request, given);
    });
    // From here on it is decided; what follows stands in the outbox.
    if (answer.verdict.kind === 'heard') events.heard(answer.verdict.outcome);
    if (answer.verdict.kind === 'confirmed') events.decided('conduct');
    outbox.kick();
    return c.json({ ok: true });
  };
}

// Another desk tries again when it is told `forbidden`; this answer will never be taken.
function asNotAsked(error: unknown): never {
  if (error instanceof Refusal && error.code === 'forbidden') throw new Refusal('not_asked');
  throw error;
}

function bodyOf(
  parts: DeskParts,
  state: CaseState,
  { request, verdict }: PanelAnswerMessage,
  at: string,
): EventBody {
  const asked = state.panel?.find((one) => one.request === request);
  if (asked?.state !== 'asked') throw new Refusal('not_asked');
  switch (verdict.kind) {
    case 'confirmed':
      return { kind: 'confirmed' };
    case 'declined':
      return { kind: 'declined', why: verdict.why };
    case 'hold-confirmed': {
      const hours = parts.config.confirmedHoldHours ?? confirmedHoursDefault;
      return { kind: 'hold-confirmed', hold: asked.subject, until: after(at, hours) };
    }
    case 'hold-lifted':
      return { kind: 'hold-lifted', hold: asked.subject, why: verdict.why };
    case 'heard': {
      const appeal = asked.subject.split('/')[0] ?? '';
      const instead =
        verdict.outcome === 'varied' ? lighterDecision(parts, state, verdict.lighter, at) : null;
      return { kind: 'heard', appeal, outcome: verdict.outcome, reply: verdict.reply, instead };
    }
  }
}

/** What begins to stand by it. */
const measuresOf = ({ proposal }: CaseState, body: EventBody) =>
  (body.kind === 'heard' ? body.instead : body.kind === 'confirmed' ? proposal?.decision : null)?.measures ??
  [];

type Lighter = Extract<PanelAnswerMessage['verdict'], { kind: 'heard' }>['lighter'];

/** What takes the decision's place: measures of it, lighter or as they were, for the same reasons. */
function lighterDecision(parts: DeskParts, state: CaseState, lighter: Lighter, at: string): ConductDecision {
  const was = state.decided?.decision;
  if (was?.path !== 'conduct' || lighter.length === 0) throw new Refusal('not_asked');
  const { statement, rests } = was;
  const measures = lighter.map(({ of, step, until }) => {
    const one = was.measures[of - 1];
    if (!one) throw new Refusal('not_asked');
    if (one.kind !== 'sanction') return { kind: one.kind, target: one.target };
    const { sub, holds } = one;
    return { kind: one.kind, sub, holds, step: step ?? one.step, until: step === null ? one.until : until };
  });
  const category = statement.category;
  const reasons = {
    ground: statement.illegal_content_legal_ground ?? statement.incompatible_content_ground ?? '',
    explanation: statement.illegal_content_explanation ?? statement.incompatible_content_explanation ?? '',
    facts: statement.decision_facts,
    clause: statement.terms_clause,
    ...(category === 'STATEMENT_CATEGORY_SCOPE_OF_PLATFORM_SERVICE' ? {} : { category }),
  };
  const finding = state.assessment?.finding;
  return writeConduct(state, { path: 'conduct', rests, measures, reasons }, finding, at, parts);
}
