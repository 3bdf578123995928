/** `answerable story`: the whole way through, without a browser, each step checked. */
import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { launch } from '@answerable/practice-constellation/launch';
import type { Network } from '@answerable/practice-constellation/network';
import { openWorld } from '@answerable/practice-story/memory';
import { chapters, type Outcome, type Step } from '@answerable/practice-story/step';
import { steps } from '@answerable/practice-story/steps';
import type { World } from '@answerable/practice-story/world';
import type { Verb } from './verb.ts';

const manual = `answerable story — the whole way through, in words

usage: answerable story [--data DIR] [--json]

Brings the practice network up in one process on free ports and walks the story of the debate over real
HTTP with real proofs: people join, one hounds another from three accounts and is barred as a person, comes
back in every way and is refused each time, a thief steals everything, and one account is opened in public.
After each step it says what happened and what each party learned.

  --data DIR   keep the state in DIR, a new folder (default: a temporary one, removed at the end)
  --json       one JSON object at the end instead of words: {"ok": true, "steps": […], "seconds": …}

exit status: 0 everything was as promised, 1 something was not, 2 wrong call
`;

interface Told extends Outcome {
  id: string;
  title: string;
  seconds: number;
}

async function run(args: string[]): Promise<number> {
  const { values } = parseArgs({ args, options: { data: { type: 'string' }, json: { type: 'boolean' } } });
  process.env.ANSWERABLE_MODE ??= 'practice';
  if (values.data && existsSync(join(resolve(values.data), 'story.json'))) {
    process.stderr.write('answerable story: a story was told in that folder before. Name a new one.\n');
    return 2;
  }
  const say = (text: string) => void (values.json || process.stdout.write(text));
  const begun = Date.now();
  const network = await launch({
    dataDir: values.data ? resolve(values.data) : mkdtempSync(join(tmpdir(), 'answerable-story-')),
    ports: 'free',
    separate: false,
    ephemeral: values.data === undefined,
    databaseAdminUrl: process.env.DATABASE_URL,
    tell: (line) => say(`  ${line}\n`),
  });
  try {
    const told = await walk(network, say);
    const ok = told.every((step) => step.ok);
    const seconds = (Date.now() - begun) / 1000;
    if (values.json) process.stdout.write(`${JSON.stringify({ ok, seconds, steps: told })}\n`);
    say(
      `\n${ok ? 'Everything was as promised' : 'Something was NOT as promised'} (${seconds.toFixed(1)} s).\n`,
    );
    return ok ? 0 : 1;
  } finally {
    await network.close();
  }
}

async function walk(network: Network, say: (text: string) => void): Promise<Told[]> {
  const world = await openWorld(network);
  const told: Told[] = [];
  let chapter = '';
  for (const step of steps) {
    if (step.chapter !== chapter) say(`\n${chapters[step.chapter].toUpperCase()}\n`);
    chapter = step.chapter;
    say(`\n  ${step.title}\n  ${step.says}\n`);
    const outcome = await take(step, world, (line) => say(`    … ${line}\n`));
    told.push(outcome);
    for (const line of outcome.lines) say(`    ${outcome.ok ? '✓' : '✗'} ${line}\n`);
    for (const { party, what } of outcome.learned) say(`      ${party} learned: ${what}\n`);
    if (!outcome.ok) break; // later steps rest on this one
  }
  return told;
}

async function take(step: Step, world: World, tell: (line: string) => void): Promise<Told> {
  const begun = Date.now();
  const name = { id: step.id, title: step.title };
  try {
    const outcome = await step.run(world, tell);
    return { ...name, ...outcome, seconds: (Date.now() - begun) / 1000 };
  } catch (error) {
    const why = error instanceof Error ? error.message : 'failed';
    if (process.env.ANSWERABLE_DEBUG === '1') console.error(error);
    return {
      ...name,
      ok: false,
      lines: [`the step broke off: ${why}`],
      learned: [],
      seconds: (Date.now() - begun) / 1000,
    };
  }
}

export const storyVerb: Verb = { manual, run };
