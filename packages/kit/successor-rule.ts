/**
 * What an audit asks of the trust policies in the log, with their texts at hand: the first is the one that is
 * believed; each later one has a public text that hashes to its entry, follows the one before, and is signed by t
 * of its guardians. Pure: the texts are fetched beforehand.
 */

import type { Rule } from '@answerable/log/monitor/rules';
import { sameBytes } from '@answerable/log/verify/encoding';
import { encodeEntry } from '@answerable/log/verify/entry';
import { policyEntryOf } from '@answerable/protocol/trust-chain';
import type { TrustPolicy, TrustPolicyFile } from '@answerable/protocol/trust-policy';
import { faultsOfSignatures, faultsOfText } from '@answerable/protocol/trust-succession';

/** `texts`: successors from serial 2 on, as found; whether they hold is asked here. */
export const successorsHold = (first: TrustPolicy, texts: readonly TrustPolicyFile[]): Rule => ({
  name: 'successors of the trust policy hold',
  start: () => ({
    *see(entry, index) {
      if (entry.kind !== 'trust-policy' && entry.kind !== 'trust-policy-successor') return;
      const serial = Number(entry.serial);
      const file = texts[serial - 2];
      const policy = serial === 1 ? first : file?.policy;
      if (!policy) yield { entry: index, says: 'The text of this trust policy is nowhere to be found.' };
      else if (!sameBytes(encodeEntry(entry), encodeEntry(policyEntryOf(policy))))
        yield { entry: index, says: 'This is not the trust policy that is shown to people.' };
      const before = serial === 2 ? first : texts[serial - 3]?.policy;
      if (!file || !before) return;
      for (const { says } of [...faultsOfText(before, file.policy), ...faultsOfSignatures(before, file)])
        yield { entry: index, says: `This trust policy may not follow the one before: ${says}` };
    },
    finish: () => [],
  }),
});
