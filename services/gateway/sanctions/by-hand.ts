/**
 * Sanctions by hand, for an admin who has a case and a reason: the desk is where cases are decided, this is for the
 * day on which it is away. From the console and from /admin alike: decide → record who wants it and why, in the
 * console's record → record the sanction → tell the holder and the platform.
 * Must never: put an account into the console's record, or answer how many accounts a sanction holds.
 */
import { randomBytes } from 'node:crypto';
import { dayOf } from '@answerable/kit/clock';
import { checkShape } from '@answerable/kit/read-json';
import { Refusal } from '@answerable/protocol/refusal';
import { ladder, type SanctionRequest } from '@answerable/protocol/report/sanction';
import * as wire from '@answerable/protocol/wire';
import { z } from 'zod';
import { recordAlone } from '../console/record.ts';
import type { GatewayParts } from '../parts.ts';
import { requireOrder } from './impose-sanction.ts';
import { derivedId } from './queue-tellings.ts';

/** Whoever waits for the answer is a person at a console; a platform that hangs is not waited for. */
const tellMsMax = 1_500;
const idBytes = 16;
const reasonCharsMin = 10;
const reasonCharsMax = 2_000;
const titleCharsMax = 200;

/** Read by the holder, word for word. */
export const reasonByHand = z.string().trim().min(reasonCharsMin).max(reasonCharsMax);

export const wishFields = {
  platform: wire.name,
  /** the account's name there, or its `sub` */
  handle: z.string().trim().min(1).max(60),
  caseId: wire.id,
  holds: z.enum(['person', 'account']),
  step: z.enum(ladder),
  /** day on which a suspension or restriction ends, or on which a bar is looked at again; null for a warning only */
  until: wire.day.nullable(),
  /** at once if this is not said */
  from: wire.day.optional(),
  reason: reasonByHand,
};
export const wishShape = z
  .strictObject(wishFields)
  .refine(({ step, until }) => (step === 'warn') === (until === null), { path: ['until'] });
export type Wish = z.infer<typeof wishShape>;

export const drawSanction = (): string => randomBytes(idBytes).toString('base64url');

/** What would be recorded. Refuses what the policy does not have, `account_unknown`, and `malformed` for days that do not fit. */
export async function requestOfWish(
  parts: GatewayParts,
  sanction: string,
  wish: Wish,
): Promise<SanctionRequest> {
  const { platform, handle, caseId, holds, step, until, from } = wish;
  const now = parts.clock.now();
  if (until !== null && until <= dayOf(now)) throw new Refusal('malformed', 'until');
  if (from !== undefined && from <= dayOf(now)) throw new Refusal('malformed', 'from');
  const found = await parts.console.db
    .selectFrom('account')
    .select('sub')
    .where('platform', '=', platform)
    .where((is) => is.or([is('handle', '=', handle), is('sub', '=', handle)]))
    .executeTakeFirst();
  if (!found) throw new Refusal('account_unknown');
  const begins = from === undefined ? {} : { from };
  const request = { sanction, caseId, sub: found.sub, holds, step, until, ...begins };
  requireOrder(request);
  await parts.sanctions.store.requireAllowed(request, now);
  return request;
}

export async function imposeByHand(
  parts: GatewayParts,
  who: string,
  sanction: string,
  wish: Wish,
): Promise<void> {
  const { console: own, clock, cases, sanctions, events, config } = parts;
  const request = await requestOfWish(parts, sanction, wish);
  const { handle: _, from, ...said } = wish;
  const now = clock.now();
  await recordAlone(own.db, now, who, {
    kind: 'sanction-by-hand',
    sanction,
    ...said,
    ...(from === undefined ? {} : { from }),
  });
  // From here on it is on the record who wanted it, whatever becomes of the rest.
  const held = await sanctions.store.impose(request, now);
  events.sanctioned(request.step);
  const { sub, holds, caseId } = request;
  const { title } = config.platforms.find(({ name }) => name === wish.platform)!.policy;
  const begins = from === undefined ? '' : `\n\nIt begins on ${from}.`;
  const item = {
    kind: 'statement' as const,
    caseId,
    day: dayOf(now),
    title: `A decision about your account at ${title}`.slice(0, titleCharsMax),
    body: `${wish.reason}${begins}`,
  };
  await cases.writeInbox({ message: sanction, sub, holds, item });
  await sanctions.teller.settle(held, tellMsMax).catch(() => {});
}

/** The person's other sanctions stand as they did. Refuses `not_found`. */
export async function liftByHand(
  parts: GatewayParts,
  who: string,
  number: string | undefined,
  reason: string,
): Promise<void> {
  const { console: own, clock, cases, sanctions } = parts;
  const sanction = checkShape(number, wire.id);
  const row = await sanctions.store.row(sanction);
  if (!row) throw new Refusal('not_found');
  const now = clock.now();
  await recordAlone(own.db, now, who, { kind: 'sanction-lifted', sanction, reason });
  const held = await sanctions.store.lift(sanction, now);
  const { sub, holds, case_id: caseId } = row;
  const title = 'A decision about your account was taken back';
  const item = { kind: 'notice' as const, caseId, day: dayOf(now), title, body: reason };
  const message = derivedId(`${sanction}/lifted`);
  // An account that is gone has nobody who would read it.
  await cases.writeInbox({ message, sub, holds, item }).catch(passOver('account_unknown'));
  await sanctions.teller.settle(held, tellMsMax).catch(() => {});
}

const passOver = (code: Refusal['code']) => (error: unknown) => {
  if (!(error instanceof Refusal) || error.code !== code) throw error;
};
