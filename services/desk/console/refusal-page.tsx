/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
/** A refusal, to somebody with a browser: the same words as the problem that scripts get, and a way back. */
import { ButtonLink, Notice, page } from '@answerable/kit/page.tsx';
import type { Refusal } from '@answerable/protocol/refusal';
import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { DeskConfig } from '../config.ts';
import { nav, serviceTitle } from './console-page.tsx';

const fieldWords: Record<string, string> = {
  assessment: 'what you found',
  'assessment.items': 'which items it is about',
  'assessment.clause': 'the clause',
  'assessment.elements': 'the elements of the offence: all three must be shown',
  'assessment.severity': 'the severity',
  'decision.measures': 'what is to be done: choose at least one measure',
  'decision.measures.0.until': 'until when',
  'decision.reasons.ground': 'the rule or law',
  'decision.reasons.explanation': 'why it goes against it',
  'decision.reasons.facts': 'what happened',
  'decision.reasons.clause': 'the clause of the terms',
  'instead.measures': 'what takes the place of the decision',
  reply: 'your answer',
  rests: 'evidence: the platform itself has not shown anything by this account',
  until: 'a day in the future',
  why: 'why',
};

export function refusalPage(
  c: Context,
  config: DeskConfig,
  refusal: Refusal,
  back: string,
): Response | Promise<Response> {
  const { pointer, code } = refusal;
  const options = {
    title: 'That did not work',
    service: serviceTitle(config),
    practice: config.mode === 'practice',
    nav,
    status: refusal.status as ContentfulStatusCode,
  };
  return page(
    c,
    options,
    <>
      <Notice tone="bad" title={refusal.message} live>
        {pointer ? <p>Please look at: {fieldWords[pointer] ?? pointer}.</p> : null}
        <p class="soft">Code: {code}. Nothing was changed.</p>
      </Notice>
      <p class="row">
        <ButtonLink href={back}>Back</ButtonLink>
        <ButtonLink href="/" kind="plain">
          Queues
        </ButtonLink>
      </p>
    </>,
  );
}
