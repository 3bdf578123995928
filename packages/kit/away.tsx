/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
/**
 * What a person with a browser reads while something that a page needs does not answer: mostly the database. The
 * same at every service; software gets the refusal `unavailable` (problem.ts), and both are told when to come again.
 */
import type { Context } from 'hono';
import type { FC } from 'hono/jsx';
import { Notice, page } from './page.tsx';
import { awaySeconds, type Problem } from './problem.ts';

export interface Shown {
  /** name of the service, in the header */
  service: string;
  practice: boolean;
}

export const awayTitle = 'Please try again in a moment';

/** `sent`: a form, or the like, that came and was not taken. */
export const AwayWords: FC<{ sent: boolean }> = ({ sent }) => (
  <>
    <Notice tone="mark" live>
      <p>
        Something that this page needs does not answer just now. It is not your doing, and nothing was lost.
      </p>
    </Notice>
    <p>
      {sent
        ? 'What you sent was not taken yet. Please wait a moment, go back, and send it again.'
        : 'Please wait a moment, and load this page again.'}
    </p>
  </>
);

/** Whether `problem` is to be answered so: a party is away, and a person reads the answer. */
export const isAwayPage = (c: Context, { code }: Problem): boolean =>
  code === 'unavailable' && (c.req.header('accept') ?? '').toLowerCase().includes('text/html');

export function answerAway(c: Context, shown: Shown): Response | Promise<Response> {
  c.header('retry-after', String(awaySeconds));
  const sent = c.req.method !== 'GET' && c.req.method !== 'HEAD';
  return page(c, { title: awayTitle, ...shown, status: 503 }, <AwayWords sent={sent} />);
}
