/** What Mastodon's API and its webhooks call an account and a status, as far as we read them, and as items. */
import type { ItemSnapshot } from '@answerable/protocol/report/report';
import { z } from 'zod';
import { foreignSub } from './foreign-name.ts';
import { instantOf, languageOf, textOfHtml } from './plain-words.ts';

const textCharsMax = 10_000;
const htmlCharsMax = 200_000;
const id = z.string().regex(/^\d{1,32}$/);

export const mastodonAccount = z.object({
  id,
  acct: z.string().max(500),
  display_name: z.string().max(htmlCharsMax).catch(''),
  note: z.string().max(htmlCharsMax).catch(''),
  url: z.string().max(2_000).nullable().catch(null),
  created_at: z.string().max(40),
});
export type MastodonAccount = z.infer<typeof mastodonAccount>;

export const mastodonStatus = z.object({
  id,
  created_at: z.string().max(40),
  language: z.string().nullish(),
  spoiler_text: z.string().max(htmlCharsMax).catch(''),
  content: z.string().max(htmlCharsMax),
  url: z.string().max(2_000).nullish(),
  account: mastodonAccount,
});
export type MastodonStatus = z.infer<typeof mastodonStatus>;

export const snapshotOfStatus = (platform: string, locator: string, one: MastodonStatus): ItemSnapshot => ({
  platform,
  kind: 'post',
  locator,
  author: foreignSub(platform, one.account.id),
  text: [one.spoiler_text, textOfHtml(one.content)].filter(Boolean).join('\n\n').slice(0, textCharsMax),
  language: languageOf(one.language),
  posted: instantOf(one.created_at),
});

export const snapshotOfAccount = (platform: string, locator: string, one: MastodonAccount): ItemSnapshot => ({
  platform,
  kind: locator.startsWith('page/') ? 'page' : 'account',
  locator,
  author: foreignSub(platform, one.id),
  text: [one.display_name, `@${one.acct}`, textOfHtml(one.note)]
    .filter(Boolean)
    .join('\n\n')
    .slice(0, textCharsMax),
  language: languageOf(null),
  posted: instantOf(one.created_at),
});
