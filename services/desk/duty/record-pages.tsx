/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
/** The record an admin keeps: risks by kind of harm, measures and what is done instead, clauses of the terms. */
import { Button, Field, Form, Notice, Tag } from '@answerable/kit/page.tsx';
import type { FC } from 'hono/jsx';
import { displayText, Words } from '../console/display-text.tsx';
import { Select } from '../console/finding-fields.tsx';
import { DutyLinks, useWords } from './duty-page.tsx';
import type { DutyView } from './duty-view.ts';
import { impacts, likelihoods } from './record.ts';

interface Props {
  view: DutyView;
  csrf: string;
  /** may add to the record */
  keeps: boolean;
}
const asOptions = (words: readonly string[]) => words.map((one) => [one, one] as const);
const dayOf = (at: string) => at.slice(0, 10);

export const RisksPage: FC<Props> = ({ view, csrf, keeps }) => (
  <>
    <DutyLinks here="/duties/risks" />
    <p>
      For each kind of harm: how likely it is here, how bad it would be, why you think so, and what you do
      about it. What you found before stays in the record; the newest counts.
    </p>
    <ul class="plain-list">
      {view.harms.map(({ title, risk }) => (
        <li class="item">
          <h2>{title}</h2>
          {risk ? (
            <>
              <p class="row">
                <Tag tone="mark">{risk.likelihood} likelihood</Tag> <Tag>{risk.impact} impact</Tag>
                {risk.nextReview <= view.made ? <Tag tone="bad">to be looked at again</Tag> : null}
              </p>
              <Words text={risk.evidence} />
              <p>
                <strong>What is done:</strong>
              </p>
              <Words text={risk.measures} />
              <p class="soft">
                Reviewed on {dayOf(risk.at)} by {risk.by}. Next review: {risk.nextReview}.
              </p>
            </>
          ) : (
            <p>Not assessed yet.</p>
          )}
        </li>
      ))}
    </ul>
    {keeps ? (
      <Form action="/duties/risks" csrf={csrf} label="Assess a kind of harm">
        <h2>Assess a kind of harm</h2>
        <Select name="harm" label="Which" options={view.harms.map(({ id, title }) => [id, title] as const)} />
        <Select
          name="likelihood"
          label="How likely"
          hint="Negligible: it cannot happen here, or hardly. If unsure, take the higher."
          options={asOptions(likelihoods)}
          selected="low"
        />
        <Select name="impact" label="How bad it would be" options={asOptions(impacts)} selected="medium" />
        <Field
          name="evidence"
          label="Why you think so"
          hint="Name nobody."
          rows={4}
          required
          maxlength={2000}
        />
        <Field name="measures" label="What you do about it" rows={3} required maxlength={2000} />
        <Field name="nextReview" label="When to look again" type="date" required />
        <Button>Keep it</Button>
      </Form>
    ) : null}
  </>
);

export const MeasuresPage: FC<Props> = ({ view, csrf, keeps }) => {
  const titles = new Map(view.duties.map((one) => [one.id, `${one.at[0]}: ${one.title}`]));
  return (
    <>
      <DutyLinks here="/duties/measures" />
      <p>
        Which measures are in use and since when; and where you do something else than a code recommends,
        what, and how that meets the duty (Online Safety Act s.23).
      </p>
      {view.measures.length === 0 ? <Notice title="Nothing recorded yet." /> : null}
      <ul class="plain-list">
        {view.measures.map((one) => (
          <li class="item">
            <h2>{titles.get(one.measure) ?? one.measure}</h2>
            <p class="row">
              <Tag tone="mark">{useWords[one.use]}</Tag> since {one.since}
            </p>
            <Words text={one.words} />
            {one.instead.trim() === '' ? null : (
              <>
                <p>
                  <strong>Instead, and how that meets the duty:</strong>
                </p>
                <Words text={one.instead} />
              </>
            )}
            {one.rights.trim() === '' ? null : (
              <>
                <p>
                  <strong>For free speech and private life:</strong>
                </p>
                <Words text={one.rights} />
              </>
            )}
            <p class="soft">
              Recorded on {dayOf(one.at)} by {one.by}.
            </p>
          </li>
        ))}
      </ul>
      {keeps && view.duties.length > 0 ? (
        <Form action="/duties/measures" csrf={csrf} label="Record a measure">
          <h2>Record a measure</h2>
          <Select name="measure" label="Which" options={[...titles]} />
          <Select name="use" label="Is it in use?" options={Object.entries(useWords)} selected="in-use" />
          <Field name="since" label="Since" type="date" required />
          <Field
            name="words"
            label="How you do it"
            hint="Or why you do not."
            rows={3}
            required
            maxlength={2000}
          />
          <Field
            name="instead"
            label="What you do instead, and how that meets the duty"
            rows={3}
            maxlength={2000}
          />
          <Field
            name="rights"
            label="What it means for free speech and private life"
            rows={2}
            maxlength={2000}
          />
          <Button>Keep it</Button>
        </Form>
      ) : null}
    </>
  );
};

export const TermsPage: FC<Props> = ({ view, csrf, keeps }) => {
  const standing = view.clauses.filter((one) => one.until === null);
  return (
    <>
      <DutyLinks here="/duties/terms" />
      <p>
        The clauses of your terms, with their days. Once there is one, a decision can cite only a clause that
        stood on its day. Everybody can read them at <a href="/terms">/terms</a>.
      </p>
      <ClauseList clauses={view.clauses} today={view.made} />
      {keeps ? (
        <>
          <Form action="/duties/clauses" csrf={csrf} label="Add a clause, or new words for one">
            <h2>Add a clause, or new words for one</h2>
            <Field name="clause" label="Number" hint="3.1, for example" required maxlength={16} />
            <Field name="title" label="Title" required maxlength={120} />
            <Field name="words" label="Words" rows={5} required maxlength={4000} />
            <Field
              name="from"
              label="From"
              hint="New words for a clause begin tomorrow at the earliest."
              type="date"
              required
            />
            <Button>Keep it</Button>
          </Form>
          {standing.length > 0 ? (
            <Form action="/duties/clauses/end" csrf={csrf} label="End a clause">
              <h2>End a clause</h2>
              <Select
                name="clause"
                label="Which"
                options={standing.map(
                  (one) => [one.clause, `${one.clause} ${displayText(one.title)}`] as const,
                )}
              />
              <Field name="on" label="First day without it" type="date" required />
              <Button kind="plain">End it</Button>
            </Form>
          ) : null}
        </>
      ) : null}
    </>
  );
};

export const ClauseList: FC<{ clauses: DutyView['clauses']; today: string }> = ({ clauses, today }) =>
  clauses.length === 0 ? (
    <Notice title="No clause is recorded yet." />
  ) : (
    <ul class="plain-list">
      {clauses.map((one) => (
        <li class="item">
          <h2>
            {one.clause} {displayText(one.title)}
          </h2>
          <p class="row">
            {one.until !== null && one.until <= today ? (
              <Tag>
                from {one.from} to before {one.until}
              </Tag>
            ) : one.from > today ? (
              <Tag tone="mark">from {one.from}</Tag>
            ) : (
              <Tag tone="good">
                in force since {one.from}
                {one.until === null ? '' : `, ends ${one.until}`}
              </Tag>
            )}
          </p>
          <Words text={one.words} />
        </li>
      ))}
    </ul>
  );
