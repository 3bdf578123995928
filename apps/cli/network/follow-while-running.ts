/**
 * Whoever runs a part of a network fetches the successors of its trust policy by themselves: now and every ten
 * minutes. A log that does not answer is asked again; a policy that does not follow is said, once, and not taken.
 */
import { existsSync } from 'node:fs';
import { rounds } from '@answerable/kit/rounds';
import { takeSuccessors } from '@answerable/kit/succession';
import { Refusal } from '@answerable/protocol/refusal';

const lookSeconds = 600;

/** How to stop it. */
export function followWhileRunning(policyPath: string, say: (line: string) => void): () => Promise<void> {
  let told = false;
  const looking = rounds(lookSeconds, async () => {
    if (!existsSync(policyPath)) return;
    for (const { serial, effective } of await takeSuccessors(policyPath))
      say(`Trust policy ${serial} is here; it binds from ${effective}.`);
  });
  looking.onFailure((error) => {
    if (told || !(error instanceof Refusal) || error.code !== 'policy_mismatch') return;
    told = true;
    say('The record shows a trust policy that may not follow ours. It was not taken. Telephone the others.');
  });
  return () => looking.stop();
}
