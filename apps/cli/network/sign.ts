/**
 * What somebody of one organisation does to bring the first trust policy about: ask everybody, read it in plain
 * words, agree, sign with the parties that run here, and wait for the others. Then the conductor puts it on the
 * record, and the publisher the wallet. Interrupted, it is the same walk again.
 * Must never: sign what was not shown here, or hand an operator's token to another machine.
 */
import { existsSync } from 'node:fs';
import { dayOf } from '@answerable/kit/clock';
import { type Operated, step } from '@answerable/kit/hold-ceremony';
import { loadOrCreateSigningKey } from '@answerable/kit/keys';
import { submitPolicy } from '@answerable/kit/submit-policy';
import { submitRelease } from '@answerable/kit/submit-release';
import { signPolicyResponse } from '@answerable/protocol/party-identity';
import { Refusal } from '@answerable/protocol/refusal';
import { type TrustPolicy, trustPolicyHash } from '@answerable/protocol/trust-policy';
import { hashInGroups, releaseHash } from '@answerable/protocol/wallet-release';
import { readPolicy } from '../read-policy.ts';
import { askParties, composeFor, NotAgreed, seatsOf } from './ask-parties.ts';
import { gatherSignatures, keepLookedAt } from './gather.ts';
import { type Home, readSettings, signingKeyOf } from './home.ts';
import { partyName, publisherOf, type RoleName } from './plan.ts';
import { policyInWords } from './policy-in-words.ts';

export interface Desk {
  say(text: string): void;
  /** The person at this machine reads `text` and agrees to it, whose fingerprint is `hash`. */
  agrees(text: string, hash: string): Promise<boolean>;
  /** how long between two looks at whether the others have signed */
  pollMs: number;
}

export async function signFirstPolicy(home: Home, desk: Desk): Promise<TrustPolicy> {
  if (!existsSync(home.policyPath)) {
    const policy = composeFor(home.plan, effectiveOf(home), await askParties(home.plan));
    const words = policyInWords(policy, home.plan);
    if (!(await desk.agrees(words, trustPolicyHash(policy)))) throw new NotAgreed('Nothing was signed.');
    keepLookedAt(home, policy);
    // From here on this is the text that counts here; killed now, the same walk signs it.
    for (const role of ['registrar', 'keeper', 'guardian', 'gateway'] as const)
      if (home.roles.includes(role)) await signWith(home, role, policy);
    desk.say('Signed here. Waiting for the others.');
    await untilAllSigned(home, desk);
  }
  const policy = await readPolicy(home.policyPath);
  desk.say('All have signed. The trust policy is in place on this machine.');
  if (home.plan.conductor === home.organisation.name) {
    const name = partyName(home.organisation.name, 'guardian');
    await untilTaken(desk, () => submitPolicy(policy, { name, key: signingKeyOf(home, 'guardian') }));
    desk.say('The trust policy is on the record.');
  }
  if (publisherOf(home.plan).name === home.organisation.name) await publish(home, policy, desk);
  return policy;
}

const effectiveOf = ({ plan }: Home): string => plan.effective ?? dayOf(new Date());

async function signWith(home: Home, role: RoleName, policy: TrustPolicy): Promise<void> {
  const { host, port, operatorToken } = readSettings(home, role);
  const here: Operated = { origin: `http://${host}:${port}`, operatorToken: operatorToken ?? '' };
  try {
    await step(here, 'sign-policy', { policy }, signPolicyResponse);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    if (error.code === 'unavailable')
      throw new NotAgreed(`Our ${role} does not answer. \`answerable network run\` first.`);
    throw new NotAgreed(
      error.code === 'policy_mismatch'
        ? `Our ${role} refuses: the policy says something else of it than it says itself, or it has signed another one.`
        : `Our ${role} refuses to sign.`,
    );
  }
}

async function untilAllSigned(home: Home, desk: Desk): Promise<void> {
  let told = '';
  for (;;) {
    const waiting = await gatherSignatures(home);
    if (waiting.length === 0) return;
    const whom = [...new Set(waiting.map(({ of }) => of.title))].join(', ');
    if (whom !== told) desk.say(`Not signed yet: ${whom}`);
    told = whom;
    await new Promise((done) => setTimeout(done, desk.pollMs));
  }
}

/** The logbook takes nothing before the policy is in place at its own machine. */
async function untilTaken(desk: Desk, submit: () => Promise<void>): Promise<void> {
  for (let told = false; ; told = true) {
    try {
      return await submit();
    } catch (error) {
      const waits = ['not_ready', 'unavailable', 'party_unknown'];
      if (!(error instanceof Refusal && waits.includes(error.code))) throw error;
      if (!told) desk.say('The logbook is not ready yet. Waiting.');
      await new Promise((done) => setTimeout(done, desk.pollMs));
    }
  }
}

async function publish(home: Home, policy: TrustPolicy, desk: Desk): Promise<void> {
  desk.say('Building the wallet.');
  const [{ buildWallet }, { readManifest }] = await Promise.all([
    import('@answerable/wallet/build'),
    import('@answerable/wallet/built-files'),
  ]);
  const manifest = readManifest(await buildWallet());
  const key = loadOrCreateSigningKey(home.publisherKeyPath);
  await untilTaken(desk, () => submitRelease(policy, key, manifest));
  const at = seatsOf(home.plan, 'wallet')[0]!.origin;
  desk.say(
    `The wallet’s release is on the record: ${hashInGroups(releaseHash(manifest))}\nIt is served at ${at}`,
  );
}
