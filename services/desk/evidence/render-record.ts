/** What stands in an evidence file of one report: what was said, what was kept, the pictures, what was decided. */

import type { PackRecord } from '@answerable/protocol/report/evidence-pack';
import { capacities } from '@answerable/protocol/report/report';
import { capacityWords } from '../intake/form-words.ts';
import { dayWords, facts, instantWords, list, section, text, words } from './page-words.ts';

const measureWords = {
  'hide-item': 'What was reported was hidden.',
  'shut-page': 'The page was shut.',
  warn: 'The account got a warning.',
  restrict: 'The account was restricted',
  suspend: 'The account was suspended',
  bar: 'The account was barred',
};

const appealWords = {
  waiting: 'There is an appeal against it, and nothing is decided about that.',
  upheld: 'There was an appeal against it; the decision stands.',
  varied: 'There was an appeal against it; the decision was changed to what stands here.',
  overturned: 'There was an appeal against it; the decision was undone.',
};

export const reportPart = (record: PackRecord): string =>
  section(
    'What was reported',
    `<p>Received on ${dayWords(record.received)}. Whoever reported chose: “${text(capacityOf(record.capacity))}”.</p>`,
    record.statement === '' ? '' : `<p>In their words:</p>${words(record.statement)}`,
    ...record.additions.map((one) => `<p>Added on ${dayWords(one.day)}:</p>${words(one.words)}`),
    record.links.length > 0 ? `<p>Addresses that they gave:</p>${list(record.links)}` : '',
  );

function capacityOf(given: string): string {
  const known = capacities.find((one) => one === given);
  return known ? capacityWords[known] : given;
}

export function itemPart({ locator, versions }: PackRecord['items'][number], i: number): string {
  const shown = versions.map(
    ({ seen, kept, posted, author, text: said, hash, links }) => `${
      said === null ? '<p>Its words are not kept any more.</p>' : words(said)
    }${list(links)}
${facts([
  [
    'Shown by',
    seen === 'platform'
      ? 'the platform, to the desk itself'
      : 'whoever reported; the desk has not seen it there',
  ],
  ['Posted', seen === 'platform' ? instantWords(posted) : 'not known'],
  ['Kept since', instantWords(kept)],
  ['Account', author ? `<code>${author}</code>` : 'not known'],
  ['Hash in the case', `<code class="soft">${hash}</code>`],
])}`,
  );
  return `<article><h3>${i + 1}. <code>${text(locator)}</code></h3>\n${shown.join('\n') || '<p>Nothing of it is kept any more.</p>'}</article>`;
}

export function picturesPart(
  { pictures }: PackRecord,
  files: readonly { name: string; bytes: Buffer }[],
): string {
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

export function outcomePart({ outcome }: PackRecord): string {
  if (!outcome)
    return section(
      'What was decided',
      '<p>When this file was made nothing was decided, or whoever reported did not wish to be told.</p>',
    );
  const { statement, measures, appeals } = outcome;
  const against = statement?.limb === 'illegal' ? 'the law' : 'the terms of the platform';
  return section(
    'What was decided',
    `<p>On ${dayWords(outcome.day)}. What whoever reported was told:</p>${words(outcome.words)}`,
    statement
      ? `<p>It was found to be against ${against}: ${text(statement.reference)}. Category: <code>${text(statement.category)}</code>. In force since ${dayWords(statement.applied)}. Decided by ${statement.byPeople ? 'people' : 'software'}.</p>`
      : '',
    list(
      measures.map(({ kind, until, inForce }) => {
        const said = measureWords[kind];
        const whole = said.endsWith('.') ? said : `${said}${until ? `, until ${dayWords(until)}` : ''}.`;
        return inForce ? whole : `${whole} This is not in force any more.`;
      }),
    ),
    ...appeals.map((one) => `<p>${appealWords[one]}</p>`),
  );
}
