/**
 * What somebody filled in becomes a report, or a list of what is still missing, each in words and with the field
 * where it can be mended. Nothing that was typed is lost on the way.
 */
import { toBase64url, utf8 } from '@answerable/core/bytes';
import { sha256 } from '@answerable/core/hash';
import { Refusal } from '@answerable/protocol/refusal';
import { type IntimateImage, intimateImage } from '@answerable/protocol/report/intimate-image';
import type { MediaReference } from '@answerable/protocol/report/media';
import { capacities, characteristics, type Report, reportReasons } from '@answerable/protocol/report/report';
import { displayText } from '../console/display-text.tsx';
import type { DeskParts } from '../parts.ts';
import { pictureBytesMax } from './decode-picture.ts';
import { locateItems } from './locate-items.ts';
import { picturesMax, type Submission } from './read-submission.ts';
import { keepPicture } from './take-media.ts';

export const wordsMax = 4000;
export const copyMax = 8000;
export const contactMax = 200;
const token = /^[\w-]{22}$/;

export interface Fault {
  /** name of the field */
  field: string;
  words: string;
}

/** Everything typed or chosen, as it is shown again. */
export interface ReportFields {
  token: string;
  at: string;
  copy: string;
  reasons: string[];
  characteristics: string[];
  capacity: string;
  what: string;
  stills: boolean;
  goodFaith: boolean;
  tell: boolean;
  isIntimateImage: boolean;
  madeBy: string;
  trueToBelief: boolean;
  canBeFound: boolean;
  contact: string;
}

export function reportFields({ one, all }: Submission): ReportFields {
  return {
    token: one('token'),
    at: one('at'),
    copy: one('copy'),
    reasons: all('reasons'),
    characteristics: all('characteristics'),
    capacity: one('capacity'),
    what: one('what'),
    stills: one('stills') !== '',
    goodFaith: one('goodFaith') !== '',
    tell: one('tell') !== '',
    isIntimateImage: one('isIntimateImage') !== '',
    madeBy: one('madeBy'),
    trueToBelief: one('trueToBelief') !== '',
    canBeFound: one('canBeFound') !== '',
    contact: one('contact'),
  };
}

export function faultsOf(fields: ReportFields): Fault[] {
  const faults: Fault[] = [];
  const fault = (field: string, words: string) => faults.push({ field, words });
  if (displayText(fields.at).trim() === '')
    fault('at', 'Tell us where it is: paste its address, or say how we can find it.');
  if (known(fields.reasons, reportReasons).length === 0) fault('reasons', 'Choose what is wrong.');
  if (known([fields.capacity], capacities).length === 0) fault('capacity', 'Choose who you are to this.');
  if (fields.what.length > wordsMax) fault('what', tooLong(wordsMax));
  if (fields.copy.length > copyMax) fault('copy', tooLong(copyMax));
  if (fields.contact.length > contactMax) fault('contact', tooLong(contactMax));
  if (!fields.goodFaith) fault('goodFaith', 'Tell us that you report in good faith.');
  if (declarations(fields) === 'some')
    fault(
      'isIntimateImage',
      'For the 48 hours that the law sets, all five are needed. Fill them all in, or leave them all empty: we look at it either way.',
    );
  return faults;
}

const tooLong = (max: number) => `This is too long. Please say it in ${max.toLocaleString('en')} characters.`;

/** Throws Refusal malformed if the fields still have faults. */
export async function toReport(
  parts: DeskParts,
  fields: ReportFields,
  media: MediaReference[],
): Promise<Report> {
  const declared = declarations(fields);
  return {
    capacity: known([fields.capacity], capacities)[0] ?? 'affected-person',
    reasons: known(fields.reasons, reportReasons),
    characteristics: known(fields.characteristics, characteristics),
    items: await locateItems(parts, fields.at, fields.copy),
    statement: fields.what,
    goodFaith: true,
    wishesToBeTold: fields.tell,
    media,
    ...(typeof declared === 'object' ? { intimateImage: declared } : {}),
  };
}

/** All five, some of them, or none; none also where an intimate image is not what is reported. */
function declarations(fields: ReportFields): IntimateImage | 'some' | 'none' {
  if (!fields.reasons.includes('intimate-image')) return 'none';
  const { isIntimateImage, madeBy, trueToBelief, canBeFound, contact } = fields;
  if (![isIntimateImage, madeBy, trueToBelief, canBeFound, contact].some(Boolean)) return 'none';
  const whole = intimateImage.safeParse({ isIntimateImage, madeBy, trueToBelief, canBeFound, contact });
  return whole.success ? whole.data : 'some';
}

function known<T extends string>(given: readonly string[], all: readonly T[]): T[] {
  return all.filter((one) => given.includes(one));
}

/** The pictures of a form, kept; or why one of them cannot be. */
export async function keepPictures(
  parts: DeskParts,
  files: readonly Buffer[],
  stills: boolean,
): Promise<MediaReference[] | Fault> {
  const wrong = (words: string): Fault => ({ field: 'pictures', words: `${words} Please choose again.` });
  if (files.length > picturesMax) return wrong(`At most ${picturesMax} pictures.`);
  if (files.some((file) => file.length > pictureBytesMax)) return wrong('One picture is larger than 8 MB.');
  const kept: MediaReference[] = [];
  for (const file of files) {
    try {
      const { hash } = await keepPicture(parts, file);
      kept.push({ hash, kind: stills ? 'video-still' : 'picture', description: '' });
    } catch (error) {
      if (!(error instanceof Refusal) || error.code !== 'picture_refused') throw error;
      return wrong(pictureFaults[error.pointer ?? ''] ?? pictureFaults.damaged ?? '');
    }
  }
  return kept;
}

const pictureFaults: Record<string, string> = {
  kind: 'One file is not a picture that we can keep. JPEG, PNG, WebP and GIF can be kept; of a video, a screenshot.',
  pixels: 'One picture is too large in width or height.',
  damaged: 'One picture is damaged or cut short.',
};

/** The same form with the same in it, sent twice: one report. */
export function formKey(fields: { token: string }, files: readonly Buffer[]): string | undefined {
  if (!token.test(fields.token)) return undefined;
  const all = JSON.stringify([fields, files.map((file) => toBase64url(sha256(file)))]);
  return toBase64url(sha256(utf8(all)));
}
