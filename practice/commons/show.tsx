/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
/**
 * What one reads here: threads, replies, pages. The same addresses give JSON to who asks for it. Each page says
 * under which rule the forum stands.
 */
import { Button, ButtonLink, Field, Form, Notice, page as render, Tag } from '@answerable/kit/page';
import { Refusal } from '@answerable/protocol/refusal';
import type { Context } from 'hono';
import type { Child, FC } from 'hono/jsx';
import { type ForumParts, visitor, wantsJson } from './parts.ts';
import type { Settings } from './policy.ts';
import type { Account, Page, Shown } from './store.ts';
import { mayReplyTo } from './write.ts';

const ruleWords: Record<Settings['rule'], string> = {
  'no-rule': 'No rule: a handle and any e-mail are enough.',
  ban: 'The ban: this forum checks and keeps everybody’s legal name.',
  answerable: 'Answerable: nobody here knows who anybody is, and everybody can be held to account.',
};

const style = `.post { border-left:.2rem solid var(--line); padding-left:1rem; margin:0 0 1.25rem } .post .by { color:var(--soft); margin:0 } .words { white-space:pre-wrap; margin:0 0 .5rem } form { margin:0 0 1.25rem }`;

/** A page of the forum with its header and its rule. */
export async function forumPage(
  c: Context,
  parts: ForumParts,
  title: string,
  content: (me: Account | undefined, settings: Settings) => Child | Promise<Child>,
  status: 200 | 400 | 401 | 403 | 404 | 409 | 500 | 503 = 200,
): Promise<Response> {
  const [me, settings] = [await visitor(c, parts), await parts.store.settings()];
  const options = {
    title,
    service: parts.config.title,
    practice: true,
    status,
    style,
    nav: [
      { href: '/', text: 'Threads' },
      { href: '/pages', text: 'Pages' },
      me ? { href: '/me', text: `Signed in as ${me.handle}` } : { href: '/join', text: 'Join or sign in' },
    ],
  };
  return render(
    c,
    options,
    <>
      <p class="soft">
        {ruleWords[settings.rule]}
        {settings.rule !== 'no-rule' && settings.forUk ? ' For people in the UK only.' : ''}
      </p>
      {await content(me, settings)}
    </>,
  );
}

/** GET / */
export function showThreads(parts: ForumParts) {
  const { config, store } = parts;
  return async (c: Context) => {
    const threads = await store.threads();
    if (wantsJson(c)) return c.json({ settings: await store.settings(), threads: threads.map(postJson) });
    return forumPage(c, parts, config.title, (me) => (
      <>
        {config.about ? <p>{config.about}</p> : null}
        <h2>Threads</h2>
        {threads.length === 0 ? <p>Nobody has written anything yet.</p> : null}
        <ul>
          {threads.map((thread) => (
            <li>
              <a href={`/posts/${thread.id}`}>{thread.hidden_notice === null ? thread.title : 'Hidden'}</a> by{' '}
              <Author post={thread} />
            </li>
          ))}
        </ul>
        {me ? (
          <>
            <h2>Write something</h2>
            <Form action="/threads" csrf={undefined} label="New thread">
              <Field name="title" label="Title" required maxlength={120} />
              <Field name="text" label="Text" rows={5} required maxlength={5000} />
              <Button>Post</Button>
            </Form>
          </>
        ) : (
          <ButtonLink href="/join">Join to write</ButtonLink>
        )}
      </>
    ));
  };
}

/** GET /posts/:id */
export function showThread(parts: ForumParts) {
  const { store } = parts;
  return async (c: Context) => {
    const thread = await store.post(c.req.param('id') ?? '');
    if (!thread) throw new Refusal('not_found');
    const replies = await store.replies(thread.id);
    if (wantsJson(c)) return c.json({ post: postJson(thread), replies: replies.map(postJson) });
    const owner = (await store.account(thread.author))!;
    return forumPage(
      c,
      parts,
      thread.hidden_notice === null ? (thread.title ?? 'A post') : 'Hidden',
      async (me) => (
        <>
          <OnePost post={thread} me={me} />
          {thread.memorial_notice === null ? null : <Notice>{thread.memorial_notice}</Notice>}
          {thread.slow_notice === null ? null : <Notice>{thread.slow_notice}</Notice>}
          <h2>{replies.length === 1 ? '1 reply' : `${replies.length} replies`}</h2>
          {replies.map((post) => (
            <OnePost post={post} me={me} />
          ))}
          {thread.memorial_notice === null ? (
            <ReplyForm me={me} thread={thread} may={!me || (await mayReplyTo(parts, me, owner))} />
          ) : null}
          {replies.length > 1 ? (
            <p>
              <a href={`/report?repliesTo=${thread.id}`}>Report all of these replies together</a>
            </p>
          ) : null}
        </>
      ),
    );
  };
}

