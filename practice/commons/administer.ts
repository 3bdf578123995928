/** The three switches, and the moderator's approval of accounts that come after a reset. For the admin token. */
import { readJson } from '@answerable/kit/read-json';
import { Refusal } from '@answerable/protocol/refusal';
import type { Context } from 'hono';
import { z } from 'zod';
import type { ForumParts } from './parts.ts';
import { rules } from './policy.ts';

const settingsShape = z.strictObject({
  rule: z.enum(rules).optional(),
  forUk: z.boolean().optional(),
  geography: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .nullable()
    .optional(),
});

/** POST /admin/settings → the settings as they are now. */
export function changeSettings({ store }: ForumParts) {
  return async (c: Context) => {
    const { rule, forUk, geography } = await readJson(c, settingsShape);
    await store.changeSettings({
      ...(rule === undefined ? {} : { rule }),
      ...(forUk === undefined ? {} : { forUk }),
      ...(geography === undefined ? {} : { geography }),
    });
    return c.json(await store.settings());
  };
}

/** POST /admin/approvals */
export function approve({ store }: ForumParts) {
  return async (c: Context) => {
    const { handle } = await readJson(c, z.strictObject({ handle: z.string().max(30) }));
    if (!(await store.approve(handle))) throw new Refusal('account_unknown');
    return c.json({ ok: true });
  };
}
