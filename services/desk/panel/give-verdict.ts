/**
 * POST /panel/requests/:request/verdict: somebody here decides what another forum asked, in words; the signed
 * answer is recorded and then sent, as often as it takes. One answer, and only while the question stands.
 */

import { callJson } from '@answerable/kit/http-client';
import { checkShape, readJson } from '@answerable/kit/read-json';
import { Refusal } from '@answerable/protocol/refusal';
import { type PanelVerdict, panelTaken, panelVerdict } from '@answerable/protocol/report/panel';
import * as wire from '@answerable/protocol/wire';
import type { Context } from 'hono';
import { refusalPage } from '../console/refusal-page.tsx';
import { type Form, formOf, isJson, wantsJson } from '../deciding/staff-verb.ts';
import { effectOf, putEffects } from '../outbox.ts';
import type { DeskParts } from '../parts.ts';
import { storable } from '../storable.ts';

const timeoutMs = 8_000;
const settleMs = 1_500;

const fits = {
  confirmation: ['confirmed', 'declined'],
  hold: ['hold-confirmed', 'hold-lifted'],
  appeal: ['heard'],
};

export function giveVerdict(parts: DeskParts) {
  const { panel, panelKey, store, clock, outbox, signIn, config } = parts;
  return async (c: Context) => {
    const request = c.req.param('request') ?? '';
    try {
      checkShape(request, wire.id);
      const { staff } = signIn.session(c);
      const verdict = storable(
        isJson(c) ? await readJson(c, panelVerdict) : checkShape(verdictOf(await formOf(c)), panelVerdict),
      );
      requireWords(verdict);
      const now = clock.now().toISOString();
      await store.transaction(async (trx) => {
        const row = await panel.receivedFor(trx, request);
        if (!row) throw new Refusal('not_found');
        if (row.answer) throw new Refusal('already_decided');
        if (row.withdrawn_at || !row.message) throw new Refusal('not_asked');
        if (!fits[row.message.message.about].includes(verdict.kind)) throw new Refusal('not_asked');
        const message = {
          request,
          asked: row.hash,
          from: config.platform.name,
          to: row.forum,
          by: staff.name,
          verdict,
        };
        await panel.keepVerdict(trx, request, panelKey.sign('answer', message), now);
        await putEffects(trx, [effectOf(request, { kind: 'answer-panel', request }, now)], now);
      });
      // From here on it is answered; the other forum hears of it as soon as it can be reached.
      await outbox.settle(request, settleMs);
      return wantsJson(c) ? c.json({ ok: true }) : c.redirect(`/panel/requests/${request}`, 303);
    } catch (error) {
      if (wantsJson(c) || !(error instanceof Refusal)) throw error;
      return refusalPage(c, config, error, `/panel/requests/${request}`);
    }
  };
}

function requireWords(verdict: PanelVerdict): void {
  const words = 'why' in verdict ? verdict.why : 'reply' in verdict ? verdict.reply : 'x';
  if (words.trim() === '') throw new Refusal('reasons_missing', 'reply');
  const varied = verdict.kind === 'heard' && verdict.outcome === 'varied';
  if (verdict.kind === 'heard' && varied !== verdict.lighter.length > 0)
    throw new Refusal('reasons_missing', 'lighter');
}

/** Of a measure that stays, `keep-1` is `yes`; of a sanction that becomes lighter, `step-1` and `until-1`. */
function verdictOf(form: Form): unknown {
  const kind = form.one('verdict');
  const outcome = form.one('outcome');
  if (outcome) {
    const lighter = form
      .all('keep')
      .map(Number)
      .map((of) => {
        const step = form.one(`step-${of}`) || null;
        return { of, step, until: step === null || step === 'warn' ? null : form.one(`until-${of}`) };
      });
    const reply = form.one('reply');
    return { kind: 'heard', outcome, reply, lighter: outcome === 'varied' ? lighter : [] };
  }
  return kind === 'declined' || kind === 'hold-lifted' ? { kind, why: form.one('reply') } : { kind };
}

/** Does the effect `answer-panel`. */
export async function sendVerdict(parts: Omit<DeskParts, 'outbox'>, request: string): Promise<unknown> {
  const row = await parts.panel.received(request);
  if (!row?.answer) return null;
  const peer = await parts.panel.peer(row.forum);
  if (!peer) throw new Refusal('peer_unknown');
  try {
    await callJson(`${peer.origin}/panel/answers`, { body: row.answer, schema: panelTaken, timeoutMs });
    return { taken: true };
  } catch (error) {
    // Somebody of this name had part in it over there: a colleague here can still answer.
    if (error instanceof Refusal && ['own_decision', 'same_decider'].includes(error.code))
      await parts.panel.openAgain(request);
    throw error;
  }
}
