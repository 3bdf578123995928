/**
 * Reporting, and what the desk does here: snapshots of items, acts with their undo. Authors are told to the desk
 * by `sub` where they are answerable, and not at all where nobody is.
 */
import { dayOf } from '@answerable/kit/clock';
import { callJson } from '@answerable/kit/http-client';
import { checkShape, readJson } from '@answerable/kit/read-json';
import { Refusal } from '@answerable/protocol/refusal';
import { connectorAct, type pageRecord } from '@answerable/protocol/report/connector';
import {
  characteristics,
  type ItemSnapshot,
  type Report,
  reportReasons,
  reportReceipt,
} from '@answerable/protocol/report/report';
import type { Context } from 'hono';
import { z } from 'zod';
import { performAct } from './moderation-store.ts';
import { type ForumParts, readBody, visitor, wantsJson } from './parts.ts';
import type { Account, Shown } from './store.ts';

const itemsMax = 100;
const language = 'en';

const oneOrMany = <T extends z.ZodType>(item: T, max: number) =>
  z.preprocess((value) => (Array.isArray(value) ? value : [value]), z.array(item).min(1).max(max));

const reportShape = z.object({
  targets: oneOrMany(z.string().regex(/^(post|page|account)\/[A-Za-z0-9_-]{1,64}$/), itemsMax).optional(),
  /** every reply to this post, in place of naming each */
  repliesTo: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,64}$/)
    .optional(),
  reasons: oneOrMany(z.enum(reportReasons), 4),
  characteristics: z.array(z.enum(characteristics)).max(6).default([]),
  capacity: z
    .enum(['user', 'subject', 'targeted-group', 'parent', 'assisting-adult', 'trusted-body'])
    .default('user'),
  statement: z.string().max(4_000).default(''),
});

const subjectOf = ({ way, subject }: Pick<Account, 'way' | 'subject'>) =>
  way === 'gateway' ? subject : null;

/** POST /report: by anybody, signed in or not; sends what stands there now along. */
export function reportItems(parts: ForumParts) {
  return async (c: Context) => {
    const { config, store } = parts;
    if (!config.desk) throw new Refusal('not_found');
    const form = checkShape(await readBody(c), reportShape);
    const replies = form.repliesTo ? await store.replies(form.repliesTo) : [];
    const own = await visitor(c, parts);
    const others = replies.filter(({ author }) => author !== own?.id);
    const items = [
      ...(await Promise.all((form.targets ?? []).map((target) => snapshot(target, parts)))),
      ...others.map((post) => ofPost(post, parts)),
    ].slice(0, itemsMax);
    if (items.length === 0) throw new Refusal('malformed', 'targets');
    const body: Report = {
      capacity: form.capacity,
      reasons: form.reasons,
      characteristics: form.characteristics,
      items,
      statement: form.statement,
      goodFaith: true,
      wishesToBeTold: true,
    };
    const headers = { authorization: `Bearer ${config.connectorToken}` };
    const told = await callJson(`${config.desk.origin}/reports`, { body, headers, schema: reportReceipt });
    if (wantsJson(c)) return c.json(told, 201);
    return c.redirect(`/reported/${told.receipt}`, 303);
  };
}

/** POST /moderation/acts */
export function act({ db, clock }: ForumParts) {
  return async (c: Context) => {
    const asked = await readJson(c, connectorAct);
    const done = await performAct(db, asked, dayOf(clock.now()));
    return c.json({ done, could: done ? '' : 'There is no such target here for this act.' });
  };
}

/** GET /moderation/items/:kind/:id */
export function handItem(parts: ForumParts) {
  return async (c: Context) => c.json(await snapshot(`${c.req.param('kind')}/${c.req.param('id')}`, parts));
}

/** GET /moderation/pages/:id/record */
export function handPageRecord(parts: ForumParts) {
  return async (c: Context) => {
    const id = c.req.param('id') ?? '';
    const record: z.infer<typeof pageRecord> = {
      page: await snapshot(`page/${id}`, parts),
      posts: (await parts.store.postsOfPage(id)).map((post) => ofPost(post, parts)),
      warnings: await parts.store.warnings(id),
    };
    return c.json(record);
  };
}

async function snapshot(locator: string, parts: ForumParts): Promise<ItemSnapshot> {
  const { store, config } = parts;
  const [kind, id = ''] = locator.split('/');
  const common = { platform: config.name, locator, language };
  if (kind === 'post') {
    const post = await store.post(id);
    if (post) return ofPost(post, parts);
  }
  if (kind === 'page') {
    const page = await store.page(id);
    const owner = page && (await store.account(page.owner));
    if (page && owner)
      return {
        ...common,
        kind,
        author: subjectOf(owner),
        text: `${page.title}\n\n${page.about}`,
        posted: page.posted_at.toISOString(),
      };
  }
  if (kind === 'account') {
    const account = (await store.account(id)) ?? (await store.accountBySubject('gateway', id));
    if (account) {
      const said = (await store.postsOf(account.id)).map(({ text }) => text);
      const text = [account.handle, account.bio, ...said].join('\n\n').slice(0, 10_000);
      return { ...common, kind, author: subjectOf(account), text, posted: `${account.day}T00:00:00Z` };
    }
  }
  throw new Refusal('not_found');
}

const ofPost = (post: Shown, { config }: ForumParts): ItemSnapshot => ({
  platform: config.name,
  kind: 'post',
  locator: `post/${post.id}`,
  author: subjectOf(post),
  text: post.title === null ? post.text : `${post.title}\n\n${post.text}`,
  language,
  posted: post.posted_at.toISOString(),
});
