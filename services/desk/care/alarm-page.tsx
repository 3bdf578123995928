/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
/**
 * Somebody may die: what to do now, in order. The numbers come first and need no form; everything else can wait
 * a minute. Nothing on this page can be used against anybody.
 */
import { Button, ButtonLink, Choices, Facts, Field, Form, Notice } from '@answerable/kit/page.tsx';
import type { FC } from 'hono/jsx';
import { type Alarm, alarmOutcomes, alarmRisks, alarmSteps } from '../casework/care.ts';
import { displayText, Veiled } from '../console/display-text.tsx';
import { Select } from '../console/finding-fields.tsx';
import { minutes } from '../deciding/event-words.ts';
import type { AlarmView, numbersFor } from './alarm-view.ts';
import type { OpenAlarm } from './care-store.ts';
import { outcomeWords, riskWords, stepWords } from './care-words.ts';

type Numbers = ReturnType<typeof numbersFor>;
type OnCallView = AlarmView['onCall'];

/** The front page of it, before there is a case. */
export const AnywherePage: FC<{
  numbers: Numbers;
  onCall: OnCallView;
  alarms: readonly OpenAlarm[];
  csrf: string;
}> = ({ numbers, onCall, alarms, csrf }) => (
  <>
    <CallNow numbers={numbers} />
    {alarms.length === 0 ? null : (
      <ul>
        {alarms.map((one) => (
          <li>
            <a href={`/alarms/${one.caseId}`}>
              Open alarm, raised by {one.by}, {minutes(one.at)}
            </a>
          </li>
        ))}
      </ul>
    )}
    <section aria-labelledby="tell">
      <h2 id="tell">2. Tell everybody on duty</h2>
      <Form action="/alarm" csrf={csrf} label="Raise the alarm">
        <Field
          name="where"
          label="Where is it?"
          hint="The address of what was written, or the number of a case. Leave it empty if you do not know."
          maxlength={2000}
        />
        <RaiseFields />
      </Form>
    </section>
    <OnCall onCall={onCall} step="3" />
  </>
);

export const AlarmPage: FC<{ view: AlarmView; csrf: string; observer: boolean }> = ({
  view,
  csrf,
  observer,
}) => (
  <>
    {view.alarm?.ended ? <Over alarm={view.alarm} /> : null}
    <CallNow numbers={view.numbers} />
    <Say text={view.callText} />
    {view.open || observer ? null : <Raise view={view} csrf={csrf} />}
    <OnCall onCall={view.onCall} step={view.open ? '2' : '3'} />
    <Known view={view} />
    <Opening view={view} />
    {view.open && !observer ? <Steps view={view} csrf={csrf} /> : null}
    <Record alarm={view.alarm} />
    {view.open && !observer ? <End view={view} csrf={csrf} /> : null}
    <ButtonLink href={`/cases/${view.caseId}`} kind="plain">
      To the case
    </ButtonLink>
  </>
);

const CallNow: FC<{ numbers: Numbers }> = ({ numbers }) => {
  const { emergency, policeNotUrgent, country, checked } = numbers;
  const dial = emergency?.split(' ')[0];
  return (
    <div class="alarm now">
      <h2>1. Call for help now</h2>
      <p class="number">
        {emergency ? <a href={`tel:${dial}`}>{emergency}</a> : 'Your local emergency number'}
      </p>
      <p>
        Emergency services, {countryName(country)}.{' '}
        {emergency
          ? 'If the person is in another country, say so: they can pass it on.'
          : 'We have no number for this country that we are sure of.'}
      </p>
      {policeNotUrgent ? <p>Police, when it is not urgent: {policeNotUrgent}.</p> : null}
      <p class="soft">Numbers compared on {checked}.</p>
    </div>
  );
};

/** Selected with one key, copied with another; works without scripts. */
const Say: FC<{ text: string }> = ({ text }) => (
  <section aria-labelledby="say">
    <h2 id="say">What to say</h2>
    <div class="field">
      <label for="call-text">Read this out, or copy it</label>
      <textarea id="call-text" rows={13} readonly>
        {text}
      </textarea>
    </div>
  </section>
);

const RaiseFields = () => (
  <>
    <Choices
      name="risk"
      legend="Who is in danger?"
      options={alarmRisks.map((value) => ({
        value,
        text: capital(riskWords[value]),
        checked: value === 'not-clear',
      }))}
    />
    <Field name="why" label="What have you seen? A few words are enough." maxlength={1000} />
    <Button kind="stop">Raise the alarm</Button>
  </>
);

const Raise: FC<{ view: AlarmView; csrf: string }> = ({ view, csrf }) => (
  <section aria-labelledby="tell">
    <h2 id="tell">2. Tell everybody on duty</h2>
    <p>
      The case comes first for everybody, and nobody can decide anything against the person until it is over.
    </p>
    <Form action={`/alarms/${view.caseId}/alarm`} csrf={csrf} label="Raise the alarm">
      {view.items.length === 0 ? null : (
        <Select
          name="about"
          label="What shows it?"
          selected={view.known.item ?? ''}
          options={[
            ...view.items.slice(0, 100).map((one) => [one, one] as const),
            ['', 'Something else, such as the words of an appeal'] as const,
          ]}
        />
      )}
      <RaiseFields />
    </Form>
  </section>
);

const OnCall: FC<{ onCall: OnCallView; step: string }> = ({ onCall, step }) => (
  <section aria-labelledby="on-call">
    <h2 id="on-call">{step}. Call somebody who is on call</h2>
    {onCall.length === 0 ? (
      <p>
        Nobody is on the list. An admin can put people there: <a href="/on-call">who is on call</a>.
      </p>
    ) : (
      <ul>
        {onCall.map(({ name, part, phone, hours }) => (
          <li>
            <strong>{displayText(name)}</strong>, {displayText(part)}:{' '}
            <a href={`tel:${phone.replace(/[^+\d]/g, '')}`}>{phone}</a> ({displayText(hours)})
          </li>
        ))}
      </ul>
    )}
  </section>
);

