/**
 * What a platform asks of the people it takes in, in its own words (PROTOCOL §4, spec/platform-policy.md): by
 * room and act, for whom, how many accounts, on which grounds, what follows what, and for how long things are
 * kept. Pure data. It travels in every request and lies in every admission record, so it is small.
 */
import { utf8 } from '@answerable/core/bytes';
import { DISCLOSABLE } from '@answerable/core/presentation/schema';
import { z } from 'zod';
import { hashOf } from './canonical.ts';
import { messageLabels } from './labels.ts';
import { type ForWhom, forWhom } from './platform/where.ts';
import { ladder } from './report/sanction.ts';
import * as wire from './wire.ts';

/** Of the policy as JSON: a request with it must fit into the address that takes it to the wallet. */
const policyBytesMax = 6_000;
const roomsMax = 20;

/** `reply`: to somebody one does not know. What a room does not name cannot be done in it. */
export const acts = ['read', 'post', 'reply', 'message', 'upload'] as const;
export type Act = (typeof acts)[number];
/** What an act asks of who does it, least first. */
export const standings = ['open', 'answerable', 'named'] as const;
export type StandingNeeded = (typeof standings)[number];

const room = z
  .strictObject({
    id: wire.name,
    title: wire.text(80).min(1),
    acts: z.partialRecord(z.enum(acts), z.enum(standings)),
  })
  .refine((one) => Object.keys(one.acts).length > 0, { path: ['acts'], message: 'at least one act' })
  .refine(
    ({ acts: { read, ...others } }) => !read || Object.values(others).every((act) => rank(act) >= rank(read)),
    {
      path: ['acts', 'read'],
      message: 'reading never asks for more than taking part',
    },
  );
export type Room = z.infer<typeof room>;
const asksForName = ({ acts: asked }: Room): boolean => Object.values(asked).includes('named');

const step = z
  .strictObject({
    step: z.enum(ladder),
    /** The longest a suspension or restriction lasts, and when a bar is looked at again at the latest, in days. */
    daysMax: z.int().min(1).max(3650).nullable(),
  })
  .refine((one) => (one.step === 'warn') === (one.daysMax === null), {
    path: ['daysMax'],
    message: 'a number of days, and null for a warning',
  });

export const clocks = z.strictObject({
  /** From a report to a decision. */
  decideHours: z.int().min(1).max(720),
  /** Reports of intimate images: 48 by law. */
  intimateImageHours: z.int().min(1).max(48),
  /** How long a decision can be appealed against, and how soon the appeal is answered. */
  appealDays: z.int().min(14).max(730),
  appealAnswerDays: z.int().min(1).max(90),
});
export type PolicyClocks = z.infer<typeof clocks>;

/** What becomes of an account from before the gateway that nobody attached to a person in time. */
export const afterClaim = ['stays-open', 'read-only', 'locked'] as const;
export type AfterClaim = (typeof afterClaim)[number];

export const platformPolicy = z
  .strictObject({
    v: z.literal(1),
    platform: wire.name,
    title: wire.text(80),
    /** Counts up with each change; 1 begins. With it go the hash of the one before, and the day it binds from. */
    serial: z.int().min(1).max(10_000).optional(),
    previous: wire.hash.nullable().optional(),
    effective: wire.day.optional(),
    /** k: how many accounts one person may have here. */
    accountsMax: z.int().min(1).max(8),
    disclose: z.array(z.enum(DISCLOSABLE)).max(DISCLOSABLE.length),
    /** Grounds of the trust policy on which an account taken in under this policy can be opened. */
    grounds: z.array(wire.name).max(20),
    /** A platform's terms say that a sanction on the whole person shows which accounts are one. */
    sanctionsHoldThePerson: z.boolean(),
    resetNeedsModerator: z.boolean(),
    /** The platform insists on an e-mail address: the gateway makes one for each account, on its own domain. */
    relayAddress: z.boolean().optional(),
    /**
     * Whether people for whom a referee vouched are taken in like all others. A platform that does not says so
     * here, where everybody reads it; only with one of the two said does it see `assurance` at all.
     */
    vouched: z.enum(['accepted', 'refused']).optional(),
    /** Without rooms: open to read, answerable for everything else. */
    rooms: z.array(room).min(1).max(roomsMax).optional(),
    /** Without it: everybody. Elsewhere, where the rule is for the United Kingdom, every act is open. */
    forWhom: forWhom.optional(),
    /** The steps that this platform takes, mildest first; without it all four. */
    ladder: z.array(step).min(1).max(ladder.length).optional(),
    clocks: clocks.optional(),
    /** How long what holds a closed account is kept; without it 365 days. */
    retention: z.strictObject({ closedDays: z.int().min(0).max(3650) }).optional(),
    /** Accounts from before the gateway: until the end of which day they attach to a person, and what afterwards. */
    claim: z.strictObject({ until: wire.day, afterwards: z.enum(afterClaim) }).optional(),
  })
  .refine(({ vouched, disclose }) => (vouched !== undefined) === disclose.includes('assurance'), {
    path: ['vouched'],
    message: 'said if and only if assurance is disclosed',
  })
  .refine(({ rooms, disclose }) => disclose.includes('name') || !rooms?.some(asksForName), {
    path: ['rooms'],
    message: 'an act needs a name, so name has to be disclosed',
  })
  .refine(({ grounds }) => areDistinct(grounds), { path: ['grounds'], message: 'each once' })
  .refine(
    ({ serial, previous, effective }) =>
      (serial === undefined) === (previous === undefined) &&
      (serial === undefined) === (effective === undefined),
    {
      path: ['serial'],
      message: 'said together with previous and effective, or none of the three',
    },
  )
  .refine(({ serial, previous }) => serial === undefined || (serial === 1) === (previous === null), {
    path: ['previous'],
    message: 'null for serial 1, and the hash of the one before for every other',
  })
  .refine(({ rooms }) => areDistinct((rooms ?? []).map(({ id }) => id)), {
    path: ['rooms'],
    message: 'each room once',
  })
  .refine(({ forWhom: whom, disclose }) => !looksAtResidence(whom) || disclose.includes('residence'), {
    path: ['forWhom'],
    message: 'a table that looks at residence needs residence disclosed',
  })
  .refine((policy) => isClimbing((policy.ladder ?? []).map(({ step }) => ladder.indexOf(step))), {
    path: ['ladder'],
    message: 'each step once, mildest first',
  })
  .refine(({ claim, effective }) => !claim || !effective || claim.until > effective, {
    path: ['claim', 'until'],
    message: 'later than the day from which the policy binds',
  })
  .refine((policy) => utf8(JSON.stringify(policy)).length <= policyBytesMax, {
    message: `at most ${policyBytesMax} bytes`,
  });
export type PlatformPolicy = z.infer<typeof platformPolicy>;
export const platformPolicyHash = (policy: PlatformPolicy): string =>
  hashOf(messageLabels.platformPolicyHash, policy);

const rank = (standing: StandingNeeded): number => standings.indexOf(standing);
const areDistinct = (values: readonly string[]): boolean => new Set(values).size === values.length;
const isClimbing = (ranks: readonly number[]): boolean =>
  ranks.every((one, i) => i === 0 || one > ranks[i - 1]!);
const looksAtResidence = (whom: ForWhom | undefined): boolean =>
  typeof whom === 'object' && whom.signs.some(({ sign }) => sign === 'residence');
