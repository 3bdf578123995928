/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
/** The authority's pages: ask about one piece of content, follow what becomes of it, and read the one name. */
import {
  Button,
  ButtonLink,
  Choices,
  Facts,
  Field,
  Form,
  Notice,
  page,
  Table,
  Tag,
} from '@answerable/kit/page.tsx';
import type { Session } from '@answerable/kit/sign-in';
import { type RefusalCode, refusals } from '@answerable/protocol/refusal';
import type { TrustPolicy } from '@answerable/protocol/trust-policy';
import type { Context } from 'hono';
import { type Inquiry, isOver, type Progress } from './inquiry.ts';

const followSeconds = 2;

export interface House {
  name: string;
  title: string;
  practice: boolean;
  platforms: readonly string[];
}

const stageWords: Record<Progress['stage'], string> = {
  asking: 'Being sent',
  filing: 'On its way into the public log',
  judging: 'With the guardians',
  opening: 'Agreed; being opened',
  opened: 'Opened',
  refused: 'Refused by the guardians',
  stopped: 'Not taken',
};

export function listPage(c: Context, house: House, session: Session, inquiries: readonly Inquiry[]) {
  const rows = inquiries.map((one) => [
    <a href={`/inquiries/${one.id}`}>{one.ask.message.order.reference}</a>,
    one.ask.message.item,
    <Tag {...(one.progress.stage === 'opened' ? { tone: 'good' as const } : {})}>
      {stageWords[one.progress.stage]}
    </Tag>,
    one.progress.stage === 'opened' ? one.progress.identity.name : '–',
  ]);
  return page(
    c,
    frame(house, session, 'What we asked, and what we learned'),
    <>
      {rows.length === 0 ? (
        <p>Nothing has been asked.</p>
      ) : (
        <Table caption="Inquiries" head={['Order', 'Content', 'State', 'Name learned']} rows={rows} />
      )}
      <p>
        <ButtonLink href="/ask">Ask about one post</ButtonLink>
      </p>
    </>,
  );
}

export function askPage(c: Context, house: House, session: Session, policy: TrustPolicy, item: string) {
  const grounds = policy.grounds.filter(({ authorities }) => authorities.includes(house.name));
  const { threshold, guardians } = policy.opening;
  return page(
    c,
    frame(house, session, 'Ask who wrote something'),
    <>
      <p>
        You ask about one piece of content. {threshold} of {guardians.length} guardians must agree, the holder
        of the account is heard first, and the request stands in a public log. You learn one name, or none.
      </p>
      <Form action="/inquiries" csrf={session.csrf} label="Ask">
        <Choices
          name="platform"
          legend="Platform"
          options={house.platforms.map((value, i) => ({ value, text: value, checked: i === 0 }))}
        />
        <Field
          name="item"
          label="The content"
          hint="As in its address, such as post/17"
          value={item}
          required
          maxlength={200}
        />
        <Choices
          name="ground"
          legend="Ground"
          options={grounds.map(({ id, title }, i) => ({ value: id, text: title, checked: i === 0 }))}
        />
        <Field name="reference" label="Reference of the order" required maxlength={200} />
        <Field name="text" label="The order" rows={6} required maxlength={4000} />
        <Button>Ask</Button>
      </Form>
    </>,
  );
}

export function inquiryPage(c: Context, house: House, session: Session, one: Inquiry) {
  const { order, platform, item } = one.ask.message;
  return page(
    c,
    {
      ...frame(house, session, `Inquiry ${order.reference}`),
      ...(isOver(one) ? {} : { refreshSeconds: followSeconds }),
    },
    <>
      <p>
        <Tag>{stageWords[one.progress.stage]}</Tag>
      </p>
      <Facts
        facts={[
          ['Platform', platform],
          ['Content', item],
          ['Order', `${order.reference}, ${order.day}`],
        ]}
      />
      <Told progress={one.progress} />
    </>,
  );
}

const Told = ({ progress }: { progress: Progress }) => {
  switch (progress.stage) {
    case 'asking':
      return (
        <p>{progress.code === null ? 'The desk of the platform is being asked.' : wordsOf(progress.code)}</p>
      );
    case 'filing':
      return (
        <p>
          The platform’s gateway files the request, and the public log has to show it before anybody decides.
        </p>
      );
    case 'judging':
      return (
        <>
          <p>
            The holder of the account can answer first. Then each guardian decides by itself, on the record.
          </p>
          <Sayings title="Agreed" says={progress.approved.map((guardian) => ({ guardian, code: '' }))} />
          <Sayings title="Refused" says={progress.refused} />
          <Sayings title="Not decided" says={progress.waiting} />
        </>
      );
    case 'opening':
      return (
        <>
          <p>Enough guardians agreed. Each checks everything again before it gives its share.</p>
          <Sayings title="Said no so far" says={progress.answers} />
          <Bad names={progress.bad} />
        </>
      );
    case 'opened':
      return <Learned progress={progress} />;
    case 'refused':
      return (
        <>
          <p>So many guardians refused that nothing can be opened. Nobody learned who it is.</p>
          <Sayings title="Refused" says={progress.refused} />
        </>
      );
    case 'stopped':
      return (
        <Notice title="Nothing was opened" tone="bad" live>
          <p>{wordsOf(progress.code)}</p>
        </Notice>
      );
  }
};

const Learned = ({ progress }: { progress: Extract<Progress, { stage: 'opened' }> }) => (
  <>
    <Notice title="The holder of this account" tone="mark" live>
      <Facts
        facts={[
          ['Name', progress.identity.name],
          ['Born', progress.identity.birthDate],
          ['Proven by', progress.identity.evidence],
          ['Record of', progress.identity.enrolled],
        ]}
      />
    </Notice>
    <Bad names={progress.bad} />
    <p>
      This is all that was opened. Which other accounts this person has, here or elsewhere, cannot be computed
      from it, and the public log will say that one account was opened for us.
    </p>
  </>
);

const Bad = ({ names }: { names: readonly string[] }) =>
  names.length === 0 ? null : (
    <p>A share that does not hold came from: {names.join(', ')}. It was left out.</p>
  );

const Sayings = ({ title, says }: { title: string; says: readonly { guardian: string; code: string }[] }) =>
  says.length === 0 ? null : (
    <>
      <h2>{title}</h2>
      <ul>
        {says.map(({ guardian, code }) => (
          <li>
            {guardian}
            {code === '' ? '' : `: ${wordsOf(code)}`}
          </li>
        ))}
      </ul>
    </>
  );

/** A guardian's reason is a word of its own; every other no is in the one table. */
const wordsOf = (code: string): string =>
  Object.hasOwn(refusals, code) ? refusals[code as RefusalCode].title : code.replaceAll('-', ' ');

const frame = (house: House, session: Session, title: string) => ({
  title,
  service: house.title,
  practice: house.practice,
  nav: [
    { href: '/', text: 'Inquiries' },
    { href: '/ask', text: 'Ask' },
  ],
  aside: <span>{session.staff.name}</span>,
});
