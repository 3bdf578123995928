/**
 * desk ↔ gateway, one trust domain, both ways with the token of that domain. The desk knows `sub`s; only the
 * gateway knows which are one person, and says it in a number that means nothing outside one case.
 */
import { z } from 'zod';
import { callSeal, inboxItem } from '../admission/account-call.ts';
import * as wire from '../wire.ts';

export const ladder = ['warn', 'restrict', 'suspend', 'bar'] as const;
export type LadderStep = (typeof ladder)[number];

/** POST /desk/sanctions. Idempotent by `sanction`. */
export const sanctionRequest = z.strictObject({
  sanction: wire.id,
  caseId: wire.id,
  sub: wire.sub,
  holds: z.enum(['person', 'account']),
  step: z.enum(ladder),
  /** End for suspend and restrict, review date for bar; null only for warn. */
  until: wire.day.nullable(),
  /** When it begins; at once if this is not said or is past. It ends after it begins. */
  from: z.union([wire.day, wire.instant]).optional(),
});
export type SanctionRequest = z.infer<typeof sanctionRequest>;
/** Which accounts here it acts on now: the platform's terms say that this shows which are one. */
export const sanctionResponse = z.strictObject({
  accounts: z.array(wire.sub).max(8),
  /**
   * Accounts on whose platform the gateway acts itself, through a connector of its own: the desk leaves these to
   * it. `by-hand`: it could not, and `could` says what a person does there.
   */
  acts: z
    .array(
      z.strictObject({
        sub: wire.sub,
        act: wire.id,
        state: z.enum(['done', 'waits', 'by-hand']),
        could: wire.text(300),
      }),
    )
    .max(8)
    .optional(),
});
export type SanctionResponse = z.infer<typeof sanctionResponse>;
/** POST /desk/sanctions/:sanction/lift → sanctionResponse: the earlier position is restored. */

/** GET /desk/sanctions/:sanction: what came of it. */
export const sanctionEffect = z.strictObject({
  sanction: wire.id,
  step: z.enum(ladder),
  holds: z.enum(['person', 'account']),
  state: z.enum(['scheduled', 'holds', 'over', 'lifted']),
  from: wire.instant.nullable(),
  until: wire.day.nullable(),
  /** how many sign-ins at platforms it ended */
  sessionsEnded: z.int().min(0),
  tellings: z.array(
    z.strictObject({
      sub: wire.sub,
      platform: wire.name,
      what: z.enum(['sign-out', 'suspend-account', 'restore-account', 'restrict-account', 'end-restriction']),
      state: z.enum(['done', 'waits', 'by-hand', 'needless']),
      words: wire.text(300),
    }),
  ),
});
export type SanctionEffect = z.infer<typeof sanctionEffect>;

/** POST /desk/persons: within one case, a number per person. */
export const personsRequest = z.strictObject({ caseId: wire.id, subs: z.array(wire.sub).max(500) });
export const personsResponse = z.strictObject({
  persons: z.array(z.strictObject({ sub: wire.sub, person: z.int().min(1) })),
});

/** gateway → desk, POST /holder/wishes: whom help was shown says whether to be written to, or left alone. */
export const holderWish = z.strictObject({
  caseId: wire.id,
  sub: wire.sub,
  wish: z.enum(['leave-alone', 'get-in-touch']),
});

/** POST /desk/inbox: words for the holder of an account (and, if `person`, for every account of theirs here). */
export const inboxRequest = z.strictObject({
  /** The same message twice is the same words once. */
  message: wire.id,
  sub: wire.sub,
  holds: z.enum(['person', 'account']),
  item: inboxItem,
});
export type InboxRequest = z.infer<typeof inboxRequest>;
/** How many accounts' inboxes the words went into. */
export const inboxWritten = z.strictObject({ accounts: z.int().min(0).max(8) });

/**
 * POST /desk/commitments: a typeless commitment for the log, such as that to where the desk's record ended today.
 * The same `id` twice is the same entry once.
 */
export const commitmentRequest = z.strictObject({ id: wire.id, commitment: wire.hash });
/** Its key in the log: GET /entries/by-key/:key of the logbook says where it stands. */
export const commitmentTaken = z.strictObject({ logKey: wire.id });

/** gateway → desk, POST /holder/appeals, /holder/evidence and /holder/replies: what a holder sent through the inbox. */
export const holderAppeal = z.strictObject({
  caseId: wire.id,
  sub: wire.sub,
  track: z.enum(['normal', 'journalism', 'intimate-image']),
  grounds: wire.text(4000),
});
export const holderEvidence = z.strictObject({ caseId: wire.id, sub: wire.sub, words: wire.text(4000) });
export const holderReply = z.strictObject({
  caseId: wire.id,
  sub: wire.sub,
  reply: wire.text(4000),
  /** as the holder signed it: guardians hear nobody else */
  seal: callSeal.optional(),
});
