/**
 * What a wallet does by itself (PROTOCOL §3.8, §10): fetch the credential of the new epoch, and look in every few
 * days. Both at times drawn at random and kept in the sealed state, so that neither says when somebody opened
 * their wallet or signed up somewhere. A missed one is made up for later; it never bars anybody.
 */

import { fromBase64url } from '@answerable/core/bytes';
import { randomBytes } from '@answerable/core/rng';
import { type LookInResponse, lookInResponse } from '@answerable/protocol/enrolment/record-life';
import { Refusal } from '@answerable/protocol/refusal';
import { verifyingKeyOf } from '@answerable/protocol/signed';
import { epochAt, type TrustPolicy } from '@answerable/protocol/trust-policy';
import { isRemoved, registerDevice } from './devices.ts';
import { credentialOf } from './holding.ts';
import { stateOf, type WalletParts } from './parts.ts';
import { callRecord } from './record-call.ts';
import { renewCredential } from './renew-credential.ts';
import type { Holding, Seen } from './state.ts';
import { countTries } from './watch-words.ts';

const msPerDay = 86_400_000;
/** A device that is open now and then hears within three days of an end, a reset or its removal. */
const lookInMsMax = 3 * msPerDay;
/** When the old credential is not taken any more, there is less time to spread over. */
const lateMsMax = msPerDay;
const dayChars = 10;

export interface Errands {
  /** When the next errand is due, in milliseconds since 1970; undefined without a credential. */
  due: number | undefined;
  /** Another device of the person removed this one: everything here is gone. */
  removed: boolean;
}

/** Draws what is to be drawn, and says when the next errand is due. */
export async function planErrands(parts: WalletParts): Promise<Errands> {
  const state = await stateOf(parts);
  if (!state.holding) return { due: undefined, removed: false };
  const errands = drawn(parts, state.holding);
  const { renewal, lookIn } = state.holding.errands ?? {};
  if (renewal?.epoch !== errands.renewal?.epoch || lookIn !== errands.lookIn)
    await parts.store.save({ ...state, holding: { ...state.holding, errands } });
  return { due: Math.min(errands.lookIn, errands.renewal?.at ?? errands.lookIn), removed: false };
}

/** Does what is due. A party that does not answer leaves it due; the next time it is tried again. */
export async function doErrands(parts: WalletParts): Promise<Errands> {
  await planErrands(parts);
  const now = parts.clock.now().getTime();
  const { holding } = await stateOf(parts);
  const { renewal, lookIn } = holding?.errands ?? {};
  if (renewal && renewal.at <= now) await renewHere(parts).catch(orLater);
  if (lookIn !== undefined && lookIn <= now) {
    const seen = await lookInNow(parts).catch(orLater);
    if (seen === 'removed') return { due: undefined, removed: true };
  }
  return planErrands(parts);
}

/**
 * The credential of the current epoch, for this device. A refusal that it was removed is looked into: only the
 * proof that another device of the person left there counts.
 */
export async function renewHere(parts: WalletParts): Promise<void> {
  await registerDevice(parts);
  try {
    await renewCredential(parts);
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== 'device_removed') throw error;
    if ((await lookInNow(parts)) === 'removed') throw error;
    const { holding } = await stateOf(parts);
    if (holding?.device) await keep(parts, { device: { ...holding.device, registered: false } });
    await registerDevice(parts);
    await renewCredential(parts);
  }
}

/**
 * Looks in at once, registers this device if it is not yet, and keeps what was seen. `removed`: who knows the
 * secret removed this device, so everything here was wiped.
 */
export async function lookInNow(parts: WalletParts): Promise<Seen | 'removed'> {
  const { holding } = await stateOf(parts);
  if (!holding) throw new Refusal('person_unknown');
  const device = holding.device && verifyingKeyOf(fromBase64url(holding.device.key));
  const call = { act: 'look-in' as const, ...(device === undefined ? {} : { device }) };
  const answer = await callRecord(parts, '/record/look-in', call, lookInResponse);
  if (isRemoved(parts, holding, answer.removal)) {
    const day = parts.clock.now().toISOString().slice(0, dayChars);
    await parts.store.save({ v: 1, farewell: { why: 'removed', day } });
    return 'removed';
  }
  const seen = seenIn(answer);
  const errands = { ...holding.errands, lookIn: parts.clock.now().getTime() + below(lookInMsMax) };
  await keep(parts, { seen, errands });
  if (seen.standing !== 'ended') await registerDevice(parts).catch(orLater);
  await countTries(parts, seen.words).catch(orLater);
  return seen;
}

function drawn(
  { policy, clock }: WalletParts,
  holding: Holding,
): NonNullable<Holding['errands']> & { lookIn: number } {
  const now = clock.now().getTime();
  const epoch = epochAt(policy, now);
  const lookIn = holding.errands?.lookIn ?? now + below(lookInMsMax);
  if (credentialOf(holding).epoch === epoch) return { lookIn };
  const { renewal } = holding.errands ?? {};
  if (renewal?.epoch === epoch) return { lookIn, renewal };
  return { lookIn, renewal: { epoch, at: now + below(spreadMs(policy, epoch, now)) } };
}

/**
 * Over what is left of the days of grace, while the old credential still serves: so no sign-up ever has to fetch
 * one at its own moment. After them, over a day at most (DIVERGENCES D16).
 */
function spreadMs({ epochSeconds, graceSeconds }: TrustPolicy, epoch: number, now: number): number {
  const start = epoch * epochSeconds * 1000;
  const graceLeft = start + graceSeconds * 1000 - now;
  return graceLeft > 0 ? graceLeft : Math.min(lateMsMax, start + epochSeconds * 1000 - now);
}

function seenIn({ removal: _, ...seen }: LookInResponse): Seen {
  return seen;
}

async function keep(parts: WalletParts, what: Pick<Holding, 'seen' | 'errands' | 'device'>): Promise<void> {
  const state = await stateOf(parts);
  if (state.holding) await parts.store.save({ ...state, holding: { ...state.holding, ...what } });
}

function orLater(error: unknown): undefined {
  if (!(error instanceof Refusal)) throw error;
}

/** A random whole number below `max`. */
function below(max: number): number {
  const [a, b, c, d] = randomBytes(4) as unknown as [number, number, number, number];
  return Math.floor(((a * 2 ** 24 + b * 2 ** 16 + c * 2 ** 8 + d) / 2 ** 32) * max);
}
