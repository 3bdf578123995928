/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
/**
 * One case: subject left, history right. What may be done is what the transition would allow; on a case about
 * somebody's distress there is nothing here by which a sanction could be chosen.
 */
import { Button, Facts, Field, Form, Notice, Tag } from '@answerable/kit/page.tsx';
import type { FC } from 'hono/jsx';
import type { ConductDecision } from '../casework/decision.ts';
import type { CaseView } from '../deciding/case-view.ts';
import { count, decisionWords, measureName, minutes } from '../deciding/event-words.ts';
import { AppealPart } from './appeal-part.tsx';
import { DecisionPart } from './decision-part.tsx';
import { ItemsPart } from './items-part.tsx';
import { ageWords, people } from './queue-page.tsx';

export interface CasePageProps {
  view: CaseView;
  csrf: string;
  now: string;
  countries: readonly string[];
}

export const CasePage: FC<CasePageProps> = (props) => (
  <>
    <Standing {...props} />
    <div class="two">
      <div>
        <DecidedPart {...props} />
        <ProposalPart {...props} />
        <HoldsPart {...props} />
        <ItemsPart {...props} />
        <AppealPart {...props} />
        <DecisionPart {...props} />
        <PassPart {...props} />
      </div>
      <div>
        <HistoryPart {...props} />
      </div>
    </div>
  </>
);

/** The number that matters first: how many messages, accounts, persons. */
const Standing: FC<CasePageProps> = ({ view, csrf, now }) => {
  const { messages, accounts, persons } = view.headcount;
  const late = view.due !== null && view.due < now;
  return (
    <>
      <p class="big">
        {messages > 0 ? count(messages, 'message') : count(view.items.length, 'item')},{' '}
        {count(accounts, 'account')}
        {persons === null ? '' : `, ${people(persons)}`}
      </p>
      <p class="row">
        <Tag>{view.kind}</Tag> <Tag>{view.phase}</Tag>
        {view.reasons.map((reason) => (
          <Tag>{reason}</Tag>
        ))}
        {view.due === null ? null : (
          <Tag tone={late ? 'bad' : 'mark'}>
            {late ? 'late: was due' : 'due'} {minutes(view.due)}
          </Tag>
        )}
        <span>{view.assignee ? `With ${view.mine ? 'you' : view.assignee}` : 'With nobody'}</span>
      </p>
      {view.kind === 'care' ? (
        <Notice tone="good" title="This is about somebody who may need help.">
          <p>Help can be shown and offered. There is no sanction for distress.</p>
        </Notice>
      ) : null}
      <div class="row">
        {view.may.claim ? (
          <Form action={`/cases/${view.caseId}/claim`} csrf={csrf} label="Take the case">
            <button type="submit" class="button" data-key="c">
              Take this case
            </button>
          </Form>
        ) : null}
        {view.may.release ? (
          <Form action={`/cases/${view.caseId}/release`} csrf={csrf} label="Give the case back">
            <Button kind="plain">Give it back</Button>
          </Form>
        ) : null}
      </div>
    </>
  );
};

const HoldsPart: FC<CasePageProps> = ({ view, csrf }) => {
  if (view.holds.length === 0) return null;
  return (
    <section aria-labelledby="holds">
      <h2 id="holds">Held</h2>
      {view.holds.map((hold) => (
        <div class="item">
          <p>
            <strong>{hold.target}</strong>:{' '}
            {hold.inForce ? (
              <>
                hidden by {hold.by}
                {hold.confirmedBy ? `, confirmed by ${hold.confirmedBy}` : ''}, {ageWords(hold.secondsLeft)}{' '}
                left (until {minutes(hold.until)})
                {hold.confirmedBy ? '.' : '. Shown again by itself then, unless a second person confirms.'}
              </>
            ) : (
              `the hold by ${hold.by} is over (${hold.state}).`
            )}
          </p>
          <div class="row">
            {view.may.confirmHold.includes(hold.hold) ? (
              <Form
                action={`/cases/${view.caseId}/holds/${hold.hold}/confirmation`}
                csrf={csrf}
                label="Confirm the hold"
              >
                <Button>Confirm the hold</Button>
              </Form>
            ) : null}
            {view.may.liftHold.includes(hold.hold) ? (
              <Form
                action={`/cases/${view.caseId}/holds/${hold.hold}/lift`}
                csrf={csrf}
                label="Lift the hold"
              >
                <Button kind="plain">Lift the hold</Button>
              </Form>
            ) : null}
          </div>
        </div>
      ))}
    </section>
  );
};

