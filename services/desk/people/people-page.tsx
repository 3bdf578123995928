/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
/** The people who work here, for an admin: who may do what and where, how somebody new comes in, who goes. */
import { Button, ButtonLink, Facts, Field, Form, Notice, Table, Tag } from '@answerable/kit/page.tsx';
import type { FC } from 'hono/jsx';
import type { StaffRole } from '../casework/event.ts';
import { type Queue, queues, queueTitles } from '../casework/queue.ts';
import type { Link, StaffStore } from './staff-store.ts';

type Person = Awaited<ReturnType<StaffStore['list']>>[number];

export const roleWords: Record<StaffRole, [title: string, says: string]> = {
  triage: ['Triage', 'sorts cases, takes them and passes them on; decides nothing'],
  moderator: ['Moderator', 'decides, with reasons'],
  appeals: ['Appeals', 'hears appeals, and confirms what others propose'],
  admin: ['Admin', 'decides too; changes settings, and who works here'],
  observer: ['Observer', 'reads, and changes nothing'],
};
const roleNames = Object.keys(roleWords) as StaffRole[];

export const PeoplePage: FC<{ people: readonly Person[]; csrf: string }> = ({ people, csrf }) => (
  <>
    <Table
      caption="Who works here"
      head={['Name', 'May', 'Queues', 'State']}
      rows={people.map((one) => [
        one.removed_at === null ? <a href={`/people/${one.id}`}>{one.name}</a> : one.name,
        one.roles.map((role) => roleWords[role][0]).join(', '),
        queueWords(one.queues),
        <State person={one} />,
      ])}
    />
    <h2>Invite somebody</h2>
    <Form action="/people" csrf={csrf} label="Invite somebody">
      <Field
        name="name"
        label="Working name"
        hint="Colleagues see it on what this person does. It need not be a real name, and nobody else can have it later."
        maxlength={40}
        autocomplete="off"
        required
      />
      <PlaceFields roles={['moderator']} queues={null} />
      <Button>Make the invitation</Button>
    </Form>
  </>
);

const State: FC<{ person: Person }> = ({ person }) => {
  if (person.removed_at !== null) return <span>left on {person.removed_at.slice(0, 10)}</span>;
  if (person.joined_at === null) return <Tag tone="mark">invited</Tag>;
  return Number(person.passkeys) > 0 ? <span>has a passkey</span> : <span>comes in by link</span>;
};

const queueWords = (given: readonly string[] | null): string =>
  given === null ? 'all' : given.map((one) => queueTitles[one as Queue] ?? one).join(', ');

/** What somebody may do, and in which queues. */
const PlaceFields: FC<{ roles: readonly StaffRole[]; queues: readonly string[] | null }> = (given) => (
  <>
    <fieldset class="field">
      <legend>May</legend>
      {roleNames.map((role) => (
        <div class="choice">
          <input
            type="checkbox"
            id={`role-${role}`}
            name="roles"
            value={role}
            checked={given.roles.includes(role)}
          />
          <label for={`role-${role}`}>
            <strong>{roleWords[role][0]}</strong>: {roleWords[role][1]}
          </label>
        </div>
      ))}
    </fieldset>
    <fieldset class="field">
      <legend>In which queues</legend>
      <p class="hint">None chosen: in all of them.</p>
      {queues.map((queue) => (
        <div class="choice">
          <input
            type="checkbox"
            id={`queue-${queue}`}
            name="queues"
            value={queue}
            checked={given.queues?.includes(queue) ?? false}
          />
          <label for={`queue-${queue}`}>{queueTitles[queue]}</label>
        </div>
      ))}
    </fieldset>
  </>
);

export const PersonPage: FC<{ person: Omit<Person, 'passkeys'>; csrf: string }> = ({ person, csrf }) => {
  const at = `/people/${person.id}`;
  return (
    <>
      <Facts
        facts={[
          ['Invited', person.invited_at.slice(0, 10)],
          ['Came in', person.joined_at?.slice(0, 10) ?? 'not yet'],
        ]}
      />
      <Form action={at} csrf={csrf} label="What this person may do">
        <PlaceFields roles={person.roles} queues={person.queues} />
        <Button>Save</Button>
      </Form>
      <h2>A new link</h2>
      <p>For somebody who lost their passkey or has none. It opens once; earlier links open nothing then.</p>
      <Form action={`${at}/links`} csrf={csrf} label="A new link">
        <Button kind="plain">Make a new link</Button>
      </Form>
      <h2>Remove</h2>
      <p>
        Ends every session of theirs at once. Cases that they hold go back into their queues. What they
        decided keeps their name.
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

/** A link is shown once, here; the desk itself keeps only its hash. */
export const LinkPage: FC<{ name: string; address: string; link: Link }> = ({ name, address, link }) => (
  <>
    <Notice tone="mark" live>
      <p>
        Give this link to {name}, in a way that nobody else can read. It opens once, until{' '}
        {link.until.slice(0, 16).replace('T', ' ')} UTC, and is not shown again.
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
      You are invited to work here as <strong>{name}</strong>. This link opens once.
    </p>
    <input type="hidden" name="token" value={token} />
    <Button>Come in</Button>
  </form>
);
