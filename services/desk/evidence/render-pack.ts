/**
 * The page of an evidence file: readable in any browser and on paper, with nothing outside itself. The same record
 * gives the same bytes. Everything that anybody wrote is text and nothing else.
 */
import { createHash } from 'node:crypto';
import {
  inScript,
  type PackManifest,
  type PackRecord,
  partOf,
  recordOpens,
  scriptCloses,
} from '@answerable/protocol/report/evidence-pack';

const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const text = (given: string): string => given.replace(/[&<>"']/g, (sign) => entities[sign]!);
const words = (given: string): string => `<pre dir="auto">${text(given)}</pre>`;
const list = (items: readonly string[]): string =>
  items.length === 0 ? '' : `<ul>${items.map((item) => `<li>${text(item)}</li>`).join('')}</ul>`;
const section = (title: string, ...inside: string[]): string => `<h2>${title}</h2>\n${inside.join('\n')}\n`;

const style =
  'body{font:16px/1.5 system-ui,sans-serif;max-width:44rem;margin:2rem auto;padding:0 1rem;color:#111;background:#fff}' +
  'pre{white-space:pre-wrap;overflow-wrap:anywhere;font:inherit;border-left:4px solid #767676;padding-left:1rem;margin:.5rem 0}' +
  'img{max-width:100%;height:auto}code{overflow-wrap:anywhere}.soft{color:#454545}article{break-inside:avoid}';

const measureWords = {
  'hide-item': 'What was reported was hidden.',
  'shut-page': 'The page was shut.',
  warn: 'The account got a warning.',
  restrict: 'The account was restricted',
  suspend: 'The account was suspended',
  bar: 'The account was barred',
};

export interface Rendered {
  page: string;
  manifest: PackManifest;
}

export function renderPack(record: PackRecord, pictures: readonly Buffer[], made: string): Rendered {
  const json = inScript(record);
  const files = pictures.map((bytes, i) => ({ name: `picture-${i + 1}.jpg`, bytes }));
  const inside = [
    partOf('record.json', Buffer.from(json)),
    ...files.map((one) => partOf(one.name, one.bytes)),
  ];
  const page = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">
<title>Evidence of a ${record.what}, ${text(record.platform)}, ${record.received}</title><style>${style}</style></head><body><main>
${recordOpens}${json}${scriptCloses}
<h1>Evidence of a ${record.what}</h1>
<p>Made by the safety desk of ${text(record.desk)} on ${made.slice(0, 10)} at ${made.slice(11, 16)} UTC. It says what was reported, what was kept of it, and what was decided. It does not say who anybody is.</p>
${section(
  'What was reported',
  `<p>Received on ${record.received}, from somebody who said they were: ${text(record.capacity)}.</p>`,
  record.statement === '' ? '' : `<p>In their words:</p>${words(record.statement)}`,
  ...record.additions.map((one) => `<p>Added on ${one.day}:</p>${words(one.words)}`),
  record.links.length > 0 ? `<p>Addresses that they gave:</p>${list(record.links)}` : '',
)}${section('What was kept', ...record.items.map(itemPart))}${picturesPart(record, files)}${outcomePart(record)}
<h2>What this rests on</h2>
<ul><li>What is said to have been <strong>shown by the platform</strong> is the platform's word to the desk. What is said to have been <strong>shown by whoever reported</strong> is their word; the desk did not see it there.</li>
<li>Times of keeping and deciding are the desk's word. That this file is not younger than its stamp can be checked without trusting the desk, if it has one: see below.</li>
<li>An account is named as the platform names it. Who is behind it, the desk does not know.</li></ul>
<h2>Parts, by SHA-256</h2>
<ul>${inside.map(({ name, bytes, sha256 }) => `<li>${name}, ${bytes} bytes<br><code>${sha256}</code></li>`).join('')}</ul>
<h2>How to check it</h2>
<p>Keep this file as it is: print it, but do not save it again from a program that changes files. At its end is a seal with the hash of this page and of every part. Anybody can check it with <code>answerable evidence verify FILE</code>, free software, without asking the desk. If the seal has a proof, the seal's own hash stands in a public log, which shows by when it existed. If it has none, its date rests on the desk's own daily head, which it cannot change later without that showing.</p>
</main></body></html>
`;
  const manifest: PackManifest = { v: 1, made, parts: [partOf('page', Buffer.from(page)), ...inside] };
  return { page, manifest };
}

function itemPart({ locator, versions }: PackRecord['items'][number]): string {
  const shown = versions.map(
    ({ seen, kept, posted, author, text: said, hash, links }) => `<p>${
      seen === 'platform'
        ? '<strong>Shown to the desk by the platform</strong>'
        : '<strong>Shown by whoever reported; the desk has not seen it there</strong>'
    }, kept on ${kept.slice(0, 10)} at ${kept.slice(11, 16)} UTC. Posted: ${seen === 'platform' ? posted : 'not known'}. Account: <code>${author ?? 'not known'}</code></p>
${said === null ? '<p>Its words are not kept any more.</p>' : words(said)}${list(links)}<p class="soft">Hash in the case: <code>${hash}</code></p>`,
  );
  return `<article><h3>${text(locator)}</h3>\n${shown.join('\n') || '<p>Nothing of it is kept any more.</p>'}</article>`;
}

function picturesPart({ pictures }: PackRecord, files: readonly { name: string; bytes: Buffer }[]): string {
  if (pictures.length === 0) return '';
  const outside = pictures.filter(({ inside }) => !inside);
  return section(
    'Pictures',
    ...files.map(
      ({ name, bytes }) =>
        `<article><h3>${name}</h3>\n<img id="${name}" alt="Picture that came with the report" src="data:image/jpeg;base64,${bytes.toString('base64')}"></article>`,
    ),
    outside.length > 0
      ? `<p>Not in this file, because they are intimate or not kept any more; their hashes:</p>${list(outside.map(({ hash }) => hash))}`
      : '',
  );
}

function outcomePart({ outcome }: PackRecord): string {
  if (!outcome)
    return section(
      'What was decided',
      '<p>When this file was made nothing was decided, or whoever reported did not wish to be told.</p>',
    );
  const { statement, measures, appeals } = outcome;
  const against = statement?.limb === 'illegal' ? 'the law' : 'the terms of the platform';
  return section(
    'What was decided',
    `<p>On ${outcome.day}.</p>${words(outcome.words)}`,
    statement
      ? `<p>It was found to be against ${against}: ${text(statement.reference)}. Category: <code>${text(statement.category)}</code>. In force since ${statement.applied}. Decided by ${statement.byPeople ? 'people' : 'software'}.</p>`
      : '',
    list(
      measures.map(({ kind, until, inForce }) => {
        const said = measureWords[kind];
        const whole = said.endsWith('.') ? said : `${said}${until ? `, until ${until}` : ''}.`;
        return inForce ? whole : `${whole} This is not in force any more.`;
      }),
    ),
    appeals.length > 0 ? `<p>Appeals: ${text(appeals.join(', '))}.</p>` : '',
  );
}

/** Over all that is in it but its day: the same content gives the same file again. */
export const contentHash = (record: PackRecord): string =>
  createHash('sha256')
    .update(renderPack(record, [], '0000-00-00T00:00:00.000Z').page)
    .digest('base64url');
