/**
 * What travels between organisations before they share anything. An invitation is public: the plan, whom it is
 * for, and until when. A card goes back to the conductor: the keys that the organisation made, to compare with
 * what answers at its addresses, and its tokens for the ceremony, which open that and nothing else.
 * Must never: carry an operator's token.
 */
import { readFileSync } from 'node:fs';
import { ConfigRefused, token } from '@answerable/kit/config';
import * as wire from '@answerable/protocol/wire';
import { z } from 'zod';
import { faultsOf, networkPlan, type Organisation, planHash, roleNames } from './plan.ts';

export const invitation = z.strictObject({
  v: z.literal(1),
  id: wire.id,
  /** the last day on which it can be taken up, and a ceremony be held by it */
  until: wire.day,
  /** the name of the organisation that is invited */
  for: wire.name,
  plan: networkPlan,
});
export type Invitation = z.infer<typeof invitation>;

export const card = z.strictObject({
  v: z.literal(1),
  /** the fingerprint of the plan that was taken up */
  plan: wire.hash,
  organisation: wire.name,
  /** ed25519 keys by role */
  keys: z.partialRecord(z.enum(roleNames), wire.verifyingKey),
  ceremony: z.strictObject({ keeper: token.optional(), guardian: token.optional() }),
});
export type Card = z.infer<typeof card>;

export const fingerprintOf = ({ id, until, plan }: Invitation): string => planHash({ id, until, plan });

/** Whom an invitation is for. Throws ConfigRefused with a sentence: not usable, over, or for nobody in it. */
export function readInvitation(path: string, today: string): Invitation {
  const read = readShape(path, invitation);
  refuseFaults(read);
  if (read.until < today)
    throw new ConfigRefused(`The invitation was good until ${read.until}. Ask for a new one.`);
  organisationOf(read);
  return read;
}

export function organisationOf({ plan, for: name }: Pick<Invitation, 'plan' | 'for'>): Organisation {
  const found = plan.organisations.find((one) => one.name === name);
  if (!found) throw new ConfigRefused('The invitation is for an organisation that is not in its plan.');
  return found;
}

/** Throws ConfigRefused with all that is wrong. */
export function refuseFaults({ plan }: Pick<Invitation, 'plan'>): void {
  const faults = faultsOf(plan);
  if (faults.length > 0) throw new ConfigRefused(faults.join(' '));
}

/** A JSON file of this shape. Throws ConfigRefused naming fields, never values. */
export function readShape<T>(path: string, shape: z.ZodType<T>): T {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    throw new ConfigRefused(`${path} cannot be read, or is not JSON.`);
  }
  const result = shape.safeParse(value);
  if (result.success) return result.data;
  const fields = result.error.issues.map(({ path: at }) => at.join('.') || '(whole)');
  throw new ConfigRefused(
    `${path}: missing or not of the expected shape: ${[...new Set(fields)].join(', ')}.`,
  );
}
