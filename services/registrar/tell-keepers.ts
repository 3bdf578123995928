/**
 * registrar → keepers, about recall: keys of a version, who may ask, and from when a version is in force.
 * Every message is signed; a keeper that does not answer is asked again by keep-told.ts.
 */

import { callJson } from '@answerable/kit/http-client';
import type { PolicySource } from '@answerable/kit/policy-source';
import { recallKeyResponse, type refillKeyRequest } from '@answerable/protocol/enrolment/recall';
import { messageLabels } from '@answerable/protocol/labels';
import { Refusal } from '@answerable/protocol/refusal';
import { signMessage } from '@answerable/protocol/signed';
import type { KeeperParty, TrustPolicy } from '@answerable/protocol/trust-policy';
import { z } from 'zod';
import type { RegistrarKeys } from './keys.ts';

const keeperTimeoutMs = 5_000;
/** As many evidence accounts as a keeper takes in one message. */
const subjectsMax = 20;
const accepted = z.object({ ok: z.literal(true) });

type InForce = z.infer<typeof refillKeyRequest>['message'];

export interface TellKeepers {
  /** Opens a version at every keeper, for the wallet with `setupKey`; refuses `unavailable` if one is missing. */
  open(
    recallId: string,
    version: number,
    asked: { subjects: readonly string[]; setupKey: string },
  ): Promise<{ keeper: string; publicKey: string }[]>;
  /** Adds evidence accounts to a version's list; refuses `unavailable` with fewer than t. */
  subjects(recallId: string, version: number, subjects: readonly string[]): Promise<void>;
  /** Puts a version in force, by the word of the wallet that set it up. True if every keeper knows. */
  inForce(said: InForce): Promise<boolean>;
}

export function tellKeepers({
  policies,
  keys,
}: {
  policies: PolicySource;
  keys: RegistrarKeys;
}): TellKeepers {
  const post = <T>(keeper: KeeperParty, path: string, message: unknown, schema: z.ZodType<T>) =>
    callJson(`${keeper.origin}${path}`, {
      body: signMessage(keys.signing.seed, messageLabels.recallKey, message),
      schema,
      timeoutMs: keeperTimeoutMs,
    });
  const tell = (recallId: string, version: number, subjects: readonly string[], setupKey?: string) => {
    const message = { recallId, version, subjects: subjects.slice(-subjectsMax) };
    const full = setupKey === undefined ? message : { ...message, setupKey };
    return allOrEnough(policies.current(), async (keeper) => {
      const { publicKey } = await post(keeper, '/recall/keys', full, recallKeyResponse);
      return { keeper: keeper.name, publicKey };
    });
  };
  return {
    async open(recallId, version, { subjects, setupKey }) {
      const keepers = await tell(recallId, version, subjects, setupKey);
      // The words must be shared over all keepers, so that any t of them suffice later.
      if (keepers.length < policies.current().tags.keepers.length) throw new Refusal('unavailable');
      return keepers;
    },
    async subjects(recallId, version, subjects) {
      await tell(recallId, version, subjects);
    },
    async inForce({ recallId, version, refillKey, setupSignature }) {
      const message: InForce = { recallId, version, refillKey, setupSignature };
      const answers = await allOrEnough(policies.current(), (keeper) =>
        post(keeper, '/recall/refill-keys', message, accepted),
      );
      return answers.length === policies.current().tags.keepers.length;
    },
  };
}

async function allOrEnough<T>({ tags }: TrustPolicy, ask: (keeper: KeeperParty) => Promise<T>): Promise<T[]> {
  const answers = await Promise.allSettled(tags.keepers.map(ask));
  const good = answers.filter((answer) => answer.status === 'fulfilled').map((answer) => answer.value);
  if (good.length < tags.threshold) throw new Refusal('unavailable');
  return good;
}
