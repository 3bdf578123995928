/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
/** The pages one fills in: joining under each rule, reporting; and a refusal in plain words. */
import { Button, ButtonLink, Choices, Field, Form } from '@answerable/kit/page';
import { type Refusal, refusals } from '@answerable/protocol/refusal';
import { reportReasons } from '@answerable/protocol/report/report';
import type { Context } from 'hono';
import type { Child } from 'hono/jsx';
import { placeOf } from './join.ts';
import { type ForumParts, wantsJson } from './parts.ts';
import { type Bound, mayJoin, type Rule, type Settings, type Way, whoIsBound } from './policy.ts';
import { forumPage } from './show.tsx';

/** GET /join: what is needed here and now. `?country=` and `?told=` say where the visitor is. */
export function showJoin(parts: ForumParts) {
  return async (c: Context) => {
    const { rule, forUk } = await parts.store.settings();
    const place = await placeOf(c, parts);
    const bound = whoIsBound(forUk, place);
    const ways = waysIn(rule, bound);
    if (wantsJson(c)) return c.json({ rule, forUk, ...bound, ways });
    const asked = new URLSearchParams(
      Object.entries({ country: c.req.query('country'), told: place.told ?? undefined }).filter(
        (pair): pair is [string, string] => pair[1] !== undefined,
      ),
    );
    const query = asked.size > 0 ? `?${asked}` : '';
    return forumPage(c, parts, 'Join or sign in', () => (
      <>
        {bound.bound === null ? whereAreYou : null}
        {becauseOf(rule, bound)}
        {ways.includes('gateway') ? joinThroughGateway(query) : null}
        {ways.includes('identity') ? joinByName(query) : null}
        {ways.includes('open') ? joinOpenly(query, place.told) : null}
        <h2>You have an account already</h2>
        <div class="row">
          {parts.config.gateway && !ways.includes('gateway') ? (
            <ButtonLink kind="plain" href={`/sign-in/gateway${query}`}>
              Sign in with your wallet
            </ButtonLink>
          ) : null}
          {parts.config.identityProvider && !ways.includes('identity') ? (
            <ButtonLink kind="plain" href={`/sign-in/identity${query}`}>
              Sign in with your identity
            </ButtonLink>
          ) : null}
        </div>
        <Form action="/sign-in" csrf={undefined} label="Sign in with handle and e-mail">
          <Field name="handle" label="Handle of an account with e-mail" required maxlength={30} />
          <Field name="email" label="Its e-mail" required maxlength={200} autocomplete="email" />
          <Button kind="plain">Sign in</Button>
        </Form>
      </>
    ));
  };
}

const waysIn = (rule: Rule, { bound }: Bound): Way[] =>
  (['gateway', 'identity', 'open'] as const).filter((way) => bound !== null && mayJoin(way, rule, bound));

const whereAreYou = (
  <form method="get" action="/join">
    <Choices
      name="told"
      legend="Are you in the United Kingdom?"
      options={[
        { value: 'uk', text: 'Yes' },
        { value: 'elsewhere', text: 'No' },
      ]}
    />
    <Button>Continue</Button>
  </form>
);

function becauseOf(rule: Rule, { bound, because }: Bound): Child {
  if (rule === 'no-rule' || bound === null || because === 'everyone') return null;
  const reason = {
    credential: 'your credential says so',
    geography: 'that is where your connection seems to be',
    told: 'you said so',
    unknown: '',
  }[because];
  return (
    <p>
      {bound
        ? `The rule is for people in the UK, and it counts for you: ${reason}.`
        : `The rule is for people in the UK, and you are elsewhere: ${reason}.`}
    </p>
  );
}

