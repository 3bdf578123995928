/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
/** What was decided, whether it still stands, and what of it is done. */
import { Facts, Tag } from '@answerable/kit/page.tsx';
import type { FC } from 'hono/jsx';
import type { ConductDecision } from '../casework/decision.ts';
import { count, decisionWords, measureName } from '../deciding/event-words.ts';
import type { CasePageProps } from './case-page.tsx';
import { displayText } from './display-text.tsx';

export const DecidedPart: FC<CasePageProps> = ({ view }) => {
  const { decided } = view;
  if (!decided) return null;
  // To look something up is no part of what was decided; where software cannot, a person does.
  const refused = view.effects.filter((one) => one.progress === 'refused' && !one.what.startsWith('fetch-'));
  const waiting = view.effects.filter((one) => one.progress === 'pending');
  return (
    <section aria-labelledby="decided">
      <h2 id="decided">Decided by {decided.deciders.join(' and ')}</h2>
      {view.measures.length === 0 ? <p>{decisionWords(decided.decision)}</p> : null}
      {view.measures.length > 0 ? (
        <ul>
          {view.measures.map((one) => (
            <li>
              {measureName(one.measure)}:{' '}
              {one.inForce ? (
                <Tag tone="mark">in force</Tag>
              ) : (
                <Tag>ended{one.endedBy ? ` by ${one.endedBy}` : ''}</Tag>
              )}
            </li>
          ))}
        </ul>
      ) : null}
      {decided.decision.path === 'conduct' ? <ReasonFacts decision={decided.decision} /> : null}
      <p class="soft">
        Appeals until {decided.appealUntil}.{' '}
        {progressWords(waiting.length, view.beside.platform.hands.length)}
        {refused.length > 0
          ? `${count(refused.length, 'act')} could not be done: ${refused.map((one) => `${one.what} (${one.code})`).join(', ')}.`
          : ''}
      </p>
    </section>
  );
};

function progressWords(onTheWay: number, byHand: number): string {
  if (onTheWay > 0) return `${count(onTheWay, 'act')} on the way. `;
  return byHand > 0 ? `${count(byHand, 'act')} to be done by hand. ` : 'Everything is done. ';
}

export const ReasonFacts: FC<{ decision: ConductDecision }> = ({ decision: { statement } }) => (
  <Facts
    facts={shown([
      ['Facts', statement.decision_facts],
      ['Rule', statement.illegal_content_legal_ground ?? statement.incompatible_content_ground ?? ''],
      ['Why', statement.illegal_content_explanation ?? statement.incompatible_content_explanation ?? ''],
      ['Clause', statement.terms_clause],
    ])}
  />
);

const shown = (facts: readonly (readonly [string, string])[]) =>
  facts.map(([name, words]) => [name, displayText(words)] as const);
