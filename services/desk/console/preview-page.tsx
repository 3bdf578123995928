/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
/**
 * A decision before it is one: the statement of reasons as the person will read it, what happens when, who else
 * must agree, and what is grave about it. Submitting sends exactly what was looked at.
 */
import { Notice } from '@answerable/kit/page.tsx';
import type { FC } from 'hono/jsx';
import type { ConductDecision } from '../casework/decision.ts';
import { type CaseState, itemOf } from '../casework/state.ts';
import { plainWords } from '../casework/statement.ts';
import { measureName } from '../deciding/event-words.ts';
import { Words } from './display-text.tsx';

interface Preview {
  /** as it would be after submitting */
  state: CaseState;
  decision: ConductDecision;
  appealUntil: string;
  fields: readonly (readonly [string, string])[];
  csrf: string;
}

export const PreviewPage: FC<Preview> = ({ state, decision, appealUntil, fields, csrf }) => {
  const grave = graveWords(state, decision);
  const kept = fields.filter(([name]) => name !== 'csrf' && name !== 'then' && name !== 'seen');
  return (
    <>
      {state.proposal ? (
        <Notice tone="mark" title="A second person must confirm this">
          <p>Nothing happens until somebody else confirms it. You cannot confirm it yourself.</p>
        </Notice>
      ) : (
        <Notice tone="mark" title="This takes effect at once">
          <p>It can be undone on appeal, by somebody else.</p>
        </Notice>
      )}
      {grave.length > 0 ? (
        <Notice tone="bad" title="Please be sure">
          <ul>
            {grave.map((words) => (
              <li>{words}</li>
            ))}
          </ul>
        </Notice>
      ) : null}
      <section aria-labelledby="done">
        <h2 id="done">What is done</h2>
        <ul>
          {decision.measures.map((measure) => (
            <li>{measureName(measure)}</li>
          ))}
        </ul>
      </section>
      <section aria-labelledby="letter">
        <h2 id="letter">What they read</h2>
        <div class="item letter">
          <Words text={plainWords(decision, appealUntil)} />
        </div>
      </section>
      <form
        method="post"
        action={`/cases/${state.caseId}/decision`}
        class="deciding"
        aria-label="Submit this decision"
      >
        <input type="hidden" name="csrf" value={csrf} />
        <input type="hidden" name="seen" value="yes" />
        {kept.map(([name, value]) => (
          <input type="hidden" name={name} value={value} />
        ))}
        <p class="row thumb-row">
          <button type="submit" class="button" data-key="s">
            {state.proposal ? 'Propose this' : 'Submit this'}
          </button>
          <button type="submit" class="button plain" name="then" value="next" data-key="n">
            {state.proposal ? 'Propose and go to the next' : 'Submit and go to the next'}
          </button>
          <button type="submit" class="button plain" formaction={`/cases/${state.caseId}/draft`}>
            Change something
          </button>
        </p>
      </form>
    </>
  );
};

/** What is grave about it, in sentences. */
function graveWords(state: CaseState, decision: ConductDecision): string[] {
  const words: string[] = [];
  const sanctions = decision.measures.flatMap((one) => (one.kind === 'sanction' ? [one] : []));
  if (sanctions.some((one) => one.step === 'bar'))
    words.push('A bar keeps somebody out until it is looked at again.');
  if (sanctions.some((one) => one.holds === 'person' && one.step !== 'warn'))
    words.push('It holds the person: every account that they have here.');
  if (decision.measures.some((one) => one.kind === 'shut-page'))
    words.push('A shut page also silences whoever else writes there.');
  const untold = decision.rests.some((locator) => !itemOf(state, locator)?.author);
  if (untold)
    words.push(
      'Nobody here knows yet who wrote some of it. They cannot be told, and cannot appeal: look at it on the platform first, if you can.',
    );
  const finding = state.assessment?.finding;
  if (finding?.about === 'conduct') {
    if (finding.protectedContent !== 'none')
      words.push('You marked it as protected: journalism, or of democratic importance.');
    if (finding.confidence === 1) words.push('You said that you are not very sure.');
    if (finding.limb === 'illegal' && Object.values(finding.elements).some((one) => one !== 'yes'))
      words.push('You call it illegal, and not every element of the offence is shown.');
  }
  return words;
}
