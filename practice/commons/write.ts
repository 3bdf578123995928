/** Writing: threads, replies, pages, posts on pages, and one's own settings. Forms and JSON alike. */
import { checkShape } from '@answerable/kit/read-json';
import { Refusal } from '@answerable/protocol/refusal';
import type { Context } from 'hono';
import { z } from 'zod';
import { asks, onlyAnswerable, requireMay, requireMayMention } from './ask-gateway.ts';
import { describeAccount } from './join.ts';
import { type ForumParts, isAnswerable, readBody, wantsJson, writer } from './parts.ts';
import { mayReply } from './policy.ts';
import { wishForReplies } from './reach.ts';
import { type Account, newId, type Post } from './store.ts';

/** Between two replies of one account in a thread that is kept slow. */
const slowMinutes = 10;

// PostgreSQL keeps no NUL in a text.
const plain = z
  .string()
  .trim()
  .refine((text) => !text.includes('\0'));
const words = plain.min(1).max(5_000);
const heading = plain.min(1).max(120);
const threadShape = z.object({ title: heading, text: words });
const replyShape = z.object({ text: words });
const pageShape = z.object({ title: heading, about: words });
const settingsShape = z.object({
  replyRule: z.enum(['everyone', 'answerable']).optional(),
  bio: plain.max(1_000).optional(),
});

/** POST /threads */
export function startThread(parts: ForumParts) {
  return async (c: Context) => {
    const { title, text } = checkShape(await readBody(c), threadShape);
    const author = await writer(c, parts);
    await requireMay(parts, author, { room: 'noticeboard', act: 'post' });
    await requireMayMention(parts, author, { text: `${title} ${text}`, room: 'noticeboard' });
    return written(c, await addPost(parts, { author: author.id, title, text }));
  };
}

/** POST /posts/:id/replies: as far as the author of the post lets this account reply. */
export function reply(parts: ForumParts) {
  return async (c: Context) => {
    const { text } = checkShape(await readBody(c), replyShape);
    const author = await writer(c, parts);
    const parent = await parts.store.post(c.req.param('id') ?? '');
    if (!parent || parent.hidden_notice !== null) throw new Refusal('not_found');
    const thread = parent.parent ?? parent.id;
    const owner = (await parts.store.account(parent.author))!;
    if (owner.memorial_notice !== null) throw new Refusal('forbidden', 'this account is kept as a memorial');
    await requireSlow(parts, thread, author.id);
    if (!(await mayReplyTo(parts, author, owner)))
      throw new Refusal('forbidden', 'only answerable accounts may reply here');
    const room = parent.page === null ? 'noticeboard' : 'pages';
    await requireMay(parts, author, { room, act: 'reply', to: owner });
    await requireMayMention(parts, author, { text, room });
    return written(
      c,
      await addPost(parts, { author: author.id, parent: thread, page: parent.page, text }),
      thread,
    );
  };
}

/** Nothing is asked where the writer is answerable: the gateway is asked about them by name. */
export async function mayReplyTo(parts: ForumParts, writer: Account, owner: Account): Promise<boolean> {
  const who = { id: writer.id, answerable: isAnswerable(writer) };
  if (mayReply(who, { id: owner.id, replyRule: 'answerable' })) return true;
  return !(await onlyAnswerable(parts, owner, 'reply'));
}

/** Where replies come slowly, one person writes one in a while. */
async function requireSlow({ store, clock }: ForumParts, thread: string, author: string): Promise<void> {
  const first = await store.post(thread);
  if (!first || first.slow_notice === null) return;
  const last = await store.lastReply(thread, author);
  if (last && clock.now().getTime() - last.getTime() < slowMinutes * 60_000)
    throw new Refusal('too_many_requests');
}

/** POST /pages */
export function openPage(parts: ForumParts) {
  return async (c: Context) => {
    const { title, about } = checkShape(await readBody(c), pageShape);
    const owner = await writer(c, parts);
    await requireMay(parts, owner, { room: 'pages', act: 'post' });
    await requireMayMention(parts, owner, { text: `${title} ${about}`, room: 'pages' });
    const id = newId();
    const posted_at = parts.clock.now();
    await parts.store.addPage({ id, title, about, owner: owner.id, state: 'open', notice: null, posted_at });
    if (wantsJson(c)) return c.json({ id, locator: `page/${id}`, url: `/pages/${id}` }, 201);
    return c.redirect(`/pages/${id}`, 303);
  };
}

/** POST /pages/:id/posts: by anybody, while the page is open. */
export function postOnPage(parts: ForumParts) {
  return async (c: Context) => {
    const { text } = checkShape(await readBody(c), replyShape);
    const author = await writer(c, parts);
    const page = await parts.store.page(c.req.param('id') ?? '');
    if (page?.state !== 'open') throw new Refusal('not_found');
    await requireMay(parts, author, { room: 'pages', act: 'post' });
    await requireMayMention(parts, author, { text, room: 'pages' });
    const post = await addPost(parts, { author: author.id, page: page.id, text });
    if (wantsJson(c)) return written(c, post);
    return c.redirect(`/pages/${page.id}#${post.id}`, 303);
  };
}

/** POST /me */
export function changeMe(parts: ForumParts) {
  return async (c: Context) => {
    const { replyRule, bio } = checkShape(await readBody(c), settingsShape);
    const account = await writer(c, parts);
    if (replyRule && isAnswerable(account) && (await asks(parts)))
      await wishForReplies(parts, account, replyRule === 'answerable');
    const changed = {
      reply_rule: replyRule ?? account.reply_rule,
      bio: bio ?? account.bio,
    };
    await parts.store.changeAccount(account.id, changed);
    return wantsJson(c) ? c.json(describeAccount({ ...account, ...changed })) : c.redirect('/me', 303);
  };
}

type Draft = Pick<Post, 'author' | 'text'> & Partial<Pick<Post, 'parent' | 'page' | 'title'>>;

async function addPost({ store, clock }: ForumParts, draft: Draft): Promise<Post> {
  const post: Post = {
    id: newId(),
    parent: null,
    page: null,
    title: null,
    ...draft,
    posted_at: clock.now(),
    hidden_notice: null,
    help: null,
    slow_notice: null,
  };
  await store.addPost(post);
  return post;
}

function written(c: Context, { id }: Post, thread = id) {
  const url = `/posts/${thread}#${id}`;
  return wantsJson(c) ? c.json({ id, locator: `post/${id}`, url }, 201) : c.redirect(url, 303);
}
