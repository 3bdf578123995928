/**
 * A file that whoever reported can hand to the police or a solicitor (spec/evidence.md): one page that any browser
 * shows, with everything in it; and at its end a seal with the hash of every part, committed to in the log.
 * Must never: hold who the holder of an account is, or anything of another report.
 */
import { toHex, utf8 } from '@answerable/core/bytes';
import { sha256 } from '@answerable/core/hash';
import canonicalize from 'canonicalize';
import { z } from 'zod';
import { commitmentTo, hashOf } from '../canonical.ts';
import { messageLabels } from '../labels.ts';
import * as wire from '../wire.ts';

const partsMax = 40;
const listMax = 200;
const hex = z.string().regex(/^[0-9a-f]{64}$/);

const version = z.strictObject({
  /** only what the platform itself has shown was seen by the desk */
  seen: z.enum(['platform', 'reporter']),
  kept: wire.instant,
  posted: wire.instant,
  /** the account, as the platform names it to us */
  author: wire.sub.nullable(),
  /** null: no longer kept */
  text: wire.text(10_000).nullable(),
  hash: wire.hash,
  links: z.array(z.string().max(2000)).max(20),
});

export const packRecord = z.strictObject({
  v: z.literal(1),
  desk: wire.text(200),
  platform: wire.name,
  what: z.enum(['report', 'complaint']),
  received: wire.day,
  capacity: wire.text(40),
  statement: wire.text(4000),
  links: z.array(z.string().max(2000)).max(listMax),
  additions: z.array(z.strictObject({ day: wire.day, words: wire.text(4000) })).max(listMax),
  items: z
    .array(z.strictObject({ locator: z.string().max(200), versions: z.array(version).max(listMax) }))
    .max(listMax),
  /** by their hash; an intimate one is not in the file */
  pictures: z.array(z.strictObject({ hash: wire.hash, inside: z.boolean() })).max(partsMax),
  /** null: not decided yet, or whoever reported did not wish to be told */
  outcome: z
    .strictObject({
      day: wire.day,
      words: wire.text(4000),
      /** null where nothing is told of anybody else: help, complaints, nothing found */
      statement: z
        .strictObject({
          limb: z.enum(['illegal', 'terms']),
          reference: wire.text(1000),
          category: wire.text(100),
          territories: z.array(wire.text(10)).max(60),
          applied: wire.day,
          byPeople: z.boolean(),
        })
        .nullable(),
      measures: z
        .array(
          z.strictObject({
            kind: z.enum(['hide-item', 'shut-page', 'warn', 'restrict', 'suspend', 'bar']),
            until: wire.day.nullable(),
            inForce: z.boolean(),
          }),
        )
        .max(listMax),
      appeals: z.array(z.enum(['upheld', 'varied', 'overturned', 'waiting'])).max(listMax),
    })
    .nullable(),
});
export type PackRecord = z.infer<typeof packRecord>;

const part = z.strictObject({ name: z.string().max(60), bytes: wire.count, sha256: hex });
export const packManifest = z.strictObject({
  v: z.literal(1),
  made: wire.instant,
  /** `page`, `record.json`, and the pictures, in this order */
  parts: z
    .array(part)
    .min(2)
    .max(partsMax + 2),
});
export type PackManifest = z.infer<typeof packManifest>;

const sealed = {
  manifest: packManifest,
  salt: wire.hash,
  /** C2SP tlog-proof of the commitment; null: not in a log, or not yet */
  proof: wire.tlogProof.nullable(),
};
export const packSeal = z.strictObject({ ...sealed, check: wire.hash });
export type PackSeal = z.infer<typeof packSeal>;

export const packCommitment = (salt: string, manifest: PackManifest): string =>
  commitmentTo(messageLabels.evidencePack, salt, manifest);

/** Over the seal itself, so that no byte of the file is without a hash. */
export const sealCheck = (seal: Omit<PackSeal, 'check'>): string => hashOf(messageLabels.evidenceSeal, seal);

/** JSON that ends no script: `<` is written as an escape. */
export const inScript = (value: unknown): string => canonicalize(value)!.replaceAll('<', '\\u003c');

export const recordOpens = '<script type="application/json" id="record">';
export const scriptCloses = '</script>';
export const sealOpens = '<script type="application/json" id="seal">';
const end = `${scriptCloses}\n`;
export const pictureTag =
  /<img id="(picture-\d{1,2}\.jpg)" alt="[^"]*" src="data:image\/jpeg;base64,([A-Za-z0-9+/=]+)">/g;

export const partOf = (name: string, bytes: Uint8Array): PackManifest['parts'][number] => ({
  name,
  bytes: bytes.length,
  sha256: toHex(sha256(bytes)),
});

/** The whole file. */
export function sealPage(page: string, seal: Omit<PackSeal, 'check'>): string {
  return page + sealOpens + inScript({ ...seal, check: sealCheck(seal) }) + end;
}

/** Page and seal of a file; undefined for what is not one to the byte. */
export function openFile(text: string): { page: string; pageBytes: Uint8Array; seal: PackSeal } | undefined {
  const at = text.lastIndexOf(sealOpens);
  if (at < 0 || !text.endsWith(end)) return undefined;
  const json = text.slice(at + sealOpens.length, -end.length);
  try {
    const seal = packSeal.parse(JSON.parse(json));
    const { check, ...inside } = seal;
    if (inScript(seal) !== json || sealCheck(inside) !== check) return undefined;
    const page = text.slice(0, at);
    return { page, pageBytes: utf8(page), seal };
  } catch {
    return undefined;
  }
}