const reachWords = { yes: 'yes', partly: 'in part', no: 'no' };

const Known: FC<{ view: AlarmView }> = ({ view: { known } }) => (
  <section aria-labelledby="known">
    <h2 id="known">What is known</h2>
    <Facts
      facts={[
        ['Where', known.url ? <a href={known.url}>{known.url}</a> : (known.item ?? 'Nothing yet')],
        ['Posted', known.posted ? minutes(known.posted) : 'Not known'],
        ['Language', known.language || 'Not known'],
        ['Account', known.account ? displayText(known.account) : 'The platform has not said its name'],
        ['Last seen here', known.lastSeen ? minutes(known.lastSeen) : 'Not known'],
        ['Words through the inbox', known.reach.inbox ? 'yes' : 'no'],
        ['Words through the platform', reachWords[known.reach.platform]],
      ]}
    />
    {known.asReported ? <p>As somebody described it; the platform has not shown it.</p> : null}
    {known.text ? <Veiled text={known.text} about="what they wrote" lang={known.language} /> : null}
    <p class="soft">The desk does not know who anybody is, or where.</p>
  </section>
);

const Opening: FC<{ view: AlarmView }> = ({ view: { disclosure } }) =>
  disclosure === null ? null : (
    <section aria-labelledby="opening">
      <h2 id="opening">If the police need to know who it is</h2>
      <p>
        You cannot open an account, and nobody here can. A listed authority asks, guardians decide on the
        public record, and only then is one account opened to that authority. Give the call handler this
        address:
      </p>
      <p>
        <code>{disclosure.address}</code>
      </p>
      <ul>
        {disclosure.grounds.map(({ title, authorities }) => (
          <li>
            {title}: {authorities.length === 0 ? 'no authority is listed' : authorities.join(', ')}
          </li>
        ))}
      </ul>
      <p>Guardians who decide: {disclosure.guardians.join(', ') || 'none are listed'}.</p>
      <ButtonLink href="/after-a-death#authorities" kind="plain">
        What an authority must bring
      </ButtonLink>
    </section>
  );

const Steps: FC<{ view: AlarmView; csrf: string }> = ({ view, csrf }) => (
  <section aria-labelledby="done">
    <h2 id="done">What you have done</h2>
    <p>One line for each step. The time is kept for you.</p>
    <Form action={`/alarms/${view.caseId}/steps`} csrf={csrf} label="Keep a step">
      <Select name="step" label="Step" options={alarmSteps.map((one) => [one, stepWords[one]] as const)} />
      <Field name="note" label="Whom, and their reference" maxlength={1000} />
      <Button kind="plain">Keep it</Button>
    </Form>
  </section>
);

const Record: FC<{ alarm: Alarm | null }> = ({ alarm }) =>
  alarm === null ? null : (
    <section aria-labelledby="record">
      <h2 id="record">So far</h2>
      <ol class="history">
        <li>
          <span class="soft">
            {minutes(alarm.at)} · {alarm.by}
          </span>
          <br />
          Alarm raised: {riskWords[alarm.risk]}. {displayText(alarm.why)}
        </li>
        {alarm.steps.map((one) => (
          <li>
            <span class="soft">
              {minutes(one.at)} · {one.by}
            </span>
            <br />
            {stepWords[one.step]}. {displayText(one.note)}
          </li>
        ))}
      </ol>
    </section>
  );

const End: FC<{ view: AlarmView; csrf: string }> = ({ view, csrf }) => (
  <details class="more">
    <summary>End the alarm</summary>
    <Form action={`/alarms/${view.caseId}/end`} csrf={csrf} label="End the alarm">
      <Select
        name="outcome"
        label="How did it end?"
        options={alarmOutcomes.map((one) => [one, outcomeWords[one]] as const)}
      />
      <Field name="note" label="A few words for the record" rows={2} required maxlength={2000} />
      <Theirs view={view} />
      <Button kind="plain">End the alarm</Button>
    </Form>
  </details>
);

/** Where nothing was pointed at: what is by the person it was about gets help, and never a sanction. */
const Theirs: FC<{ view: AlarmView }> = ({ view }) =>
  view.alarm?.about !== null || view.items.length === 0 ? null : (
    <fieldset class="group">
      <legend>Which of these did that person write?</legend>
      {view.items.map((one) => (
        <div class="choice">
          <input type="checkbox" id={`theirs-${one}`} name="items" value={one} />
          <label for={`theirs-${one}`}>{one}</label>
        </div>
      ))}
      <div class="choice">
        <input type="checkbox" id="theirs-none" name="noItems" value="yes" />
        <label for="theirs-none">None of these</label>
      </div>
    </fieldset>
  );

const Over: FC<{ alarm: Alarm }> = ({ alarm: { ended } }) =>
  ended === null ? null : (
    <Notice title={`The alarm is over. ${outcomeWords[ended.outcome]}.`}>
      <p>
        {displayText(ended.note)} ({ended.by}, {minutes(ended.at)})
      </p>
      {ended.outcome === 'died' ? (
        <ButtonLink href="/vigils" kind="plain">
          After a death: what this desk can do for those who are left
        </ButtonLink>
      ) : null}
      <p>This was hard. Talk to somebody about it, and take a break if you can.</p>
    </Notice>
  );

const countryNames = new Intl.DisplayNames(['en'], { type: 'region' });
const countryName = (country: string): string =>
  /^[A-Z]{2}$/.test(country) ? (countryNames.of(country) ?? country) : 'your country';
const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);
