/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
/** A receipt for a person: where the report stands, in words; how to keep it; what can still be said. */
import { ButtonLink, Notice } from '@answerable/kit/page.tsx';
import type { FC } from 'hono/jsx';
import type { DeskConfig } from '../config.ts';
import { displayText } from '../console/display-text.tsx';
import { Faults, Help, Pictures, Words } from './public-page.tsx';
import type { Followed } from './receipt-status.ts';
import { type Fault, wordsMax } from './report-form.ts';

export interface ReceiptPageProps {
  config: DeskConfig;
  receipt: string;
  /** the page right after the form */
  fresh: boolean;
  followed: Followed;
  faults: readonly Fault[];
  /** typed a moment ago and not taken */
  words: string;
}

const stages = ['received', 'in-hand', 'decided'] as const;

export const ReceiptPage: FC<ReceiptPageProps> = (props) => {
  const { config, fresh, followed, faults } = props;
  const what = followed.complaint ? 'complaint' : 'report';
  return (
    <>
      <Faults faults={faults} />
      {fresh ? (
        <Notice tone="good" title={`Thank you. Your ${what} has arrived.`} live>
          <p>A person will read it.</p>
        </Notice>
      ) : null}
      <h2>Where it stands</h2>
      <ol class="way">
        {stages.map((stage) => (
          <Stage {...props} stage={stage} />
        ))}
      </ol>
      <Outcome {...props} />
      <h2>Keep this page</h2>
      <p>
        Its address is the only way to see what comes of your {what}. Save it, print it, or write down the
        code. Nobody can find it by your name. Whoever has the code can read this page, and no more.
      </p>
      <p>
        Address:{' '}
        <span class="soft">
          {config.origin}/receipts/{props.receipt}
        </span>
      </p>
      <p>
        Code: <code class="code">{props.receipt}</code>
      </p>
      <h2>Keep it as evidence</h2>
      <p>
        You can give the police, or a solicitor, one file with what you reported, what we kept of it and what
        was decided, each with its date. It opens in any browser and can be printed. It does not say who
        anybody is. Keep it where nobody finds it whom you fear; delete it from a computer that is not yours.
      </p>
      <p class="row">
        <ButtonLink href={`/receipts/${props.receipt}/evidence`} kind="plain">
          Download the evidence file
        </ButtonLink>
      </p>
      <Help config={config} lead="If this is hard for you, or somebody is in danger" />
      <Still {...props} />
    </>
  );
};

const Stage: FC<ReceiptPageProps & { stage: (typeof stages)[number] }> = ({ followed, stage }) => {
  const { status, day } = followed;
  const at = stages.indexOf(status.state);
  const index = stages.indexOf(stage);
  const words = {
    received: `It arrived on ${dayWords(day)}.`,
    'in-hand': at >= 1 ? 'Somebody has it in hand.' : 'Then somebody takes it in hand.',
    decided:
      at === 2
        ? `It was decided on ${dayWords(status.day)}.`
        : `Then it is decided${status.expected ? `: we mean to by ${momentWords(status.expected)}` : ''}.`,
  }[stage];
  return (
    <li class={index <= at ? 'done' : ''} {...(index === at ? { 'aria-current': 'step' } : {})}>
      {words}
    </li>
  );
};

const Outcome: FC<ReceiptPageProps> = ({ followed, receipt }) => {
  const { status, wishes, complaint } = followed;
  if (status.state !== 'decided') return null;
  return (
    <>
      <Notice tone="mark" title="What came of it">
        <p>
          {wishes
            ? displayText(status.outcome ?? '')
            : 'You did not wish to be told. If you do now, say so below.'}
        </p>
      </Notice>
      <p class="row">
        <ButtonLink href="/report" kind="plain">
          Report it again
        </ButtonLink>
        {complaint ? null : (
          <ButtonLink href={`/complain?receipt=${receipt}`} kind="plain">
            Complain about this
          </ButtonLink>
        )}
      </p>
    </>
  );
};

const Still: FC<ReceiptPageProps> = ({ receipt, followed, faults, words }) => (
  <>
    {followed.open ? (
      <form
        method="post"
        action={`/receipts/${receipt}/additions`}
        enctype="multipart/form-data"
        aria-label="Add to it"
      >
        <fieldset class="step">
          <legend>Add something</legend>
          <Words
            name="words"
            faults={faults}
            label="In your own words"
            rows={3}
            value={words}
            maxlength={wordsMax}
          />
        </fieldset>
        <Pictures faults={faults} stills={false} />
        <p>
          <button type="submit" class="button plain">
            Add it
          </button>
        </p>
      </form>
    ) : null}
    <form method="post" action={`/receipts/${receipt}/wishes`} aria-label="Being told">
      <input type="hidden" name="wishes" value={followed.wishes ? 'no' : 'yes'} />
      <p>
        {followed.wishes
          ? 'This page says what came of it. '
          : 'This page will not say what came of it, as you wished. '}
      </p>
      <p>
        <button type="submit" class="button plain">
          {followed.wishes ? 'I no longer wish to be told' : 'Tell me after all'}
        </button>
      </p>
    </form>
  </>
);

/** GET /receipts: for whoever has a code and no address. */
export const LookUpPage: FC<{ faults: readonly Fault[]; typed: string }> = ({ faults, typed }) => (
  <>
    <Faults faults={faults} sends={false} />
    <form method="get" action="/receipts" aria-label="Look up a report">
      <Words
        name="code"
        faults={faults}
        label="The code that you got"
        hint="22 letters, digits and signs. Capital letters count."
        value={typed}
        maxlength={400}
        required
      />
      <p>
        <button type="submit" class="button">
          Show it
        </button>
      </p>
    </form>
    <p>
      Have you lost it? Then <a href="/report">report again</a>: reports of one thing come together here.
    </p>
  </>
);

const months = 'January February March April May June July August September October November December'.split(
  ' ',
);
const weekdays = 'Sunday Monday Tuesday Wednesday Thursday Friday Saturday'.split(' ');

/** `2026-11-23` → Monday 23 November 2026. */
function dayWords(day: string): string {
  const date = new Date(`${day.slice(0, 10)}T00:00:00Z`);
  return `${weekdays[date.getUTCDay()]} ${date.getUTCDate()} ${months[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
}

/** To the hour after it: nobody decides to the second. */
function momentWords(instant: string): string {
  const hour = new Date(Math.ceil(Date.parse(instant) / msPerHour) * msPerHour).toISOString();
  return `${dayWords(hour)}, ${hour.slice(11, 16)} UTC`;
}
const msPerHour = 3_600_000;
