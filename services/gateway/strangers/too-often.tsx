/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
/** What who comes too often is answered: when to come again, to a browser on a page. Nothing of who or where it was. */
import { ButtonLink, Notice, page } from '@answerable/kit/page';
import { problemOf, problemResponse } from '@answerable/kit/problem';
import { TooOften } from '@answerable/kit/source-limits';
import { Refusal } from '@answerable/protocol/refusal';
import type { Context } from 'hono';
import type { GatewayParts } from '../parts.ts';

/** For requests that the OpenID provider would read: `tooOftenSeconds` says how long they wait (oidc/dispatch.ts). */
export function turnAway(c: Context): never {
  const { tooOftenSeconds } = c.env as { tooOftenSeconds?: number };
  throw tooOftenSeconds === undefined ? new Refusal('not_found') : new TooOften(tooOftenSeconds);
}

export async function answerTooOften(
  c: Context,
  { config }: Pick<GatewayParts, 'config'>,
  tooOften: TooOften,
  isPage: boolean,
): Promise<Response> {
  const { seconds } = tooOften;
  const response = isPage ? await waitPage(c, config, seconds) : problemResponse(problemOf(tooOften));
  response.headers.set('retry-after', String(seconds));
  return response;
}

const waitPage = (c: Context, { title, mode }: GatewayParts['config'], seconds: number) =>
  page(
    c,
    {
      title: 'One moment, please',
      service: title,
      practice: mode === 'practice',
      status: 429,
    },
    <>
      <Notice tone="mark" live>
        <p>
          {`Many people are coming at once from where you are: a school, a shared network, Tor. Nothing is wrong with
          you or your wallet, and nothing was lost.`}
        </p>
      </Notice>
      <p>
        {`Please wait ${seconds === 1 ? 'a second' : `${seconds} seconds`} or a little longer, and then go on from here.`}
      </p>
      <p class="row">
        <ButtonLink href={addressOf(c)}>Go on</ButtonLink>
      </p>
    </>,
  );

/** Where this request wanted to go, here and nowhere else. */
function addressOf(c: Context): string {
  const { pathname, search } = new URL(c.req.url);
  return `/${pathname.replace(/^\/+/, '')}${search}`;
}
