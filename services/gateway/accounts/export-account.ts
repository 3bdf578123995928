/** Everything that this gateway holds about one account, for its holder: as it is kept, and in plain words. */
import { after, dayOf } from '@answerable/kit/clock';
import type { AccountExport } from '@answerable/protocol/admission/account-export';
import type { GatewayParts } from '../parts.ts';
import { relayAddress } from '../relay.ts';
import type { Account } from '../store.ts';
import { closedDaysDefault } from './account-store.ts';

const inboxItemsMax = 200;

export async function exportAccount(account: Account, parts: GatewayParts): Promise<AccountExport> {
  const { accounts, store, targets, config } = parts;
  const { sub, platform, handle, slot, closed_day, claims, admission, relay, named_day } = account;
  const [signIns, sanctions, inbox, reach] = await Promise.all([
    accounts.signInDays(sub),
    accounts.sanctionsAll(account),
    store.inbox(sub, inboxItemsMax),
    targets.view(sub),
  ]);
  const told = {
    v: 1 as const,
    gateway: config.name,
    platform,
    sub,
    handle,
    slot,
    closed: closed_day,
    erasedFrom: erasedFrom(account),
    relayAddress: relayAddress(relay, config.relayDomain) ?? null,
    claims: { ...claims },
    named: named_day,
    signIns,
    sanctions,
    inbox,
    reach,
    admission,
  };
  return { ...told, words: inWords(told) };
}

/** The day from which a closed account is erased: by the policy that its holder agreed to. */
export function erasedFrom({ closed_day, admission }: Account): string | null {
  if (closed_day === null) return null;
  const days = admission.request.platformPolicy.retention?.closedDays ?? closedDaysDefault;
  return dayOf(after(new Date(`${closed_day}T00:00:00Z`), { days }));
}

function inWords(told: Omit<AccountExport, 'words'>): string[] {
  const { handle, platform, closed, erasedFrom: end, relayAddress: relay, named, signIns, sanctions } = told;
  const { reach, inbox, claims, admission } = told;
  const flags = Object.keys(claims).filter((flag) => flag !== 'name');
  const wishes = Object.entries(reach.wishes).flatMap(([act, wished]) => (wished ? [act] : []));
  return [
    `You are seen at ${platform} as ${handle}. The account was taken in on ${admission.day}.`,
    closed === null
      ? 'It is open.'
      : `You closed it on ${closed}. Its record is kept until ${end}, so that nobody closes an account to get away.`,
    flags.length === 0
      ? 'The platform is told no flags about you.'
      : `The platform is told these flags: ${flags.join(', ')}.`,
    named === null
      ? 'The platform is not told your name.'
      : `The platform is told your name since ${named}. What it was told cannot be taken back.`,
    relay === null ? 'No e-mail address was made for it.' : `The address ${relay} was made for it.`,
    `We keep ${signIns.length} days on which you signed in, ${inbox.length} messages, and ${sanctions.length} sanctions.`,
    wishes.length === 0
      ? 'Anybody may reply to you, mention you and message you, as far as the platform lets them.'
      : `Only answerable accounts may do this towards you: ${wishes.join(', ')}.`,
    `You have blocked ${reach.blocks.length} accounts; ${reach.knocks.length} people wait to be let in.`,
    'The admission record in this file has the proof by which you were taken in. It does not say who you are, but it shows which accounts at this platform are yours. Keep the file to yourself.',
    'We do not know your name from it, or any account that you have at another platform.',
  ];
}
