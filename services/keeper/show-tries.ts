/**
 * POST /recall/tries: to who has the refill key of the words in force, how often words were tried for this record
 * and when somebody came back with them. Only a device that has S can ask, and nobody is told of others' records.
 */
import { after, type Clock, dayOf } from '@answerable/kit/clock';
import type { PolicySource } from '@answerable/kit/policy-source';
import { readJson } from '@answerable/kit/read-json';
import { type RecallTriesResponse, recallTriesRequest } from '@answerable/protocol/enrolment/recall';
import { messageLabels } from '@answerable/protocol/labels';
import { Refusal } from '@answerable/protocol/refusal';
import { openSigned } from '@answerable/protocol/signed';
import type { Context } from 'hono';
import type { KeeperConfig } from './config.ts';
import { triesLeft } from './policy.ts';
import type { KeeperStore } from './store.ts';

/** How far a wallet's clock may be off, in days: a question that was overheard is soon worth nothing. */
const clockSkewDaysMax = 1;

interface Needs {
  config: Pick<KeeperConfig, 'name'>;
  policies: PolicySource;
  store: KeeperStore;
  clock: Clock;
}

export function showTries({ config, policies, store, clock }: Needs) {
  return async (c: Context) => {
    const body = await readJson(c, recallTriesRequest);
    const now = clock.now();
    const seen = await store.triesSeen(body.message.recallId, dayOf(now));
    if (!seen) throw new Refusal('recall_missing');
    const asked = openSigned(seen.refillKey, messageLabels.recallTries, body);
    if (asked.keeper !== config.name) throw new Refusal('signature_refused');
    const days = { days: clockSkewDaysMax };
    const tooOld = asked.day < dayOf(after(now, { days: -clockSkewDaysMax }));
    if (tooOld || asked.day > dayOf(after(now, days))) throw new Refusal('nonce_expired');

    const { budget, since, history } = seen;
    const reply: RecallTriesResponse = {
      tries: budget.tries,
      since,
      ...triesLeft(policies.current().limits, budget),
      triesEver: history?.tries ?? 0,
      lastTry: history?.last_try ?? null,
      returnsEver: history?.returns ?? 0,
      lastReturn: history?.last_return ?? null,
    };
    return c.json(reply);
  };
}
