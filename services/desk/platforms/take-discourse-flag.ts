/**
 * POST /platforms/discourse: Discourse's webhook for reviewables, signed with the secret of the webhook
 * (X-Discourse-Event-Signature). It names the post; what stands there the connector fetches.
 */
import { foreignLocator } from '@answerable/connector/foreign-name';
import { isHubSignature } from '@answerable/connector/webhook-signature';
import { checkShape } from '@answerable/kit/read-json';
import { Refusal } from '@answerable/protocol/refusal';
import type { Context } from 'hono';
import { z } from 'zod';
import type { DeskParts } from '../parts.ts';
import { jsonOf } from './json-of.ts';
import { reasonsFrom } from './reason-table.ts';
import { recordForeign, unseen } from './record-foreign.ts';

const bodyCharsMax = 1_000_000;

const reviewable = z.object({
  reviewable: z.object({
    id: z.int().min(1),
    type: z.string().max(100),
    post_id: z.int().min(1).nullish(),
    target_url: z.string().max(2_000).nullish(),
    reviewable_scores: z
      .array(z.object({ score_type: z.object({ id: z.int() }).nullish() }))
      .max(200)
      .catch([]),
  }),
});

export function takeDiscourseFlag(parts: DeskParts, secret: string) {
  const { config, clock, platform, platformStore } = parts;
  const { name, origin } = config.platform;
  return async (c: Context) => {
    const body = await c.req.text();
    if (!isHubSignature(c.req.header('x-discourse-event-signature'), secret, body))
      throw new Refusal('signature_refused');
    if (c.req.header('x-discourse-event') !== 'reviewable_created') return c.json({ taken: false });
    const { reviewable: flag } = checkShape(jsonOf(body, bodyCharsMax), reviewable);
    // Users to approve and queued posts are reviewables too; a flag is about a post that stands there.
    if (flag.type !== 'ReviewableFlaggedPost') return c.json({ taken: false });
    const locator = flag.post_id
      ? await postLocator(String(flag.post_id))
      : await platform.locate(flag.target_url ?? '', 'post');
    if (!locator) throw new Refusal('malformed', 'reviewable.post_id');
    await recordForeign(parts, {
      id: `discourse/${flag.id}`,
      seen: false,
      items: [unseen(name, locator, clock.now().toISOString())],
      reasons: reasonsFrom(
        'discourse',
        flag.reviewable_scores.map((one) => String(one.score_type?.id ?? '')),
      ),
      statement: '',
    });
    return c.json({ taken: true });
  };

  async function postLocator(id: string): Promise<string> {
    const locator = foreignLocator('post', name, id);
    await platformStore.memory.keepNames([
      { locator, platform: name, address: id, url: `${origin}/p/${id}` },
    ]);
    return locator;
  }
}
