/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
/**
 * A refusal, to somebody with a browser: the same words as the problem that scripts get. On a page of its own with
 * a way back; or at the head of the case page, whose fields still hold what was typed.
 */
import { ButtonLink, Notice, page } from '@answerable/kit/page.tsx';
import type { Refusal } from '@answerable/protocol/refusal';
import type { Context } from 'hono';
import type { FC } from 'hono/jsx';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { DeskConfig } from '../config.ts';
import { publicNav } from '../intake/public-page.tsx';
import type { CasePageProps } from './case-page.tsx';
import { Find, frameOf } from './console-page.tsx';
import { consoleStyle } from './console-style.ts';
import { fieldWords } from './field-words.ts';
import { Palette } from './palette.tsx';

export function refusalPage(
  c: Context,
  config: DeskConfig,
  refusal: Refusal,
  back: string,
): Response | Promise<Response> {
  const options = {
    ...frameOf(config),
    ...(strangers.has(refusal.code) ? { nav: publicNav } : {}),
    title: titleOf(refusal),
    style: consoleStyle,
    aside: strangers.has(refusal.code) ? null : <Find />,
    status: refusal.status as ContentfulStatusCode,
  };
  return page(
    c,
    options,
    <>
      <RefusalNotice refusal={refusal} linked={false} />
      {strangers.has(refusal.code) ? (
        <>
          <p class="row">
            <ButtonLink href="/sign-in/passkey">Sign in with a passkey</ButtonLink>
          </p>
          <p>No passkey here? An admin of this desk can make you a link, which opens once.</p>
          <p>
            You do not work here? You can <a href="/report">report something</a>,{' '}
            <a href="/receipts">see what came of your report</a> or <a href="/complain">complain</a>, without
            signing in.
          </p>
        </>
      ) : (
        <p class="row">
          <ButtonLink href={back}>Back</ButtonLink>
          <ButtonLink href="/" kind="plain">
            Queues
          </ButtonLink>
        </p>
      )}
      <Palette />
    </>,
  );
}

/** Said for the sake of whoever asked; nothing is wrong. */
const kind: ReadonlySet<string> = new Set(['rest_first']);
const titleOf = ({ code }: Refusal): string =>
  strangers.has(code) ? 'Sign in' : kind.has(code) ? 'Please rest' : 'That did not work';

/** Said to somebody who is not in yet. */
const strangers: ReadonlySet<string> = new Set(['unauthorised', 'link_over']);

export const RefusalPart: FC<CasePageProps> = ({ refusal }) =>
  refusal ? <RefusalNotice refusal={refusal} linked /> : null;

const RefusalNotice: FC<{ refusal: Refusal; linked: boolean }> = ({ refusal, linked }) => {
  const field = refusal.pointer === undefined ? undefined : fieldWords(refusal.pointer);
  return (
    <Notice tone={kind.has(refusal.code) ? 'good' : 'bad'} title={refusal.message} live>
      {field ? (
        <p>
          Please look at: {linked && field.id ? <a href={`#${field.id}`}>{field.words}</a> : field.words}.
        </p>
      ) : null}
      <p class="soft">
        Code: {refusal.code}. Nothing was changed{linked ? ', and what you typed is still here' : ''}.
      </p>
    </Notice>
  );
};
