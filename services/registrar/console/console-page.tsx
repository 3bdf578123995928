/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
/** The frame of every page of the registrar's console, the door to each, and how a refusal is told there. */
import { ButtonLink, Form, Notice, page } from '@answerable/kit/page.tsx';
import type { Session } from '@answerable/kit/sign-in';
import { Refusal } from '@answerable/protocol/refusal';
import type { Context } from 'hono';
import type { Child } from 'hono/jsx';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { ConsoleParts } from './console-parts.ts';
import type { Role } from './roles.ts';

interface ConsolePage {
  title: string;
  session?: Session;
  status?: ContentfulStatusCode;
}

const places: readonly { href: string; text: string; for: readonly Role[] }[] = [
  { href: '/vouch', text: 'Vouch', for: ['referee'] },
  { href: '/reviews', text: 'To look at', for: ['reviewer'] },
  { href: '/people', text: 'People', for: ['admin'] },
  { href: '/organisations', text: 'Organisations', for: ['admin'] },
  { href: '/suspensions', text: 'Suspensions', for: ['admin'] },
  { href: '/record', text: 'Record', for: ['admin', 'reviewer'] },
];

/** Where somebody with these roles can go. */
export const placesFor = (held: readonly string[]) =>
  places.filter((place) => place.for.some((role) => held.includes(role)));

export function consolePage(
  c: Context,
  { title: service, mode }: Pick<ConsoleParts, 'title' | 'mode'>,
  { title, session, status }: ConsolePage,
  content: Child,
): Response | Promise<Response> {
  const options = {
    title,
    service,
    practice: mode === 'practice',
    ...(status ? { status } : {}),
    ...(session
      ? {
          nav: [...placesFor(session.staff.roles), { href: '/you', text: session.staff.name }],
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

/** For who signed in with a passkey and has one of `roles`. Checks the form's token on everything but GET. */
export const door = (parts: ConsoleParts, roles: readonly Role[], work: Work) =>
  told(parts, async (c) => {
    const found = await parts.signIn.find(c);
    if (found && found.staff.roles.length === 0) {
      if (c.req.method === 'GET' && !wantsJson(c)) return c.redirect('/you', 303);
      throw new Refusal('forbidden');
    }
    return enter(parts, roles, work)(c);
  });

/** For who came in, if only by a link: to make a passkey. */
export const ownDoor = (parts: ConsoleParts, work: Work) => told(parts, enter(parts, [], work));

const enter =
  (parts: ConsoleParts, roles: readonly Role[], work: Work) =>
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
  (parts: ConsoleParts, work: (c: Context) => Promise<Response> | Response) => async (c: Context) => {
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

async function refusalPage(c: Context, parts: ConsoleParts, refusal: Refusal): Promise<Response> {
  const status = refusal.status as ContentfulStatusCode;
  if (strangers.has(refusal.code))
    return consolePage(
      c,
      parts,
      { title: 'Sign in', status },
      <>
        <Notice tone="bad" title={refusal.message} live>
          <p>This is where the people of this registrar work.</p>
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
