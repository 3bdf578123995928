/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
/** The people who work at the console, for an admin: who may do what, how somebody new comes in, who goes. */
import { Button, ButtonLink, Facts, Field, Form, Notice, Table, Tag } from '@answerable/kit/page.tsx';
import type { FC } from 'hono/jsx';
import type { OrganisationRow } from './organisation-store.ts';
import type { Link, PeopleStore, StaffRow } from './people-store.ts';
import { roles, roleWords } from './roles.ts';

type Person = Awaited<ReturnType<PeopleStore['list']>>[number];

export const PeoplePage: FC<{
  people: readonly Person[];
  organisations: readonly OrganisationRow[];
  csrf: string;
}> = ({ people, organisations, csrf }) => (
  <>
    <Table
      caption="Who works here"
      head={['Name', 'May', 'For', 'State']}
      rows={people.map((one) => [
        one.removed === null ? <a href={`/people/${one.id}`}>{one.name}</a> : one.name,
        one.roles.map((role) => roleWords[role][0]).join(', '),
        one.organisation ?? 'this registrar',
        <State person={one} />,
      ])}
    />
    <h2>Invite somebody</h2>
    <Form action="/people" csrf={csrf} label="Invite somebody">
      <Field
        name="name"
        label="Working name"
        hint="It stands beside what this person does. It need not be a real name, and nobody else can have it later."
        maxlength={40}
        autocomplete="off"
        required
      />
      <fieldset class="field">
        <legend>May</legend>
        <p class="hint">A referee vouches and does nothing else. Admin and reviewer can be one person.</p>
        {roles.map((role) => (
          <div class="choice">
            <input type="checkbox" id={`role-${role}`} name="roles" value={role} />
            <label for={`role-${role}`}>
              <strong>{roleWords[role][0]}</strong>: {roleWords[role][1]}
            </label>
          </div>
        ))}
      </fieldset>
      <div class="field">
        <label for="field-organisation">Organisation of a referee</label>
        <select id="field-organisation" name="organisation">
          <option value="">None</option>
          {organisations.map(({ id, name }) => (
            <option value={id}>{name}</option>
          ))}
        </select>
      </div>
      <Button>Make the invitation</Button>
    </Form>
  </>
);

const State: FC<{ person: Person }> = ({ person }) => {
  if (person.removed !== null) return <span>left on {person.removed}</span>;
  if (Number(person.passkeys) > 0) return <span>has a passkey</span>;
  return <Tag tone="mark">{person.joined === null ? 'invited' : 'has no passkey'}</Tag>;
};

export const PersonPage: FC<{ person: StaffRow; csrf: string }> = ({ person, csrf }) => {
  const at = `/people/${person.id}`;
  return (
    <>
      <Facts
        facts={[
          ['May', person.roles.map((role) => roleWords[role][0]).join(', ')],
          ['Invited', person.invited],
          ['Came in', person.joined ?? 'not yet'],
        ]}
      />
      <h2>A new link</h2>
      <p>
        For somebody who lost their passkey. It ends every passkey and session they have, and opens once. The
        record shows that you made it.
      </p>
      <Form action={`${at}/links`} csrf={csrf} label="A new link">
        <Button kind="plain">Make a new link</Button>
      </Form>
      <h2>Remove</h2>
      <p>
        Ends their passkeys and sessions at once; keepers are told that a referee’s word counts no more. What
        they did keeps their name.
      </p>
      <Form action={`${at}/removal`} csrf={csrf} label="Remove">
        <Button kind="stop">Remove {person.name}</Button>
      </Form>
      <p>
        <a href="/people">Back to everybody</a>
      </p>
    </>
  );
};

/** A link is shown once, here; what is kept is its hash. */
export const LinkPage: FC<{ name: string; address: string; link: Link }> = ({ name, address, link }) => (
  <>
    <Notice tone="mark" live>
      <p>
        Give this link to {name}, in a way that nobody else can read. It opens once, until{' '}
        {link.until.toISOString().slice(0, 16).replace('T', ' ')} UTC, and is not shown again.
      </p>
    </Notice>
    <Field name="link" label="Link" value={address} />
    <p class="row">
      <ButtonLink href="/people" kind="plain">
        Back to everybody
      </ButtonLink>
    </p>
  </>
);

export const JoinPage: FC<{ name: string; token: string }> = ({ name, token }) => (
  <form method="post" action="/join">
    <p>
      You are invited to work here as <strong>{name}</strong>. This link opens once. You then make a passkey,
      and sign in with it from then on.
    </p>
    <input type="hidden" name="token" value={token} />
    <Button>Come in</Button>
  </form>
);
