/**
 * The `answerable` command: one verb, one file. Knows nothing itself; finds the verb, prints its page, or runs
 * it. Exit status: 0 as promised, 1 not as promised, 2 wrong call.
 */
import { verbs } from './verbs.ts';

const name = process.argv[2];
const rest = process.argv.slice(3);
const verb = verbs.find((candidate) => candidate.name === name);

if (!name || name === '--help' || name === '-h' || name === 'help') {
  const topic = verbs.find((candidate) => candidate.name === rest[0]);
  process.stdout.write(topic ? (await topic.load()).manual : overview());
  process.exitCode = name ? 0 : 2;
} else if (!verb) {
  process.stderr.write(`answerable: there is no verb of that name. \`answerable --help\` lists them.\n`);
  process.exitCode = 2;
} else if (rest.includes('--help') || rest.includes('-h')) {
  process.stdout.write((await verb.load()).manual);
} else {
  try {
    process.exitCode = await (await verb.load()).run(rest);
  } catch (error) {
    const said = error instanceof Error ? error.message : 'failed';
    // Of a call that cannot be read only the first sentence of the library helps.
    const sentence = isWrongCall(error) ? `${said.split(/\.? To specify|[.\n]/)[0]}. See --help.` : said;
    process.stderr.write(`answerable ${verb.name}: ${sentence}\n`);
    if (process.env.ANSWERABLE_DEBUG === '1') console.error(error);
    process.exitCode = isWrongCall(error) ? 2 : 1;
  }
}

function isWrongCall(error: unknown): boolean {
  return error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
}

function overview(): string {
  const lines = verbs.map((candidate) => `  ${candidate.name.padEnd(10)} ${candidate.summary}`);
  return `answerable: people who are unknown, unless t of n named organisations agree in public, and answerable

usage: answerable <verb> [options]

${lines.join('\n')}

\`answerable <verb> --help\` shows the page of one verb.
`;
}
