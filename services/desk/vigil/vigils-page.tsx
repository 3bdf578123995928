/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
/** GET /vigils: what is going on after a death, and how to begin or end it. Names nobody who has died. */
import { Button, ButtonLink, Field, Form, Notice, Tag } from '@answerable/kit/page.tsx';
import type { Context } from 'hono';
import type { FC } from 'hono/jsx';
import { consolePage } from '../console/console-page.tsx';
import { displayText } from '../console/display-text.tsx';
import { Select } from '../console/finding-fields.tsx';
import { count, minutes } from '../deciding/event-words.ts';
import { wantsJson } from '../deciding/staff-verb.ts';
import type { DeskParts } from '../parts.ts';
import { isRunning, type Vigil } from './vigil-store.ts';

const kindWords = {
  event: 'After a death, for a set time',
  memorial: 'An account kept as a memorial',
  preservation: 'Kept from erasure',
};
const listLimit = 30;

export const showVigils = (parts: DeskParts) => async (c: Context) => {
  const { signIn, vigils, config } = parts;
  const session = signIn.session(c);
  const [list, terms] = await Promise.all([vigils.list(), vigils.terms()]);
  c.header('cache-control', 'no-store');
  if (wantsJson(c)) {
    // Which account it is about stands in the case, for those whose case it is.
    const vigils = list.map((one) => ({ ...one, about: { ...one.about, account: null } }));
    return c.json({ vigils, terms: terms.map((one) => one.words) });
  }
  const { roles, name } = session.staff;
  const may = roles.includes('admin') || roles.includes('moderator');
  const props = { csrf: session.csrf, name, admin: roles.includes('admin'), may, at: vigils.now() };
  const open = list.filter((one) => one.state !== 'over');
  const over = list.filter((one) => one.state === 'over').slice(0, listLimit);
  return consolePage(
    c,
    config,
    { title: 'After a death', session },
    <>
      <p>
        What this desk can do for those who are left. It orders and slows and shows help; it decides nothing
        about anybody. An admin begins it, or two moderators; a memorial always needs two people. It is on the
        record, and it can be undone.
      </p>
      {open.length === 0 ? <p>Nothing is going on.</p> : null}
      {open.map((one) => (
        <One {...props} one={one} />
      ))}
      {may ? <Begin csrf={session.csrf} admin={props.admin} /> : null}
      <Terms {...props} terms={terms} />
      {over.length === 0 ? null : (
        <details class="more">
          <summary>Over ({over.length})</summary>
          <ul>
            {over.map((one) => (
              <li>
                {kindWords[one.kind]}, begun by {one.asked_by}
                {one.agreed_by ? ` and ${one.agreed_by}` : ''} on {one.asked_at.slice(0, 10)}, ended by{' '}
                {one.ended_by === 'desk' ? 'itself' : one.ended_by} on {one.ended_at?.slice(0, 10)}
              </li>
            ))}
          </ul>
        </details>
      )}
      <ButtonLink href="/after-a-death" kind="plain">
        The page for families, coroners and the police
      </ButtonLink>
    </>,
  );
};

interface Shared {
  csrf: string;
  name: string;
  admin: boolean;
  may: boolean;
  at: string;
}

