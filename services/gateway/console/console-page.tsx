/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
/** The frame of every page of the gateway's console, the door to each, and how a refusal is told there. */
import { ButtonLink, Form, Notice, page } from '@answerable/kit/page.tsx';
import type { Session } from '@answerable/kit/sign-in';
import { Refusal } from '@answerable/protocol/refusal';
import type { Context } from 'hono';
import type { Child } from 'hono/jsx';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { ConsoleParts } from './console-parts.ts';
import { atLeast, type Role, roleOf } from './roles.ts';

type Frame = Pick<ConsoleParts, 'config' | 'signIn'>;
interface ConsolePage {
  title: string;
  session?: Session;
  status?: ContentfulStatusCode;
}

const places: readonly { href: string; text: string; for: Role }[] = [
  { href: '/', text: 'Start', for: 'viewer' },
  { href: '/undone', text: 'Not done', for: 'viewer' },
  { href: '/sanctions', text: 'Sanctions', for: 'admin' },
  { href: '/keys', text: 'Keys', for: 'viewer' },
  { href: '/record', text: 'Record', for: 'viewer' },
  { href: '/emergency', text: 'Emergency', for: 'admin' },
  { href: '/people', text: 'People', for: 'admin' },
];

export function consolePage(
  c: Context,
  { config: { title: service, mode } }: Pick<Frame, 'config'>,
  { title, session, status }: ConsolePage,
  content: Child,
): Response | Promise<Response> {
  const held = session && roleOf(session.staff);
  const open = held ? places.filter((place) => atLeast(place.for).includes(held)) : [];
  const options = {
    title,
    service,
    practice: mode === 'practice',
    ...(status ? { status } : {}),
    ...(session
      ? {
          nav: [...open, { href: '/you', text: session.staff.name }],
          aside: (
            <Form action="/sign-out" csrf={session.csrf} label="Sign out">
              <button type="submit" class="button plain">
                Sign out
              </button>
            </Form>
          ),
        }
      : {}),
  };
  return page(c, options, content);
}

type Work = (c: Context, session: Session) => Promise<Response> | Response;

/** For who signed in with a passkey and has at least `role`. Checks the form's token on everything but GET. */
export const door = (parts: Frame, role: Role, work: Work) =>
  told(parts, async (c) => {
    const found = await parts.signIn.find(c);
    if (found && roleOf(found.staff) === undefined) {
      if (c.req.method === 'GET' && !wantsJson(c)) return c.redirect('/you', 303);
      throw new Refusal('forbidden');
    }
    return enter(parts, atLeast(role), work)(c);
  });

/** For who came in, if only by a link: to make a passkey. */
export const ownDoor = (parts: Frame, work: Work) => told(parts, enter(parts, [], work));

const enter =
  (parts: Frame, roles: readonly Role[], work: Work) =>
  async (c: Context): Promise<Response> => {
    let answer: Response | undefined;
    await parts.signIn.require(...roles)(c, async () => {
      answer = await work(c, parts.signIn.session(c));
    });
    if (!answer) throw new Error('bug: nobody came through the door');
    return answer;
  };

/** A refusal is told in words, with a way back; to a script, as the problem that it is. */
export const told =
  (parts: Frame, work: (c: Context) => Promise<Response> | Response) => async (c: Context) => {
    try {
      c.header('cache-control', 'no-store');
      return await work(c);
    } catch (error) {
      if (wantsJson(c) || !(error instanceof Refusal)) throw error;
      return refusalPage(c, parts, error);
    }
  };

/** Said to somebody who is not in yet. */
const strangers: ReadonlySet<string> = new Set(['unauthorised', 'link_over']);

async function refusalPage(c: Context, parts: Frame, refusal: Refusal): Promise<Response> {
  const status = refusal.status as ContentfulStatusCode;
  if (strangers.has(refusal.code))
    return consolePage(
      c,
      parts,
      { title: 'Sign in', status },
      <>
        <Notice tone="bad" title={refusal.message} live>
          <p>
            This is where the people who run this gateway work. Members of a forum sign in at their forum, not
            here.
          </p>
        </Notice>
        <p class="row">
          <ButtonLink href="/sign-in/passkey">Sign in with a passkey</ButtonLink>
        </p>
        <p>No passkey here? An admin can make you a link, which opens once.</p>
      </>,
    );
  const session = await parts.signIn.find(c);
  return consolePage(
    c,
    parts,
    { title: 'That did not work', status, ...(session ? { session } : {}) },
    <>
      <Notice tone="bad" title={refusal.message} live>
        {refusal.pointer === undefined ? <p>Nothing was changed.</p> : <p>It is about: {refusal.pointer}.</p>}
      </Notice>
      <p class="row">
        <ButtonLink href="/" kind="plain">
          Back to the start
        </ButtonLink>
      </p>
    </>,
  );
}

export const wantsJson = (c: Context): boolean => (c.req.header('accept') ?? '').includes('application/json');
