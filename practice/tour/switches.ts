/**
 * The three rules that Commons can live under, and whom they are for. The tour asks Commons for its settings
 * and changes them as its administrator would; Commons decides what they mean.
 */
import { callJson } from '@answerable/kit/http-client';
import type { Network } from '@answerable/practice-constellation/network';
import { z } from 'zod';

export const rules = {
  'no-rule': { title: 'No rule', says: 'Anybody signs up, nobody answers for anything.' },
  ban: { title: 'The ban', says: 'Everybody gives their name, and the forum keeps it.' },
  answerable: {
    title: 'Answerable',
    says: 'Nobody gives their name, and everybody answers for what they do.',
  },
} as const;
export type Rule = keyof typeof rules;

export const settingsShape = z.object({
  rule: z.enum(Object.keys(rules) as [Rule, ...Rule[]]),
  /** whether the rule is for people in the UK only */
  forUk: z.boolean(),
});
export type Settings = z.infer<typeof settingsShape>;

const commons = ({ roles }: Network) => roles.commons.origin;

/** Undefined while Commons does not answer. */
export async function readSettings(network: Network): Promise<Settings | undefined> {
  return callJson(`${commons(network)}/settings`, { schema: settingsShape }).catch(() => undefined);
}

/** The settings as they are then. Throws Refusal `unavailable` or what Commons refuses with. */
export async function changeSettings(network: Network, change: Partial<Settings>): Promise<Settings> {
  return callJson(`${commons(network)}/admin/settings`, {
    body: change,
    headers: { authorization: `Bearer ${network.tokens.platformAdmin}` },
    schema: settingsShape,
  });
}