const ReplyForm: FC<{ me: Account | undefined; thread: Shown; may: boolean }> = ({ me, thread, may }) => {
  if (!me) return <ButtonLink href="/join">Join to reply</ButtonLink>;
  if (!may) return <Notice>{`${thread.handle} lets only answerable accounts reply.`}</Notice>;
  return (
    <Form action={`/posts/${thread.id}/replies`} csrf={undefined} label="Reply">
      <Field name="text" label="Your reply" rows={4} required maxlength={5000} />
      <Button>Reply</Button>
    </Form>
  );
};

/** GET /pages */
export function showPages(parts: ForumParts) {
  return async (c: Context) => {
    const pages = await parts.store.pages();
    if (wantsJson(c)) return c.json({ pages: pages.map(pageJson) });
    return forumPage(c, parts, 'Pages', (me) => (
      <>
        <ul>
          {pages.map((one) => (
            <li>
              <a href={`/pages/${one.id}`}>{one.state === 'open' ? one.title : 'A page that is hidden'}</a>
            </li>
          ))}
        </ul>
        {me ? (
          <>
            <h2>Open a page</h2>
            <Form action="/pages" csrf={undefined} label="New page">
              <Field name="title" label="Name of the page" required maxlength={120} />
              <Field name="about" label="What it is about" rows={3} required maxlength={5000} />
              <Button>Open it</Button>
            </Form>
          </>
        ) : null}
      </>
    ));
  };
}

/** GET /pages/:id */
export function showPage(parts: ForumParts) {
  return async (c: Context) => {
    const one = await parts.store.page(c.req.param('id') ?? '');
    if (!one) throw new Refusal('not_found');
    const posts = one.state === 'open' ? await parts.store.postsOfPage(one.id) : [];
    if (wantsJson(c)) return c.json({ page: pageJson(one), posts: posts.map(postJson) });
    return forumPage(c, parts, one.state === 'open' ? one.title : 'This page is hidden', (me) =>
      one.state === 'open' ? (
        <>
          <p class="words">{one.about}</p>
          <p>
            <a href={`/report?target=page/${one.id}`}>Report this page</a>
          </p>
          {posts.map((post) => (
            <OnePost post={post} me={me} />
          ))}
          {me ? (
            <Form action={`/pages/${one.id}/posts`} csrf={undefined} label="Post on this page">
              <Field name="text" label="Your post" rows={4} required maxlength={5000} />
              <Button>Post</Button>
            </Form>
          ) : null}
        </>
      ) : (
        <Notice>{one.notice}</Notice>
      ),
    );
  };
}

const OnePost: FC<{ post: Shown; me: Account | undefined }> = ({ post, me }) => (
  <article class="post" id={post.id}>
    <p class="by">
      <Author post={post} />
    </p>
    {post.hidden_notice === null ? <p class="words">{post.text}</p> : <Notice>{post.hidden_notice}</Notice>}
    {post.help === null ? null : (
      <Notice tone="good" title="Help is there">
        <p class="words">{post.help}</p>
      </Notice>
    )}
    {post.hidden_notice === null ? (
      <p class="by">
        <a href={`/report?target=post/${post.id}`} aria-label={`Report this post by ${post.handle}`}>
          Report
        </a>
        {me && me.id !== post.author ? (
          <>
            {' · '}
            <a href={`/accounts/${post.handle}`} aria-label={`Block ${post.handle}`}>
              Block
            </a>
          </>
        ) : null}
      </p>
    ) : null}
  </article>
);

const Author: FC<{ post: Shown }> = ({ post }) => (
  <>
    <a href={`/accounts/${post.handle}`}>{post.handle}</a> <Mark account={post} />
    {post.memorial_notice === null ? null : (
      <>
        {' '}
        <Tag>in memory</Tag>
      </>
    )}
  </>
);

/** How an account is held: by a gateway, by name, or not at all. */
export const Mark: FC<{ account: Pick<Account, 'way' | 'legal_name'> }> = ({ account }) => {
  if (account.way === 'gateway') return <Tag tone="good">answerable</Tag>;
  if (account.way === 'identity') return <Tag tone="mark">{`real name: ${account.legal_name}`}</Tag>;
  return <Tag>not checked</Tag>;
};

export const postJson = (post: Shown) => ({
  id: post.id,
  locator: `post/${post.id}`,
  thread: post.parent ?? post.id,
  page: post.page,
  author: { handle: post.handle, answerable: post.way === 'gateway', realName: post.legal_name },
  title: post.hidden_notice === null ? post.title : null,
  text: post.hidden_notice === null ? post.text : null,
  hidden: post.hidden_notice,
  help: post.help,
  slow: post.slow_notice,
  memorial: post.memorial_notice,
  posted: post.posted_at.toISOString(),
});

const pageJson = ({ id, title, about, state, notice }: Page) => ({
  id,
  locator: `page/${id}`,
  title: state === 'open' ? title : null,
  about: state === 'open' ? about : null,
  state,
  notice,
});
