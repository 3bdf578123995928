/**
 * Successors of the trust policy that this party has seen in the log and vouched for, whether or not their file is
 * in place here yet: in a file beside its keys, so that a restart forgets none of them.
 * Must never: hold two texts of one serial.
 */
import { join } from 'node:path';
import { type TrustPolicy, trustPolicy } from '@answerable/protocol/trust-policy';
import { z } from 'zod';
import { readJsonFile, writeJsonFile } from './durable-json.ts';

const policies = z.array(trustPolicy);

export interface AnnouncedPolicies {
  list(): readonly TrustPolicy[];
  /** On the disk when this returns. */
  add(policy: TrustPolicy): void;
}

export function announcedPolicies(keysDir: string): AnnouncedPolicies {
  const path = join(keysDir, 'announced-policies.json');
  const list = () => policies.parse(readJsonFile(path) ?? []);
  return {
    list,
    add(policy) {
      const before = list();
      if (before.some(({ serial }) => serial === policy.serial))
        throw new Error('bug: a second text of one serial');
      writeJsonFile(path, [...before, policy]);
    },
  };
}
