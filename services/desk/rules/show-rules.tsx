/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
/** GET and POST /rules: the rules as text, what they would do, and where they are wrong. Admins change them. */
import { readFileSync } from 'node:fs';
import { Button, Form, Notice, Table, Tag } from '@answerable/kit/page.tsx';
import { asForm, checkShape, readJson } from '@answerable/kit/read-json';
import { Refusal } from '@answerable/protocol/refusal';
import type { Context } from 'hono';
import type { FC } from 'hono/jsx';
import { z } from 'zod';
import { consolePage } from '../console/console-page.tsx';
import { isJson, wantsJson } from '../deciding/staff-verb.ts';
import type { DeskParts } from '../parts.ts';
import { storable } from '../storable.ts';
import { type ClassResult, measureRules } from './measure-rules.ts';
import { RuleFault, readRules } from './read-rules.ts';
import type { RuleSet } from './rule.ts';

const textCharsMax = 100_000;
const ruleText = z.strictObject({ text: z.string().max(textCharsMax) });
let example: string | undefined;
const exampleRules = (): string =>
  (example ??= readFileSync(new URL('./example.rules', import.meta.url), 'utf8'));

export const showRules = (parts: DeskParts) => async (c: Context) => {
  const text = await parts.ranks.text();
  if (wantsJson(c)) return c.json({ text });
  return rulesPage(c, parts, text === '' ? exampleRules() : text, null);
};

export const writeRules = (parts: DeskParts) => async (c: Context) => {
  const { staff } = await parts.signIn.session(c);
  const given = isJson(c)
    ? await readJson(c, ruleText, textCharsMax * 4)
    : checkShape({ text: (await asForm(c.req.parseBody())).text }, ruleText);
  const text = storable(given.text).replaceAll('\r\n', '\n');
  try {
    readRules(text);
  } catch (error) {
    if (!(error instanceof RuleFault)) throw error;
    if (wantsJson(c)) throw new Refusal('malformed', `text: line ${error.line}`);
    return rulesPage(c, parts, text, error.message);
  }
  await parts.ranks.write(text, staff.name);
  return wantsJson(c) ? c.json({ ok: true }) : c.redirect('/rules', 303);
};

async function rulesPage(c: Context, parts: DeskParts, text: string, fault: string | null) {
  const session = await parts.signIn.session(c);
  const [set, holding, kept] = await Promise.all([
    parts.ranks.current(),
    parts.ranks.holding(),
    parts.ranks.text(),
  ]);
  const mayWrite = session.staff.roles.includes('admin');
  const read = fault === null ? readRules(text) : set;
  return consolePage(
    c,
    parts.config,
    { title: 'Rules', session },
    <>
      <p>
        Rules put a case earlier in its queue and say why. They never decide anything. A new rule begins in
        shadow: it is counted and moves nothing.
      </p>
      {fault ? (
        <Notice tone="bad" title="That is not a rule yet." live>
          <p>{fault}</p>
        </Notice>
      ) : null}
      {kept === '' ? (
        <Notice title="No rules are in use.">
          <p>Below is an example to begin with.</p>
        </Notice>
      ) : null}
      {set ? <Holding set={set} holding={holding} /> : null}
      {read ? <Classes results={measureRules(read)} /> : null}
      {mayWrite ? (
        <Form action="/rules" csrf={session.csrf} label="Write the rules">
          <div class="field">
            <label for="rules-text">The rules</label>
            <p class="hint" id="rules-hint">
              Lists first, then rules. A rule can rest on labels of rules above it.
            </p>
            <textarea
              id="rules-text"
              name="text"
              rows={24}
              spellcheck={false}
              aria-describedby="rules-hint"
              class="code"
            >
              {text}
            </textarea>
          </div>
          <Button>Use these rules</Button>
        </Form>
      ) : (
        <pre class="letter">{text}</pre>
      )}
    </>,
  );
}

const Holding: FC<{ set: RuleSet; holding: ReadonlyMap<string, number> }> = ({ set, holding }) => (
  <Table
    caption="Rules in use"
    head={['Rule', 'Says', 'Pulls forward by', 'Mode', 'Waiting cases']}
    rows={set.rules.map((rule) => [
      rule.name,
      rule.says,
      `${rule.pull} h`,
      rule.mode === 'live' ? <Tag tone="mark">live</Tag> : <Tag>shadow</Tag>,
      String(holding.get(rule.name) ?? 0),
    ])}
  />
);

const Classes: FC<{ results: readonly ClassResult[] }> = ({ results }) => (
  <Table
    caption="Where these rules are right and wrong, on sentences written for it"
    head={['What is said', 'Should hold', 'Holds']}
    rows={results.map((one) => [
      one.name,
      one.against ? 'yes' : 'no',
      <>
        {one.held} of {one.sentences}{' '}
        {one.against !== one.held > 0 ? <Tag tone="bad">{one.against ? 'missed' : 'wrong'}</Tag> : null}
      </>,
    ])}
  />
);
