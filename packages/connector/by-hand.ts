/**
 * A platform without a connector: nothing is done by software, and every act is said in words that a person can
 * follow. Other adapters take their words from here for what their platform cannot do.
 */
import { Refusal } from '@answerable/protocol/refusal';
import { foreignLocator, fragmentOfPost } from './foreign-name.ts';
import type { ConnectorMemory } from './memory.ts';
import { type Abilities, type ActKind, byHand, type Platform } from './platform.ts';
import type { SettingsOf } from './settings.ts';

const addressCharsMax = 2_000;

/** What a person does on the platform, for each kind of act. */
export const handWords: Readonly<Record<ActKind, string>> = {
  'hide-item': 'Hide this so that only moderators see it. Do not delete it: it may have to be shown again.',
  'restore-item': 'Show this again, as it was before it was hidden.',
  'hold-page': 'Hide this page for now so that only moderators see it. Do not delete it.',
  'shut-page': 'Shut this page: nobody reads it or posts there. Do not delete it: it may be opened again.',
  'restore-page': 'Open this page again, as it was before it was shut.',
  'suspend-account': 'Suspend this account, without deleting it.',
  'restore-account': 'End the suspension of this account.',
  'restrict-account': 'Limit this account: it may read, and not post or write to others. Do not suspend it.',
  'end-restriction': 'Let this account post and write to others again.',
  'show-help': 'Show the words about help beside this. Nothing is hidden.',
  'tell-account': 'Send these words to the account, privately.',
  'slow-replies': 'Slow replies here down, or let a moderator see each reply first.',
  'restore-replies': 'Let replies here go at their usual pace again.',
  'keep-as-memorial': 'Keep this account as a memorial: nobody can sign in, and what was written stays.',
  'end-memorial': 'Make this account as it was before it was kept as a memorial.',
};

const abilities = Object.fromEntries(
  Object.entries(handWords).map(([kind, words]) => [kind, { does: 'no', words }]),
) as Abilities;

export function byHandPlatform(
  { name: platform, origin }: Pick<SettingsOf<'by-hand'>, 'name' | 'origin'>,
  memory: ConnectorMemory,
): Platform {
  return {
    act: async ({ kind }) => byHand(handWords[kind]),
    // Only a person can look: the desk asks one (services/desk/platforms).
    item: async () => {
      throw new Refusal('not_found');
    },
    pageRecord: async () => {
      throw new Refusal('not_found');
    },
    async locate(url, kind) {
      const address = webAddress(url);
      if (address === undefined || (origin !== undefined && new URL(address).origin !== origin))
        return undefined;
      const locator = foreignLocator(kind, platform, address);
      await memory.keepNames([{ locator, platform, address, url: address }]);
      return locator;
    },
    check: async () => ({ reached: false, as: null, missing: [] }),
    abilities,
  };
}

function webAddress(text: string): string | undefined {
  const url = URL.canParse(text) && text.length <= addressCharsMax ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol) || url.username || url.password) return undefined;
  // Without it a whole thread would be hidden for one post of it.
  url.hash = fragmentOfPost(url.hash);
  return url.href;
}