const joinThroughGateway = (query: string) => (
  <>
    <h2>With your wallet</h2>
    <p>Your wallet shows that you are one real person. This forum does not learn which.</p>
    <ButtonLink href={`/sign-in/gateway${query}`}>Continue with your wallet</ButtonLink>
  </>
);
const joinByName = (query: string) => (
  <>
    <h2>With your legal name</h2>
    <p>
      You prove who you are. This forum keeps your legal name and birth date, and shows the name beside what
      you write.
    </p>
    <ButtonLink href={`/sign-in/identity${query}`}>Prove who you are</ButtonLink>
  </>
);
const joinOpenly = (query: string, told: string | null) => (
  <>
    <h2>With a handle and an e-mail</h2>
    <Form action={`/sign-up${query}`} csrf={undefined} label="Sign up">
      {told === null ? null : <input type="hidden" name="told" value={told} />}
      <Field
        name="handle"
        label="Handle"
        hint="3 to 30 small letters, digits and _"
        required
        maxlength={30}
      />
      <Field
        name="email"
        label="E-mail"
        hint="Nobody checks it."
        required
        maxlength={200}
        autocomplete="email"
      />
      <Button>Sign up</Button>
    </Form>
  </>
);

const reasonWords: Record<(typeof reportReasons)[number], string> = {
  abuse: 'It is abuse',
  hate: 'It is hate',
  'pile-on': 'Many are at one person',
  'promotes-suicide': 'It promotes suicide or self-harm',
  'worried-about-them': 'I am worried about who wrote it',
  threat: 'It is a threat',
  'intimate-image': 'It shows somebody intimate',
  other: 'Something else',
};

/** GET /report?target=post/… or ?repliesTo=… */
export function showReport(parts: ForumParts) {
  return (c: Context) => {
    const { target, repliesTo } = c.req.query();
    return forumPage(c, parts, 'Report', () => (
      <Form action="/report" csrf={undefined} label="Report">
        {target ? <input type="hidden" name="targets" value={target} /> : null}
        {repliesTo ? <input type="hidden" name="repliesTo" value={repliesTo} /> : null}
        <Choices
          name="reasons"
          legend="What is wrong?"
          options={reportReasons.map((value) => ({ value, text: reasonWords[value] }))}
        />
        <Choices
          name="capacity"
          legend="Who are you in this?"
          options={[
            { value: 'user', text: 'Somebody who saw it', checked: true },
            { value: 'subject', text: 'It is about me' },
            { value: 'targeted-group', text: 'It is about a group I belong to' },
            { value: 'parent', text: 'A parent' },
            { value: 'assisting-adult', text: 'An adult who helps somebody' },
            { value: 'trusted-body', text: 'An organisation' },
          ]}
        />
        <Field name="statement" label="In your words" rows={4} maxlength={4000} />
        <p class="hint">You report in good faith, and you are told what comes of it.</p>
        <Button>Send to the safety desk</Button>
      </Form>
    ));
  };
}

/** GET /reported/:receipt */
export function showReported(parts: ForumParts) {
  return (c: Context) =>
    forumPage(c, parts, 'Thank you', () => (
      <>
        <p>The safety desk has your report. You can see what comes of it, without an account:</p>
        <p>
          <a
            href={`${parts.config.desk?.origin}/receipts/${encodeURIComponent(c.req.param('receipt') ?? '')}`}
          >
            What came of it
          </a>
        </p>
      </>
    ));
}

const needed: Record<Settings['rule'], string> = {
  'no-rule': 'This way of joining is closed here.',
  ban: 'Under the ban one joins here by proving one’s legal name.',
  answerable: 'Here one joins with a wallet.',
};

/** A refusal as a page. */
export function showRefusal(c: Context, parts: ForumParts, { code, pointer }: Refusal): Promise<Response> {
  const { status, title } = refusals[code];
  const shown = ([400, 401, 403, 404, 409, 500, 503] as const).find((one) => one === status) ?? 400;
  return forumPage(
    c,
    parts,
    title,
    (_, { rule }) => (
      <>
        {pointer?.startsWith('rule') ? <p>{needed[rule]}</p> : pointer ? <p>{pointer}</p> : null}
        <ButtonLink href={code === 'unauthorised' ? '/join' : '/'}>
          {code === 'unauthorised' ? 'Join or sign in' : 'Back to the forum'}
        </ButtonLink>
      </>
    ),
    shown,
  );
}