const One: FC<Shared & { one: Vigil }> = ({ one, csrf, name, admin, may, at }) => {
  const { threads, shielded, account, slow, help } = one.about;
  const mayAgree = may && one.state === 'asked' && (admin || one.asked_by !== name);
  const mayEnd = may && (one.kind !== 'preservation' || admin || one.state === 'asked');
  return (
    <article class="item" data-stop tabindex={-1} aria-label={kindWords[one.kind]}>
      <h2>{kindWords[one.kind]}</h2>
      <p>
        {one.state === 'asked' ? (
          <Tag tone="mark">a second person has to agree</Tag>
        ) : isRunning(one, at) ? (
          <Tag tone="good">going on</Tag>
        ) : (
          <Tag>its time is over</Tag>
        )}{' '}
        {one.until ? `Until ${minutes(one.until)}, then it ends by itself.` : 'Until somebody ends it.'}
      </p>
      <ul>
        {account ? <li>About one account.</li> : null}
        {threads.length > 0 ? (
          <li>
            {count(threads.length, 'thread')}: {threads.join(', ')}
            {slow ? '; replies come slowly' : ''}
            {help ? '; help is shown' : ''}
          </li>
        ) : null}
        {shielded.length > 0 ? (
          <li>What is aimed at these counts as a pile-on: {shielded.map(displayText).join(', ')}</li>
        ) : null}
      </ul>
      <p class="soft">
        Begun by {one.asked_by}
        {one.agreed_by ? ` and ${one.agreed_by}` : ''}, {minutes(one.asked_at)} ·{' '}
        <a href={`/cases/${one.case_id}`}>its case</a>
      </p>
      <div class="row">
        {mayAgree ? (
          <Form action={`/vigils/${one.vigil}/agree`} csrf={csrf} label="Agree">
            <Button>I agree: begin</Button>
          </Form>
        ) : null}
        {mayEnd ? (
          <Form action={`/vigils/${one.vigil}/end`} csrf={csrf} label="End it">
            <Button kind="plain">{one.state === 'asked' ? 'Not needed' : 'End it now'}</Button>
          </Form>
        ) : null}
      </div>
    </article>
  );
};

const Begin: FC<{ csrf: string; admin: boolean }> = ({ csrf, admin }) => (
  <section aria-labelledby="begin">
    <h2 id="begin">Begin something</h2>
    {admin ? null : <p>A second person has to agree before anything happens.</p>}
    <Form action="/vigils" csrf={csrf} label="Begin something">
      <Select
        name="kind"
        label="What"
        options={[
          ['event', `${kindWords.event}: order, slow replies, help`],
          ['memorial', `${kindWords.memorial}: nobody can sign in as it or write to it`],
          ['preservation', `${kindWords.preservation}: everything here about an account`],
        ]}
      />
      <Field
        name="account"
        label="The account of the person who has died"
        hint="Its address, or the address of something it wrote. Be sure: a memorial shuts a living person out."
        maxlength={2000}
      />
      <Field name="threads" label="Threads, one address a line" rows={3} maxlength={8000} />
      <div class="choice">
        <input type="checkbox" id="vigil-slow" name="slow" value="yes" checked />
        <label for="vigil-slow">Replies come slowly there</label>
      </div>
      <div class="choice">
        <input type="checkbox" id="vigil-help" name="help" value="yes" checked />
        <label for="vigil-help">Help is shown there</label>
      </div>
      <Field
        name="shielded"
        label="Account names not to be hounded, one a line"
        hint="The family, friends, journalists. Reports of what names them become pile-on cases."
        rows={2}
        maxlength={2000}
      />
      <Field
        name="days"
        label="Days"
        hint="Seven if you leave it empty; a year for keeping from erasure."
        type="number"
      />
      <Button>Begin</Button>
    </Form>
  </section>
);

const Terms: FC<Shared & { terms: { term: string; words: string }[] }> = ({ terms, csrf, may }) => (
  <section aria-labelledby="terms">
    <h2 id="terms">Words that put a case first</h2>
    <p>
      While something of the first kind is going on, cases in which somebody speaks of methods come first. The
      words are yours: none come with this desk. They give an order, and decide nothing.
    </p>
    {terms.length === 0 ? <Notice title="No words are kept: no case is put first." /> : null}
    <details class="more">
      <summary>{count(terms.length, 'word')} (they may be hard to read)</summary>
      <ul class="plain-list">
        {terms.map(({ term, words }) => (
          <li class="row">
            <span>{displayText(words)}</span>
            {may ? (
              <Form
                action={`/vigils/terms/${encodeURIComponent(term)}/end`}
                csrf={csrf}
                label={`Remove ${displayText(words)}`}
              >
                <Button kind="plain">Remove</Button>
              </Form>
            ) : null}
          </li>
        ))}
      </ul>
    </details>
    {may ? (
      <Form action="/vigils/terms" csrf={csrf} label="Keep a word">
        <Field name="words" label="A word or a few" required maxlength={100} />
        <Button kind="plain">Keep it</Button>
      </Form>
    ) : null}
  </section>
);
