/** What the trust of a network rests on, and which separations of PROTOCOL §0 it does without: plain sentences. */
import { holdersOf, type NetworkPlan, thresholdOf } from './plan.ts';

/** For the page of instructions, and for who is about to sign. */
export function separationsOf(plan: NetworkPlan): string[] {
  const guardians = holdersOf(plan, 'guardian');
  const t = thresholdOf(guardians.length);
  const registrar = holdersOf(plan, 'registrar')[0]!.of;
  const wallet = holdersOf(plan, 'wallet')[0]!.of;
  const both = plan.organisations.filter(({ roles }) => roles.keeper && roles.guardian);
  const lost: [boolean, string][] = [
    [
      both.length >= t,
      `Any ${t} organisations that run keeper and guardian could, together and in secret, open accounts, and search who has joined. One alone can do neither. Choose organisations that would not.`,
    ],
    [
      wallet.roles.gateway !== undefined,
      `${wallet.title} serves the wallet and runs a gateway; the design asks for two. What keeps it honest is the log: it can serve no wallet but the published one without being noticed, except at somebody's very first visit.`,
    ],
    [
      wallet.name === registrar.name,
      `${wallet.title} serves the wallet and is the registrar; the design asks for two. The same holds, and weighs more: a wallet that lies could tell the registrar where people go.`,
    ],
    [
      registrar.roles.gateway !== undefined,
      `${registrar.title} learns names as the registrar and runs a gateway. Nothing in its data joins the two; who watches both at the same moment may guess by the time.`,
    ],
    [
      true,
      'All witnesses of the log are guardians and keepers of this network; nobody from outside watches it. Ask somebody to run `answerable audit` now and then.',
    ],
    [
      true,
      'There is no authority in this policy: no account can be opened on anybody’s order. To add one needs a successor policy, which is not there yet.',
    ],
  ];
  return lost.flatMap(([holds, sentence]) => (holds ? [sentence] : []));
}
