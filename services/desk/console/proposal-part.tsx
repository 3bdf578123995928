/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
/** What one person proposed, for a second to confirm or send back. */
import { Button, Field, Form, Notice } from '@answerable/kit/page.tsx';
import type { FC } from 'hono/jsx';
import { decisionWords } from '../deciding/event-words.ts';
import type { CasePageProps } from './case-page.tsx';
import { ReasonFacts } from './decided-part.tsx';

export const ProposalPart: FC<CasePageProps> = ({ view, csrf }) => {
  const { proposal, may } = view;
  if (!proposal) return null;
  return (
    <section aria-labelledby="proposal">
      <h2 id="proposal">Proposed by {proposal.by}, waits for a second person</h2>
      <Notice>
        <p>
          <strong>{decisionWords(proposal.decision)}</strong>
        </p>
        <ReasonFacts decision={proposal.decision} />
      </Notice>
      {may.confirm ? (
        <Form action={`/cases/${view.caseId}/confirmation`} csrf={csrf} label="Confirm the decision">
          <input
            type="hidden"
            name="proposal"
            value={proposal.decision.measures[0]?.measure ?? proposal.at}
          />
          <p>
            <button type="submit" class="button" data-key="s">
              Confirm this decision
            </button>
          </p>
        </Form>
      ) : (
        <p>Whoever proposed it cannot confirm it.</p>
      )}
      {may.decline ? (
        <Form action={`/cases/${view.caseId}/declination`} csrf={csrf} label="Do not confirm">
          <Field name="why" label="Why not" required maxlength={1000} />
          <Button kind="plain">Send it back</Button>
        </Form>
      ) : null}
    </section>
  );
};
