/**
 * A form as a browser sends it, with or without pictures: text made storable and cut to size, files as bytes.
 * What a file calls itself, its name and its type, is not even looked at.
 */
import { asForm } from '@answerable/kit/read-json';
import { Refusal } from '@answerable/protocol/refusal';
import type { Context } from 'hono';
import { storable } from '../storable.ts';

export const picturesMax = 4;
/** All pictures of one form, and its words. */
export const submissionBytesMax = 24 * 1024 * 1024;
const wordsBytesMax = 256 * 1024;
const partsMax = 80;

export interface Submission {
  /** the first value of a field, trimmed; '' if there is none */
  one(name: string): string;
  all(name: string): string[];
  /** files that are not empty */
  files(name: string): Promise<Buffer[]>;
}

/** Throws Refusal malformed, body_too_large. */
export async function readSubmission(c: Context): Promise<Submission> {
  const type = c.req.header('content-type') ?? '';
  const bytes = Buffer.from(await c.req.arrayBuffer());
  requireFew(bytes, type);
  const data = await asForm(new Response(bytes, { headers: { 'content-type': type } }).formData());
  const all = (name: string) =>
    data.getAll(name).flatMap((value) => (typeof value === 'string' ? [clean(value)] : []));
  return {
    all,
    one: (name) => all(name)[0] ?? '',
    async files(name) {
      const files = data.getAll(name).filter((value) => typeof value !== 'string' && value.size > 0);
      return Promise.all(files.map(async (file) => Buffer.from(await (file as File).arrayBuffer())));
    },
  };
}

// Browsers send every line of a form with CR LF.
const clean = (text: string): string => storable(text).replaceAll('\r\n', '\n').trim();

/**
 * A form of ours has a few dozen parts; a million tiny ones would keep us busy for long. A second mark in the head
 * is refused: which of the two counts is a matter of taste.
 */
function requireFew(bytes: Buffer, type: string): void {
  if ([...type.matchAll(/\bboundary\s*=/gi)].length > 1) throw new Refusal('malformed', 'body: form');
  const mark = /^multipart\/form-data;.*boundary="?([^";]{1,100})"?/i.exec(type)?.[1];
  if (mark === undefined) {
    if (bytes.length > wordsBytesMax) throw new Refusal('body_too_large');
    return;
  }
  let parts = 0;
  for (let at = bytes.indexOf(`--${mark}`); at >= 0; at = bytes.indexOf(`--${mark}`, at + 1)) {
    parts += 1;
    if (parts > partsMax) throw new Refusal('malformed', 'body: form');
  }
}