const ProposalPart: FC<CasePageProps> = ({ view, csrf }) => {
  const { proposal, may } = view;
  if (!proposal) return null;
  return (
    <section aria-labelledby="proposal">
      <h2 id="proposal">Proposed by {proposal.by}, waits for a second person</h2>
      <Notice>
        <p>
          <strong>{decisionWords(proposal.decision)}</strong>
        </p>
        <Reasons decision={proposal.decision} />
      </Notice>
      {may.confirm ? (
        <Form action={`/cases/${view.caseId}/confirmation`} csrf={csrf} label="Confirm the decision">
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

const DecidedPart: FC<CasePageProps> = ({ view }) => {
  const { decided } = view;
  if (!decided) return null;
  const refused = view.effects.filter((one) => one.progress === 'refused');
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
      {decided.decision.path === 'conduct' ? <Reasons decision={decided.decision} /> : null}
      <p class="soft">
        Appeals until {decided.appealUntil}.{' '}
        {waiting.length > 0 ? `${count(waiting.length, 'act')} on the way. ` : 'Everything is done. '}
        {refused.length > 0
          ? `${count(refused.length, 'act')} could not be done: ${refused.map((one) => `${one.what} (${one.code})`).join(', ')}.`
          : ''}
      </p>
    </section>
  );
};

const Reasons: FC<{ decision: ConductDecision }> = ({ decision: { statement } }) => (
  <Facts
    facts={[
      ['Facts', statement.decision_facts],
      ['Rule', statement.illegal_content_legal_ground ?? statement.incompatible_content_ground ?? ''],
      ['Why', statement.illegal_content_explanation ?? statement.incompatible_content_explanation ?? ''],
      ['Clause', statement.terms_clause],
    ]}
  />
);

/** Passing on, filing elsewhere, a note. */
const PassPart: FC<CasePageProps> = ({ view, csrf }) => {
  const { may, caseId } = view;
  if (!may.escalate && !may.refile) return null;
  return (
    <details class="more">
      <summary>Pass on, or file elsewhere</summary>
      {may.escalate ? (
        <Form action={`/cases/${caseId}/escalation`} csrf={csrf} label="Pass on">
          <div class="field">
            <label for="escalate-why">Pass on to a second person, because</label>
            <input type="text" id="escalate-why" name="why" required maxlength={1000} data-key="e" />
          </div>
          <Button kind="plain">Pass on</Button>
        </Form>
      ) : null}
      {may.refile ? (
        <Form action={`/cases/${caseId}/kind`} csrf={csrf} label="File elsewhere">
          <div class="field">
            <label for="refile-to">File as</label>
            <select id="refile-to" name="to">
              {['content', 'page', 'pile-on', 'care'].map((kind) => (
                <option value={kind} selected={kind === view.kind}>
                  {kind}
                </option>
              ))}
            </select>
          </div>
          <div class="field">
            <label for="refile-why">Because</label>
            <input type="text" id="refile-why" name="why" required maxlength={1000} />
          </div>
          <Button kind="plain">File</Button>
        </Form>
      ) : null}
    </details>
  );
};

const HistoryPart: FC<CasePageProps> = ({ view, csrf }) => (
  <>
    <section aria-labelledby="history">
      <h2 id="history">History</h2>
      <ol class="history">
        {view.history.map((event) => (
          <li>
            <span class="soft">
              {minutes(event.at)} · {event.who === event.role ? event.who : `${event.who}, ${event.role}`}
            </span>
            <br />
            {event.words}
          </li>
        ))}
      </ol>
    </section>
    <section aria-labelledby="earlier">
      <h2 id="earlier">Earlier, about the same accounts</h2>
      {view.earlier.length === 0 ? (
        <p>Nothing.</p>
      ) : (
        <ul>
          {view.earlier.map((other) => (
            <li>
              <a href={`/cases/${other.caseId}`}>
                {other.day}, {other.kind}
              </a>
              : {other.phase}
              {other.measures.map((one) => `, ${one.kind}${one.inForce ? '' : ' (ended)'}`).join('')}
            </li>
          ))}
        </ul>
      )}
    </section>
    <section aria-labelledby="note">
      <h2 id="note">Note for colleagues</h2>
      <Form action={`/cases/${view.caseId}/notes`} csrf={csrf} label="Keep a note">
        <Field name="note" label="Note" rows={2} maxlength={1000} required />
        <Button kind="plain">Keep the note</Button>
      </Form>
    </section>
  </>
);
