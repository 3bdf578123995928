/** A first trust policy in plain words, for the person who is about to sign it. Pure. */
import type { TrustPolicy } from '@answerable/protocol/trust-policy';
import { trustPolicyHash } from '@answerable/protocol/trust-policy';
import { hashInGroups } from '@answerable/protocol/wallet-release';
import { type NetworkPlan, publisherOf } from './plan.ts';
import { separationsOf } from './separations.ts';

const daySeconds = 86_400;
const days = (seconds: number) => `${Math.round((seconds / daySeconds) * 10) / 10} days`;
const names = (parties: readonly { title: string; origin: string }[]) =>
  parties.map(({ title, origin }) => `${title}, ${origin}`).join('\n  ');

export function policyInWords(policy: TrustPolicy, plan: NetworkPlan): string {
  const { registrar, opening, tags, gateways, limits, witnesses } = policy;
  const logbook = plan.organisations.find(({ roles }) => roles.logbook)?.title ?? '';
  const forums = plan.organisations.flatMap((one) =>
    one.forums.map((forum) => `  ${forum.title} (${forum.name}), at the gateway of ${one.title}`),
  );
  const routes = [
    ...policy.evidence.map(({ title }) => `  at ${title}`),
    ...(policy.referees ? ['  by somebody who vouches for them'] : []),
  ];
  const grounds = policy.grounds.map(({ title, authorities }) => {
    const asks = authorities.length > 0 ? `asked by ${authorities.join(', ')}` : 'nobody may ask yet';
    return `  ${title} (${asks})`;
  });
  return [
    `${plan.title}: the first trust policy of the network ${policy.network}, from ${policy.effective}.`,
    '',
    `Registrar, which learns who people are while they join and seals it:\n  ${registrar.title}, ${registrar.origin}`,
    `Logbook, which keeps the public record:\n  ${logbook}, ${policy.log.origin}`,
    `Guardians; any ${opening.threshold} of ${opening.guardians.length} can open an account:\n  ${names(opening.guardians)}`,
    `Keepers; any ${tags.threshold} of ${tags.keepers.length} can see whether somebody joined before:\n  ${names(tags.keepers)}`,
    `Gateways:\n  ${names(gateways)}`,
    `Forums:\n${forums.join('\n')}`,
    `The wallet is served at:\n  ${policy.wallets.join(', ')}; its releases are published by ${publisherOf(plan).title}`,
    `People prove who they are:\n${routes.join('\n')}`,
    `An account may be opened, and only be opened, for:\n${grounds.join('\n') || '  nothing'}`,
    `A page of the record counts when ${witnesses.quorum} of ${witnesses.list.length} witnesses have seen it.`,
    `A credential lasts ${days(policy.epochSeconds)} and ${days(policy.graceSeconds)} of grace. A reset waits ${days(limits.resetWaitSeconds)}. The holder is heard for ${days(limits.hearingSeconds)} before an account is opened, and told after ${days(limits.noticeSeconds)} at the latest.`,
    '',
    'What this arrangement does not give:',
    ...separationsOf(plan).map((sentence) => `  ${sentence}`),
    '',
    `Fingerprint of the whole text: ${hashInGroups(trustPolicyHash(policy))}`,
  ].join('\n');
}
