/**
 * The code in the address under which the holder of an account reads a decision: 160 bits that follow from a
 * secret of this desk, the case, the account and a version. So the same letter told twice gives the same address,
 * and nothing that a thief of the database finds opens one: only hashes stand there.
 * A thief of the secret reads every decision, and appeals in the name of whom it is about.
 */
import { createHash, createHmac } from 'node:crypto';
import { join } from 'node:path';
import { loadOrCreateSecret } from '@answerable/kit/keys';

const secretBytes = 32;
const codeBytes = 20;

export interface DecisionCodes {
  codeFor(caseId: string, sub: string, version: number): string;
  hashOf(code: string): string;
}

export function decisionCodes(dataDir: string): DecisionCodes {
  const secret = loadOrCreateSecret(join(dataDir, 'keys', 'decisions.key'), secretBytes);
  return {
    codeFor: (caseId, sub, version) =>
      createHmac('sha256', secret)
        .update(`${caseId}/${sub}/${version}`)
        .digest()
        .subarray(0, codeBytes)
        .toString('base64url'),
    hashOf: (code) => createHash('sha256').update(code).digest('base64url'),
  };
}
