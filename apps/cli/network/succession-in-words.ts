/** What a successor of a trust policy changes, in plain words, for who is to sign it. Pure. */
import { type TrustPolicy, trustPolicyHash } from '@answerable/protocol/trust-policy';
import { newcomersOf } from '@answerable/protocol/trust-succession';
import { hashInGroups } from '@answerable/protocol/wallet-release';

const named = (list: readonly { name: string; title: string; origin: string }[]) =>
  new Map(list.map((party) => [party.name, party]));

/** `before` is in force; `next` may follow it. */
export function successionInWords(before: TrustPolicy, next: TrustPolicy): string {
  const newcomers = newcomersOf(before, next);
  return [
    `Trust policy ${next.serial} of the network ${next.network}, after ${before.serial}. It binds from ${next.effective}.`,
    '',
    ...changesOf('gateway', before.gateways, next.gateways),
    ...changesOf('authority', before.authorities, next.authorities),
    ...changesOf(
      'witness',
      before.witnesses.list.map((one) => ({ ...one, title: one.name })),
      next.witnesses.list.map((one) => ({ ...one, title: one.name })),
    ),
    ...(before.witnesses.quorum === next.witnesses.quorum
      ? []
      : [
          `Witnesses that must have seen the record: ${next.witnesses.quorum}, before ${before.witnesses.quorum}.`,
        ]),
    ...groundsOf(before, next),
    ...limitsOf(before, next),
    '',
    'As before: the registrar and its keys, who the guardians and keepers are and how many of them are needed, the record, the wallet, and who publishes it. Nobody who holds a share of a key changes.',
    `To sign: ${before.opening.threshold} of ${before.opening.guardians.map(({ title }) => title).join(', ')}${newcomers.length > 0 ? `; and for themselves: ${newcomers.map(({ name }) => name).join(', ')}` : ''}.`,
    'People keep their accounts and their words. Wallets follow by themselves on that day.',
    '',
    `Fingerprint of the whole text: ${hashInGroups(trustPolicyHash(next))}`,
  ].join('\n');
}

type Listed = { name: string; title: string; origin: string; platforms?: string[] };

function changesOf(kind: string, was: readonly Listed[], is: readonly Listed[]): string[] {
  const [old, now] = [named(was), named(is)];
  const at = (party: Listed) =>
    `${party.title} (${party.name}) at ${party.origin}${party.platforms ? `, for ${party.platforms.join(', ')}` : ''}`;
  return [
    ...is.filter(({ name }) => !old.has(name)).map((party) => `+ ${kind} comes in: ${at(party)}`),
    ...was.filter(({ name }) => !now.has(name)).map((party) => `- ${kind} goes: ${at(party)}`),
    ...is
      .filter((party) => old.has(party.name) && JSON.stringify(old.get(party.name)) !== JSON.stringify(party))
      .map((party) => `~ ${kind} changes: ${at(party)}`),
  ];
}

function groundsOf({ grounds: was }: TrustPolicy, { grounds: is }: TrustPolicy): string[] {
  if (JSON.stringify(was) === JSON.stringify(is)) return [];
  const lines = is.map(
    ({ title, authorities }) =>
      `  ${title}: ${authorities.length > 0 ? `may be asked by ${authorities.join(', ')}` : 'nobody may ask'}`,
  );
  return ['~ grounds on which an account can be opened are now:', ...(lines.length > 0 ? lines : ['  none'])];
}

function limitsOf({ limits: was }: TrustPolicy, { limits: is }: TrustPolicy): string[] {
  const before: Record<string, number | undefined> = was;
  return Object.entries(is)
    .filter(([name, value]) => before[name] !== value)
    .map(([name, value]) => `~ ${name}: ${value}, before ${before[name] ?? 'not said'}`);
}
