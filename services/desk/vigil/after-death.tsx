/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
/**
 * GET and POST /after-a-death: for family, friends, a coroner, the police. Plain words on what can be asked, and a
 * form that becomes a case of its own. Who somebody is is found out by people, by hand: nothing that is typed here
 * is taken for proof, and nothing happens by itself.
 */
import { Button, Choices, Field, Form, Notice, page } from '@answerable/kit/page.tsx';
import { checkShape, readJson } from '@answerable/kit/read-json';
import { Refusal } from '@answerable/protocol/refusal';
import * as wire from '@answerable/protocol/wire';
import type { Context } from 'hono';
import type { Child } from 'hono/jsx';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { z } from 'zod';
import { numbersFor } from '../care/alarm-view.ts';
import { askerWords, askWords } from '../care/care-words.ts';
import { afterDeathAskers, afterDeathAsks } from '../casework/care.ts';
import { human, rule, theDesk } from '../casework/event.ts';
import { serviceTitle } from '../console/console-page.tsx';
import { formOf, isJson, wantsJson } from '../deciding/staff-verb.ts';
import { countriesOf } from '../deciding/write-decision.ts';
import { opening } from '../intake/opening.ts';
import { newId } from '../intake/record-report.ts';
import type { DeskParts } from '../parts.ts';
import { storable } from '../storable.ts';

/** From everybody together; a flood of forms must not drown the one that matters. */
const requestsPerHourMax = 40;
const msPerHour = 3_600_000;
const filled = (max: number) => wire.text(max).refine((text) => text.trim() !== '');
const request = z.strictObject({
  by: z.enum(afterDeathAskers),
  asks: z.array(z.enum(afterDeathAsks)).min(1).max(afterDeathAsks.length),
  account: filled(300),
  name: filled(200),
  contact: filled(300),
  words: wire.text(4_000).optional(),
});

function frame(c: Context, { config }: DeskParts, title: string, content: Child, status = 200) {
  const options = {
    title,
    service: serviceTitle(config),
    practice: config.mode === 'practice',
    status: status as ContentfulStatusCode,
  };
  return page(c, options, content);
}

export const showAfterDeath = (parts: DeskParts) => (c: Context) => {
  const { countries, hasGateway } = {
    countries: countriesOf(parts.config),
    hasGateway: parts.gateway !== null,
  };
  const { signposts, emergency } = numbersFor(countries[0] ?? '');
  return frame(
    c,
    parts,
    'After somebody has died',
    <>
      <p>We are sorry. This page says what you can ask of us, and how. You need no account here.</p>
      <Notice title="If somebody is in danger now">
        <p>{emergency ? `Call ${emergency}.` : 'Call your local emergency number.'}</p>
      </Notice>
      <h2 id="family">Family and friends</h2>
      <ul>
        <li>
          The account can be kept as a memorial: nobody can sign in as it or write to it. It can be undone.
        </li>
        <li>What was written can be kept from being erased.</li>
        <li>
          A thread can be calmed, and people who hound you can be stopped. You can also report posts as usual.
        </li>
        <li>We do not hand out what was written in private, or who anybody here is.</li>
      </ul>
      <p>
        Somebody from here will get in touch by the way you give us, and will ask how you knew the person. We
        ask for no papers on this page.
      </p>
      <p>People to talk to:</p>
      <ul>
        {signposts.map(({ name, how }) => (
          <li>
            {name}: {how}
          </li>
        ))}
      </ul>
      <h2 id="coroner">Coroners, procurators fiscal, their officers</h2>
      <ul>
        <li>Ask below for preservation first. It begins as soon as a person here has spoken with you.</li>
        {countries.includes('GB') ? (
          <>
            <li>
              A coroner in England and Wales can require documents of us directly, about a child or an adult
              (Coroners and Justice Act 2009, Schedule 5).
            </li>
            <li>
              After the death of a child, Ofcom can require information of services it regulates for a coroner
              or a procurator fiscal (Online Safety Act 2023, section 101). That notice comes from Ofcom, not
              from the coroner, and Ofcom can first have the information kept (a data preservation notice,
              since 30 September 2025).
            </li>
          </>
        ) : null}
        <li>
          A copy holds what was posted here, when, and what this desk did. It does not hold a name:{' '}
          {hasGateway ? 'we do not have one.' : 'we have only what the account shows.'}
        </li>
      </ul>
      <h2 id="authorities">Police and other authorities</h2>
      {hasGateway ? (
        <>
          <p>
            If you need to know whose an account is: this desk cannot open it. An authority that the trust
            policy lists sends a signed request with its ground, the order and the item it is about. Guardians
            decide on the public record, and only that one account is opened, to that authority alone.
          </p>
          <p>
            The address is <code>{parts.config.origin}/disclosures</code>. If a life is in danger, say so in
            the request, and call us as well.
          </p>
        </>
      ) : (
        <p>We do not know who anybody here is. Ask us for what is there, with the power that you rest on.</p>
      )}
      <h2 id="mistake">If this is about you, and you are alive</h2>
      <p>We are sorry. Tell us below, choose “this is a mistake”, and a person will undo it.</p>
      <AskForm />
    </>,
  );
};

