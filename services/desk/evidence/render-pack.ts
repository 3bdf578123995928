/**
 * The page of an evidence file: readable in any browser and on paper, with nothing outside itself. It is read by
 * somebody who is afraid, by a police officer and by a solicitor: first what it is and whom to call, then what was
 * kept, then what it proves and does not. The same record gives the same bytes. Everything that anybody wrote is
 * text and nothing else.
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
import { dayWords, facts, instantWords, list, section, style, text } from './page-words.ts';
import { itemPart, outcomePart, picturesPart, reportPart } from './render-record.ts';

/** Whom one can call where the desk is. */
export interface HelpNumbers {
  emergency: string | null;
  policeNotUrgent: string | null;
  signposts: readonly { name: string; how: string; beside: boolean }[];
}

export interface Rendered {
  page: string;
  manifest: PackManifest;
}

export function renderPack(
  record: PackRecord,
  pictures: readonly Buffer[],
  made: string,
  numbers: HelpNumbers = { emergency: null, policeNotUrgent: null, signposts: [] },
): Rendered {
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
${inShort(record, made)}${whomToCall(numbers)}${reportPart(record)}${section('What was kept', ...record.items.map(itemPart))}${picturesPart(record, files)}${outcomePart(record)}${whoItIs(record)}${whatItProves}${handingOn}${howToCheck(inside)}</main></body></html>
`;
  const manifest: PackManifest = { v: 1, made, parts: [partOf('page', Buffer.from(page)), ...inside] };
  return { page, manifest };
}

function inShort(record: PackRecord, made: string): string {
  const { items, outcome } = record;
  const kept = items.length === 1 ? '1 thing that was reported' : `${items.length} things that were reported`;
  return `<p class="lead">The safety desk of ${text(record.desk)} made this file for whoever reported something to it, to hand to the police, a solicitor or anybody they choose. It does not say who anybody is.</p>
${facts([
  ['Made', `${instantWords(made)}, by the safety desk of ${text(record.desk)}`],
  ['Where it happened', text(record.platform)],
  ['Reported', dayWords(record.received)],
  ['In this file', items.length === 0 ? 'the report' : kept],
  ['Decided', outcome ? dayWords(outcome.day) : 'nothing that this file can say'],
])}`;
}

function whomToCall({ emergency, policeNotUrgent, signposts }: HelpNumbers): string {
  const police = policeNotUrgent
    ? `Nobody is in danger now: the police on ${text(policeNotUrgent)}, or at a police station. Show them this file.`
    : 'Nobody is in danger now: any police station. Show them this file.';
  const beside = signposts.filter((one) => one.beside).map(({ name, how }) => `${name}: ${how}.`);
  return `<div class="call">${section(
    'Whom to call',
    `<p><strong>Somebody is in danger now: call ${text(emergency ?? 'your local emergency number')}.</strong></p>`,
    `<p>${police}</p>`,
    beside.length > 0 ? `<p>If it is hard to bear, you can talk to somebody:</p>${list(beside)}` : '',
  )}</div>\n`;
}

/** Where an account is named there is a gateway, and so a way that the law may take. */
function whoItIs({ items }: PackRecord): string {
  const named = items.some(({ versions }) => versions.some(({ author }) => author !== null));
  return section(
    'Who it was',
    '<p>This file does not say it, and the desk does not know it.</p>',
    named
      ? '<p>For the police, courts and solicitors: an account that is named above belongs to one real person. An authority that is listed in the public trust policy of the network can ask for that one account to be opened, for the reasons listed there. Independent guardians decide, and each opening stands in a public log. The request names the platform and the place of the post as they stand above.</p>'
      : '',
  );
}

const whatItProves = section(
  'What this proves, and what it does not',
  '<p>It proves, once it is checked (see below):</p>',
  list([
    'that nothing in this file was changed since the desk sealed it;',
    'if its seal has a proof from the public log: that it existed by the time which that proof shows, whatever the desk says today.',
  ]),
  '<p>It does not prove:</p>',
  `<ul><li>that what stands in it is true. What was <strong>shown by the platform</strong> is the platform’s word to the desk. What was <strong>shown by whoever reported</strong> is their word; the desk did not see it there.</li>
<li>when something was posted, kept or decided. The first is the platform’s word, the others are the desk’s.</li>
<li>who is behind an account. An account is named as the platform names it.</li></ul>`,
);

const handingOn = section(
  'Before you hand it on',
  list([
    'Read it. Your own words to the desk stand in it, and pictures that you sent. Your name, your account and how you can be reached do not, unless you wrote them yourself.',
    'Hand on the file itself and not only a print: only the file can be checked.',
    'Keep your receipt to yourself: whoever has it can read what you reported and what came of it.',
    'The desk keeps that it made this file, and does not know whom you give it to. Whoever you reported is not told.',
  ]),
);

const howToCheck = (inside: PackManifest['parts']): string =>
  section(
    'How to check it',
    '<p>Keep the file as it is, and do not save it again from a program that changes files. At its end is a seal with the hash of this page and of every part. Anybody can check it without asking the desk, and without a network, with free software:</p>',
    '<pre class="code">answerable evidence verify FILE --policy POLICY</pre>',
    '<p>POLICY is the public trust policy of the network: every wallet of it has it, and so has every organisation in it. If the seal has a proof, the hash of the seal stands in the public log, and the command says where and by when. If it has none yet, download the file again later; until then its date rests on the desk and on the heads of its days, which it publishes.</p>',
    '<p>Parts of this file, by SHA-256:</p>',
    `<ul>${inside.map(({ name, bytes, sha256 }) => `<li>${name}, ${bytes} bytes<br><code>${sha256}</code></li>`).join('')}</ul>`,
  );

/** Over all that is in it but its day: the same content gives the same file again. */
export const contentHash = (record: PackRecord, numbers?: HelpNumbers): string =>
  createHash('sha256')
    .update(renderPack(record, [], '0000-00-00T00:00:00.000Z', numbers).page)
    .digest('base64url');
