/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
/** The pages of notices to other companies: the list, a new one, and one with its letter and its way so far. */

import { Button, ButtonLink, Facts, Form, Notice, Table, Tag } from '@answerable/kit/page.tsx';
import type { ItemSnapshot } from '@answerable/protocol/report/report';
import type { FC } from 'hono/jsx';
import type { CaseState } from '../casework/state.ts';
import { displayText } from '../console/display-text.tsx';
import { minutes } from '../deciding/event-words.ts';
import type { LedgerRecord } from '../ledger.ts';
import { hoursInWords } from './answer-times.ts';
import type { NoticeState } from './notice.ts';
import { type Choice, DraftFields } from './notice-fields.tsx';
import { NoticeSteps } from './notice-steps.tsx';

const msPerHour = 3_600_000;
export const phaseWords = {
  draft: 'not sent yet',
  sent: 'sent, no word yet',
  acknowledged: 'received by them',
  answered: 'answered',
  closed: 'closed',
};

interface Row {
  notice: string;
  due_at: string | null;
  state: NoticeState;
}

export const ListPage: FC<{ rows: readonly Row[]; now: string }> = ({ rows, now }) => (
  <>
    <p>
      For a page on a company’s service that is not ours. A notice begins at a case. How companies answer is{' '}
      <a href="/public/outside-notices">public</a>.
    </p>
    {rows.length === 0 ? (
      <Notice tone="good" title="No notice is open." />
    ) : (
      <NoticeTable caption="Open notices, the next to ask about first" rows={rows} now={now} />
    )}
  </>
);

export const NoticeTable: FC<{ caption: string; rows: readonly Row[]; now: string }> = (props) => (
  <Table
    caption={props.caption}
    head={['Company', 'Stands', 'Sent', 'Ask again']}
    rows={props.rows.map(({ state, due_at }) => [
      <a href={`/outside/${state.notice}`} data-stop>
        {displayText(state.draft.company)}
      </a>,
      phaseWords[state.phase],
      state.sentAt ? state.sentAt.slice(0, 10) : '–',
      due_at === null ? '–' : due_at <= props.now ? <Tag tone="bad">now</Tag> : due_at.slice(0, 10),
    ])}
  />
);

/** What of a case may go with a notice, in the order of the case. */
export const choicesOf = (state: CaseState, texts: ReadonlyMap<string, ItemSnapshot>): Choice[] =>
  state.items
    .filter((item) => !item.distress)
    .map(({ locator, hash }) => ({ locator, text: texts.get(hash)?.text ?? '' }));

export const BeginPage: FC<{ caseId: string; choices: readonly Choice[]; csrf: string }> = (props) => (
  <>
    <p>
      From <a href={`/cases/${props.caseId}`}>case {props.caseId.slice(0, 6)}</a>. You can read it once more
      before it goes out.
    </p>
    <Form action={`/cases/${props.caseId}/outside-notices`} csrf={props.csrf} label="Write the notice">
      <DraftFields evidence={props.choices} />
      <Button>Keep as a draft</Button>
    </Form>
  </>
);

export interface NoticePageProps {
  state: NoticeState;
  letter: string;
  /** what else of the case could go with it */
  choices: readonly Choice[];
  history: readonly LedgerRecord[];
  mails: readonly { state: string; code: string | null }[];
  canMail: boolean;
  csrf: string;
  now: string;
}

export const NoticePage: FC<NoticePageProps> = (props) => {
  const { state, letter, history } = props;
  return (
    <>
      <Standing {...props} />
      <NoticeSteps {...props} />
      <section aria-labelledby="letter">
        <h2 id="letter">The notice</h2>
        <pre class="letter">{letter}</pre>
        <p class="row">
          <ButtonLink href={`/outside/${state.notice}/letter.txt`} kind="plain">
            Save the text
          </ButtonLink>
          <ButtonLink href={`/outside/${state.notice}/evidence.json`} kind="plain">
            Save the evidence
          </ButtonLink>
        </p>
      </section>
      <section aria-labelledby="history">
        <h2 id="history">History</h2>
        <ol class="history">
          {history.map((record) => (
            <li>
              <span class="soft">
                {minutes(record.at)} · {record.who}
              </span>
              <br />
              {historyWords(record)}
            </li>
          ))}
        </ol>
      </section>
    </>
  );
};

const Standing: FC<NoticePageProps> = ({ state, mails, now }) => {
  const refused = mails.find((mail) => mail.state === 'refused');
  const waiting = mails.some((mail) => mail.state === 'pending');
  return (
    <>
      <Facts
        facts={[
          ['Stands', phaseWords[state.phase]],
          ['Sent', state.sentAt ? minutes(state.sentAt) : 'not yet'],
          ['Asked again', String(state.chased)],
          ['Their reference', state.reference ? displayText(state.reference) : 'none yet'],
          ['Answer', answerWords(state, now)],
          ['From', <a href={`/cases/${state.caseId}`}>case {state.caseId.slice(0, 6)}</a>],
        ]}
      />
      {refused ? (
        <Notice tone="bad" title="The mail server refused the mail." live>
          <p>Hand the notice over in another way. Code: {refused.code}.</p>
        </Notice>
      ) : null}
      {waiting ? <Notice title="A mail is on its way." live /> : null}
    </>
  );
};

function answerWords({ answer, sentAt }: NoticeState, now: string): string {
  const hours = (to: string) => hoursInWords((Date.parse(to) - Date.parse(sentAt ?? to)) / msPerHour);
  if (answer) return `${answer.outcome}, after ${hours(answer.at)}: ${displayText(answer.words)}`;
  return sentAt ? `none for ${hours(now)}` : 'none yet';
}

const kindWords: Record<string, string> = {
  written: 'Written.',
  sent: 'Sent.',
  chased: 'Asked again.',
  acknowledged: 'They confirmed that they have it.',
  answered: 'They answered.',
  closed: 'Closed.',
};
const historyWords = ({ body }: LedgerRecord): string =>
  'kind' in body ? (kindWords[String(body.kind)] ?? '') : '';
