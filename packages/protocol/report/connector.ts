/**
 * desk → platform: the few acts that a decision needs, each with an undo, idempotent by `act`. A real platform
 * is reached through an adapter that turns these into its own admin API; the practice forum speaks them plainly.
 */
import { z } from 'zod';
import * as wire from '../wire.ts';
import { itemSnapshot } from './report.ts';

export const connectorActs = [
  'hide-item',
  'restore-item',
  'hold-page',
  'shut-page',
  'restore-page',
  'suspend-account',
  'restore-account',
  'restrict-account',
  'end-restriction',
  'show-help',
  'tell-account',
  'slow-replies',
  'restore-replies',
  'keep-as-memorial',
  'end-memorial',
] as const;

/** POST /moderation/acts with `authorization: Bearer <connector token>`. */
export const connectorAct = z.strictObject({
  act: wire.id,
  kind: z.enum(connectorActs),
  /** `post/…`, `page/…`, or `account/<sub>`. */
  target: z.string().max(200),
  /**
   * With a `target` that is an account from before the gateway: what the platform itself calls it. No account there
   * is known by the `target`, which only names it here.
   */
  account: z.string().min(1).max(200).optional(),
  /** Shown in place of what was hidden; with `tell-account`, the words to the account, with a link. */
  notice: wire.text(400),
});
export type ConnectorAct = z.infer<typeof connectorAct>;
export const connectorActed = z.strictObject({ done: z.boolean(), could: wire.text(200) });

/** GET /moderation/items/:kind/:id → the item as it is now. */
export const connectorItem = itemSnapshot;
/** GET /moderation/pages/:id/record → what a page said over time, warnings it had. */
export const pageRecord = z.strictObject({
  page: itemSnapshot,
  posts: z.array(itemSnapshot).max(500),
  warnings: z.array(z.strictObject({ day: wire.day, text: wire.text(400) })),
});
