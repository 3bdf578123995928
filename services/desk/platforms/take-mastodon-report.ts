/**
 * POST /platforms/mastodon: Mastodon's webhook `report.created`, signed with the secret that Mastodon shows when
 * the webhook is made (X-Hub-Signature). It carries the posts, so they count as seen. Who reported is in it and
 * is not read.
 */
import { foreignLocator, foreignSub } from '@answerable/connector/foreign-name';
import {
  mastodonAccount,
  mastodonStatus,
  snapshotOfAccount,
  snapshotOfStatus,
} from '@answerable/connector/mastodon-shapes';
import { isHubSignature } from '@answerable/connector/webhook-signature';
import { checkShape } from '@answerable/kit/read-json';
import { Refusal } from '@answerable/protocol/refusal';
import type { Context } from 'hono';
import { z } from 'zod';
import type { DeskParts } from '../parts.ts';
import { jsonOf } from './json-of.ts';
import { reasonsFrom } from './reason-table.ts';
import { recordForeign } from './record-foreign.ts';

const bodyCharsMax = 1_000_000;
const postsMax = 100;

const otherEvent = z.object({ event: z.string().max(100) });
const reportCreated = z.object({
  object: z.object({
    id: z.string().regex(/^\d{1,32}$/),
    category: z.string().max(40),
    comment: z.string().max(20_000),
    target_account: z.object({ account: mastodonAccount }),
    statuses: z.array(mastodonStatus).max(postsMax),
    rules: z
      .array(z.object({ text: z.string().max(2_000) }))
      .max(50)
      .catch([]),
  }),
});

export function takeMastodonReport(parts: DeskParts, secret: string) {
  const { config, platformStore } = parts;
  const platform = config.platform.name;
  return async (c: Context) => {
    const body = await c.req.text();
    if (!isHubSignature(c.req.header('x-hub-signature'), secret, body))
      throw new Refusal('signature_refused');
    const value = jsonOf(body, bodyCharsMax);
    // Mastodon can be told to send other events to this address too; they are taken and nothing is done.
    if (checkShape(value, otherEvent).event !== 'report.created') return c.json({ taken: false });
    const { object } = checkShape(value, reportCreated);
    const target = object.target_account.account;
    const account = `account/${foreignSub(platform, target.id)}`;
    const posts = object.statuses.map((one) => {
      const locator = foreignLocator('post', platform, one.id);
      return {
        name: { locator, platform, address: one.id, url: one.url ?? null },
        item: snapshotOfStatus(platform, locator, one),
      };
    });
    const names = [
      { locator: account, platform, address: target.id, url: target.url },
      ...posts.map((one) => one.name),
    ];
    await platformStore.memory.keepNames(names);
    // A report without posts is about the account itself.
    const items =
      posts.length > 0 ? posts.map((one) => one.item) : [snapshotOfAccount(platform, account, target)];
    const rules = object.rules.map((rule) => `Rule: ${rule.text}`);
    await recordForeign(parts, {
      id: `mastodon/${object.id}`,
      seen: true,
      items,
      reasons: reasonsFrom('mastodon', [object.category]),
      statement: [object.comment, ...rules].filter(Boolean).join('\n'),
    });
    return c.json({ taken: true });
  };
}
