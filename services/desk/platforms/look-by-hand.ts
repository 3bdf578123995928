/**
 * POST /cases/:caseId/looks: on a platform without a connector a moderator goes and looks, and says whose it is
 * and what stands there. What they say counts as shown by the platform, because nothing else can show it; who
 * looked stands in the case. The account's name is kept beside the case, as every foreign name is.
 */
import { foreignSub } from '@answerable/connector/foreign-name';
import { checkShape, readForm, readJson } from '@answerable/kit/read-json';
import { Refusal } from '@answerable/protocol/refusal';
import type { ItemSnapshot } from '@answerable/protocol/report/report';
import * as wire from '@answerable/protocol/wire';
import type { Context } from 'hono';
import { z } from 'zod';
import { locator } from '../casework/decision.ts';
import { human, rule, theDesk } from '../casework/event.ts';
import { itemOf } from '../casework/state.ts';
import { refusalPage } from '../console/refusal-page.tsx';
import { actorFor, wantsJson } from '../deciding/staff-verb.ts';
import type { DeskParts } from '../parts.ts';
import { requireTheirs } from '../people/queue-access.ts';
import { storable } from '../storable.ts';
import { keepItem } from '../store.ts';

export const accountCharsMax = 200;
export const textCharsMax = 10_000;

const look = z.object({
  target: locator,
  /** as the platform calls the account; empty where nobody is behind it */
  account: z
    .string()
    .max(accountCharsMax)
    .transform((text) => text.trim()),
  text: wire.text(textCharsMax).refine((text) => text.trim() !== ''),
});

export const lookByHand = (parts: DeskParts) => async (c: Context) => {
  const { config, casebook, platformStore, signIn, store } = parts;
  const back = `/cases/${c.req.param('caseId') ?? ''}`;
  try {
    const { staff } = signIn.session(c);
    if (config.platform.kind !== 'by-hand') throw new Refusal('forbidden');
    const caseId = checkShape(c.req.param('caseId'), wire.id);
    const { target, account, text } = storable(await (wantsJson(c) ? readJson(c, look) : readForm(c, look)));
    const known = itemOf((await store.state(caseId)) ?? refuse(), target) ?? refuse();
    const author = account === '' ? null : foreignSub(config.platform.name, account.toLowerCase());
    const platform = config.platform.name;
    const snapshot: ItemSnapshot = {
      platform,
      kind: known.kind,
      locator: target,
      author,
      text,
      language: 'und',
      posted: known.posted,
    };
    if (author)
      await platformStore.memory.keepNames([
        { locator: `account/${author}`, platform, address: account, url: null },
      ]);
    const actor = actorFor(staff, 'noted');
    await store.transaction(async (trx) => {
      const item = await keepItem(trx, snapshot, 'platform');
      await casebook.actWithin(trx, caseId, (now) => {
        requireTheirs(staff, now);
        return [
          { actor: theDesk, tool: rule('by-hand'), body: { kind: 'item-seen', item } },
          { actor, tool: human, body: { kind: 'noted', note: `Looked at ${target} on the platform.` } },
        ];
      });
    });
    return wantsJson(c) ? c.json({ seen: target }) : c.redirect(back, 303);
  } catch (error) {
    if (wantsJson(c) || !(error instanceof Refusal)) throw error;
    return refusalPage(c, parts.config, error, back);
  }
};

const refuse = (): never => {
  throw new Refusal('case_unknown');
};
