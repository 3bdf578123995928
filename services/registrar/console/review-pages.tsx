/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
/**
 * GET /reviews, GET and POST /reviews/:id: one of two people looks at what somebody showed, where a name and a birth
 * date are on record already. Who is on record is sealed and unreadable here: so it is judged whether this may be
 * somebody else, or what would show it, and never who.
 */

import { dayOf } from '@answerable/kit/clock';
import { Button, Choices, Facts, Form, Notice } from '@answerable/kit/page.tsx';
import { checkShape, readForm } from '@answerable/kit/read-json';
import { reviewVerdict } from '@answerable/protocol/enrolment/review';
import { Refusal } from '@answerable/protocol/refusal';
import * as wire from '@answerable/protocol/wire';
import type { Context } from 'hono';
import type { FC } from 'hono/jsx';
import { z } from 'zod';
import { openShown } from '../ask-review.ts';
import { type Evidence, fullName } from '../evidence/evidence.ts';
import { consolePage, door } from './console-page.tsx';
import type { ConsoleParts } from './console-parts.ts';
import type { ReviewRow } from './review-store.ts';
import { known } from './sign-in-pages.tsx';

const reasons = {
  'common-name': 'The name and birth date are common: two people can well have both',
  'second-source': 'I asked a second source, which can tell the two apart',
  'document-wanted': 'A document, or a sign-in with one, would show it',
  'words-wanted': 'They say they may have joined: their four words would show it',
  'referee-wanted': 'Somebody who knows them should vouch',
} as const;
const judged = z.strictObject({
  csrf: wire.text(100),
  verdict: reviewVerdict,
  reason: z.enum(Object.keys(reasons) as (keyof typeof reasons)[]),
});
const verdicts = {
  different: 'Somebody else: they join as a new person',
  same: 'The person on record: what they showed is added there, and they come back by their words or a reset',
  more: 'It takes more: they are told to show who they are in another way',
};

export const showReviews = (parts: ConsoleParts) =>
  door(parts, ['reviewer'], async (c, session) => {
    const waiting = await parts.reviews.waitingFor(known(session).id, parts.clock.now());
    return consolePage(
      c,
      parts,
      { title: 'To look at', session },
      waiting.length === 0 ? (
        <p>Nothing waits for you.</p>
      ) : (
        <ul>
          {waiting.map(({ session_id, day }) => (
            <li>
              <a href={`/reviews/${session_id}`}>Asked for on {day}</a>
            </li>
          ))}
        </ul>
      ),
    );
  });

export const showReview = (parts: ConsoleParts) =>
  door(parts, ['reviewer'], async (c, session) => {
    const row = await openReview(parts, c);
    const { evidence } = openShown(row.sealed, parts.enrolment.keys);
    return consolePage(
      c,
      parts,
      { title: 'Somebody new, or the person on record?', session },
      <ReviewPage row={row} evidence={evidence} csrf={session.csrf} />,
    );
  });

export const judgeReview = (parts: ConsoleParts) =>
  door(parts, ['reviewer'], async (c, session) => {
    const { verdict, reason } = await readForm(c, judged);
    const row = await openReview(parts, c);
    const { id, name } = known(session);
    const day = dayOf(parts.clock.now());
    // Which of several is meant, nobody here can know.
    if (verdict === 'same' && row.records > 1) throw new Refusal('malformed', 'verdict');
    await parts.reviews.judge(row.session_id, { staff: { id, name }, verdict, reason, day });
    return c.redirect('/reviews', 303);
  });

async function openReview(parts: ConsoleParts, c: Context): Promise<ReviewRow & { sealed: string }> {
  const row = await parts.reviews.find(checkShape(c.req.param('id'), wire.id));
  if (!row) throw new Refusal('not_found');
  const { sealed } = row;
  if (row.verdict !== null || sealed === null) throw new Refusal('already_decided');
  return { ...row, sealed };
}

const ReviewPage: FC<{ row: ReviewRow; evidence: Evidence; csrf: string }> = ({ row, evidence, csrf }) => (
  <>
    <Notice tone="mark" title="What you can know, and what you cannot">
      <p>
        {row.records === 1 ? 'One record has' : `${row.records} records have`} this name and birth date, or a
        document that only a referee saw. Who it is stays sealed, also for you. A wrong “somebody else” gives
        one person two records; a wrong “the person on record” shows a stranger the way to a reset. When in
        doubt, ask for more. A second reviewer judges without seeing your answer.
      </p>
    </Notice>
    <Facts
      facts={[
        ['Name', fullName(evidence)],
        ['Born', evidence.birthDate],
        ['Shown', shownIn(evidence)],
        ['Asked for on', row.day],
      ]}
    />
    <Form action={`/reviews/${row.session_id}`} csrf={csrf} label="Your judgement">
      <Choices
        name="verdict"
        legend="What you say"
        options={reviewVerdict.options
          .filter((verdict) => verdict !== 'same' || row.records === 1)
          .map((value) => ({ value, text: verdicts[value] }))}
      />
      <Choices
        name="reason"
        legend="Why"
        options={Object.entries(reasons).map(([value, text]) => ({ value, text }))}
      />
      <Button>Say so</Button>
    </Form>
  </>
);

function shownIn({ documents, assurance, vouched }: Evidence): string {
  const kinds = documents.map(({ kind }) => kind.replaceAll('-', ' '));
  const by = vouched
    ? `vouched for by ${vouched.name}, ${vouched.known}`
    : `a provider, ${assurance} assurance`;
  return `${kinds.length > 0 ? kinds.join(', ') : 'no document'}; ${by}`;
}
