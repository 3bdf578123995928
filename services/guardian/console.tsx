/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
/**
 * The pages on which this guardian's people read a case and judge it. Plain words, no scripts needed.
 * Must never: show a case that did not verify, or anything that came in without escaping it.
 */
import { Button, Choices, Facts, Form, Notice, page, Table, Tag } from '@answerable/kit/page.tsx';
import type { Session } from '@answerable/kit/sign-in';
import { refusalReasons } from '@answerable/protocol/disclosure/opening';
import type { Context } from 'hono';
import type { CaseState, CaseSummary, CaseView } from './case-view.ts';

export interface ConsoleOf {
  title: string;
  practice: boolean;
  threshold: number;
  guardians: number;
}

const stateWords: Record<CaseState, string> = {
  hearing: 'The holder can still answer',
  waiting: 'Waits for your decision',
  approved: 'You approved',
  refused: 'You refused',
  'record-share-given': 'First share given',
  'identity-share-given': 'Opened: both shares given',
  'notice-published': 'Opened, notice published',
};

const reasonWords: Record<(typeof refusalReasons)[number], string> = {
  'source-protection': 'It would expose a journalist’s source',
  'freedom-of-expression': 'What was said is protected speech',
  'risk-to-a-person': 'Opening would put somebody at risk',
  'ground-not-met': 'The ground is not met by this content',
  'order-not-valid': 'The order is not valid',
  'no-dual-criminality': 'It is no offence here',
};

export function listPage(c: Context, house: ConsoleOf, session: Session, cases: readonly CaseSummary[]) {
  const rows = cases.map((one) => [
    <a href={`/cases/${one.caseId}`}>{one.groundTitle}</a>,
    one.authorityTitle,
    one.platform,
    <Tag {...(one.state === 'waiting' ? { tone: 'mark' as const } : {})}>{stateWords[one.state]}</Tag>,
    one.received.slice(0, 10),
  ]);
  return page(
    c,
    frame(house, session, 'Cases'),
    <>
      <p>
        Nobody can open an account alone. It takes {house.threshold} of {house.guardians} guardians, each on
        the public record, and the holder is heard first.
      </p>
      {rows.length === 0 ? (
        <Notice title="No cases">
          <p>
            When an authority asks for one account, the case is listed here once all of it has been checked.
          </p>
        </Notice>
      ) : (
        <Table caption="Cases" head={['Ground', 'Who asks', 'Platform', 'State', 'Received']} rows={rows} />
      )}
    </>,
  );
}

export function casePage(c: Context, house: ConsoleOf, session: Session, view: CaseView) {
  return page(
    c,
    {
      ...frame(house, session, 'A request to open one account'),
      ...(view.state === 'approved' ? { refreshSeconds: 5 } : {}),
    },
    <>
      <p>
        <Tag>{stateWords[view.state]}</Tag>
      </p>
      <Asked view={view} />
      <Content view={view} />
      <h2>What the holder of the account said</h2>
      {view.replies.length === 0 ? <p>Nothing so far.</p> : null}
      {view.replies.map((reply) => (
        <blockquote>{reply}</blockquote>
      ))}
      {view.replies.length > 0 ? (
        <p class="hint">Signed with the key of this account, and passed on by the platform’s desk.</p>
      ) : null}
      <Consequences view={view} house={house} />
      <Decide view={view} session={session} />
    </>,
  );
}

const Asked = ({ view }: { view: CaseView }) => (
  <>
    <h2>Who asks, and why</h2>
    <Facts
      facts={[
        ['Authority', view.authorityTitle],
        ['Ground', view.groundTitle],
        ['Platform', view.platform],
        ['Filed in the public log as entry', String(view.filing.place)],
        ['The holder can answer until', view.heardUntil],
      ]}
    />
    {view.order ? (
      <>
        <h3>
          The order: {view.order.reference}, {view.order.day}
        </h3>
        <blockquote>{view.order.text}</blockquote>
      </>
    ) : null}
  </>
);

const Content = ({ view }: { view: CaseView }) => (
  <>
    <h2>The content in question</h2>
    {view.item ? (
      <>
        <blockquote>{view.item.text}</blockquote>
        <p class="hint">
          {view.item.locator}, posted {view.item.posted}
        </p>
      </>
    ) : (
      <p>Deleted here with your refusal.</p>
    )}
  </>
);

const Consequences = ({ view, house }: { view: CaseView; house: ConsoleOf }) => (
  <>
    <h2>What opens, and what does not</h2>
    <ul>
      <li>
        If {house.threshold} of {house.guardians} guardians approve, {view.authorityTitle} learns the name and
        birth date behind this one account. Nobody else learns them; you do not.
      </li>
      <li>No other account of the same person is opened or found by this, here or elsewhere.</li>
      <li>
        Your decision goes into the public log, sealed. On {view.noticeDue.slice(0, 10)} the log says that one
        account was opened, by whom and on which ground, and the holder can find it.
      </li>
    </ul>
  </>
);

const Decide = ({ view, session }: { view: CaseView; session: Session }) => {
  if (view.judgement) return <Decided view={view} />;
  if (view.state === 'hearing')
    return (
      <Notice title="Not yet">
        <p>The holder can still be heard. You can decide afterwards.</p>
      </Notice>
    );
  return (
    <>
      <h2>Your decision</h2>
      <Form action={`/cases/${view.caseId}/approve`} csrf={session.csrf} label="Approve">
        <Button>Approve the opening</Button>
      </Form>
      <Form action={`/cases/${view.caseId}/refuse`} csrf={session.csrf} label="Refuse">
        <Choices
          name="reason"
          legend="Or refuse, because"
          options={refusalReasons.map((value) => ({ value, text: reasonWords[value] }))}
        />
        <Button kind="stop">Refuse, and delete the file here</Button>
      </Form>
    </>
  );
};

const Decided = ({ view }: { view: CaseView }) => {
  const { decision, day, reason, place } = view.judgement!;
  const why = reason === 'met' ? '' : `: ${reasonWords[reason]}`;
  return (
    <Notice title={decision === 'approve' ? 'You approved' : 'You refused'} live>
      <p>
        On {day}
        {why}. {place === null ? 'On its way into the public log.' : `In the public log as entry ${place}.`}
      </p>
      {view.noticePlace === null ? null : <p>The notice is entry {view.noticePlace}.</p>}
    </Notice>
  );
};

const frame = (house: ConsoleOf, session: Session, title: string) => ({
  title,
  service: house.title,
  practice: house.practice,
  nav: [{ href: '/', text: 'Cases' }],
  aside: <span>{session.staff.name}</span>,
});