const AskForm = () => (
  <section aria-labelledby="ask">
    <h2 id="ask">Ask us</h2>
    <Form action="/after-a-death" csrf={undefined} label="Ask us">
      <Choices
        name="by"
        legend="Who are you?"
        options={afterDeathAskers.map((value) => ({ value, text: capital(askerWords[value]) }))}
      />
      <fieldset class="field">
        <legend>What do you ask for?</legend>
        {afterDeathAsks.map((value) => (
          <div class="choice">
            <input type="checkbox" id={`asks-${value}`} name="asks" value={value} />
            <label for={`asks-${value}`}>{capital(askWords[value])}</label>
          </div>
        ))}
      </fieldset>
      <Field
        name="account"
        label="Which account?"
        hint="Its name here, or an address of something it wrote."
        required
        maxlength={300}
      />
      <Field name="name" label="Your name" required maxlength={200} autocomplete="name" />
      <Field
        name="contact"
        label="How can a person reach you?"
        hint="A telephone number or an e-mail address."
        required
        maxlength={300}
      />
      <Field name="words" label="Anything we should know" rows={4} maxlength={4000} />
      <Button>Send</Button>
    </Form>
  </section>
);

export const askAfterDeath = (parts: DeskParts) => async (c: Context) => {
  try {
    const given = await bodyOf(c);
    const hourAgo = new Date(parts.clock.now().getTime() - msPerHour).toISOString();
    if ((await parts.vigils.requestsSince(hourAgo)) >= requestsPerHourMax)
      throw new Refusal('too_many_requests');
    const caseId = await record(parts, given);
    c.header('cache-control', 'no-store');
    if (wantsJson(c)) return c.json({ reference: caseId }, 201);
    return thanks(c, parts, caseId);
  } catch (error) {
    if (wantsJson(c) || !(error instanceof Refusal)) throw error;
    return frame(
      c,
      parts,
      'That did not work',
      <Notice tone="bad" title={error.message} live>
        <p>
          Please go back and look at every field: who you are, what you ask for, the account, your name, and
          how to reach you.
        </p>
      </Notice>,
      error.status,
    );
  }
};

const thanks = (c: Context, parts: DeskParts, caseId: string) =>
  frame(
    c,
    parts,
    'Thank you',
    <>
      <p>A person will read this and get in touch with you. Nothing happens before that.</p>
      <p>
        Your reference: <strong>{caseId}</strong>
      </p>
      <p>
        <a href="/help">People to talk to</a>
      </p>
    </>,
    201,
  );

async function record(parts: DeskParts, given: z.infer<typeof request>): Promise<string> {
  const { store, casebook, vigils } = parts;
  const caseId = newId();
  const { by, asks, words = '', account, name, contact } = given;
  const asked = { kind: 'asked-after-death' as const, by, asks };
  await store.transaction(async (trx) => {
    await casebook.openWithin(trx, caseId, [
      opening(parts, caseId, 'care'),
      {
        actor: { role: 'reporter', name: 'reporter' },
        tool: { ...human, name: 'after-a-death' },
        body: asked,
      },
      { actor: theDesk, tool: rule('vigil'), body: { kind: 'queued' } },
    ]);
    await trx
      .insertInto('after_death_request')
      .values({ case_id: caseId, name, contact, account, words, at: vigils.now() })
      .execute();
  });
  return caseId;
}

async function bodyOf(c: Context): Promise<z.infer<typeof request>> {
  if (isJson(c)) return storable(await readJson(c, request));
  const form = await formOf(c);
  const one = (field: string) => form.one(field);
  const given = {
    by: one('by'),
    asks: form.all('asks'),
    account: one('account'),
    name: one('name'),
    contact: one('contact'),
    words: one('words'),
  };
  return checkShape(storable(given), request);
}

const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);
