/**
 * What the claims of one provider mean, as a file: where names, birth date, documents, residence and the level
 * of assurance stand, by JSON Pointer (RFC 6901). Where a list stands in the way its first entry is taken, since
 * OpenID Connect for Identity Assurance allows `verified_claims` as one or as many.
 */
import { readFileSync } from 'node:fs';
import { ConfigRefused } from '@answerable/kit/config';
import { z } from 'zod';

const mappingBytesMax = 32 * 1024;
const pointersMax = 20;

/** `/verified_claims/claims/given_name` */
const pointer = z
  .string()
  .max(300)
  .regex(/^(\/([^~/]|~[01])+)+$/);
/** A value that the claims hold, or the same word for everybody. */
const value = z.union([z.strictObject({ at: pointer }), z.strictObject({ is: z.string().min(1).max(100) })]);
/** A value that the claims hold, in our own words. */
const table = <T extends string>(words: readonly [T, ...T[]]) =>
  z.strictObject({
    at: pointer,
    values: z
      .record(z.string().min(1).max(200), z.enum(words))
      .refine((said) => Object.keys(said).length > 0),
  });
const name = { given: value, family: value };

const claimMapping = z.strictObject({
  /** For whoever reads the file. */
  about: z.string().max(1000),
  scope: z
    .string()
    .max(300)
    .refine((scope) => scope.split(' ').includes('openid')),
  /** The `claims` parameter (OpenID Connect Core §5.5), sent as it is. */
  claims: z.record(z.string(), z.unknown()).optional(),
  acrValues: z.string().max(300).optional(),
  /** `acr` of the id token must be one of these. */
  acr: z.array(z.string().max(200)).min(1).max(pointersMax).optional(),
  from: z.enum(['userinfo', 'id_token']),
  /** What must stand there, in one of these spellings, or nobody was proved. */
  requires: z
    .array(z.strictObject({ at: pointer, oneOf: z.array(z.string().max(200)).min(1).max(pointersMax) }))
    .max(pointersMax)
    .default([]),
  names: z.strictObject({
    current: z.strictObject(name),
    /** Under each entry of a list. */
    former: z.strictObject({ list: pointer, ...name }).optional(),
  }),
  /** `YYYY-MM-DD` */
  birthDate: pointer,
  documents: z
    .array(
      z.strictObject({
        /** The pointers begin at each entry of this list; without one, at the claims. */
        list: pointer.optional(),
        kind: z.union([
          z.strictObject({
            is: z.enum(['passport', 'driving-licence', 'identity-card', 'residence-permit']),
          }),
          table(['passport', 'driving-licence', 'identity-card', 'residence-permit']),
        ]),
        issuer: value,
        number: pointer,
      }),
    )
    .max(pointersMax),
  residence: z.union([
    z.strictObject({ country: pointer, home: z.array(z.string().min(2).max(60)).min(1).max(10) }),
    z.strictObject({ is: z.literal('unknown') }),
  ]),
  assurance: z.union([table(['medium', 'high']), z.strictObject({ is: z.enum(['medium', 'high']) })]),
});
export type ClaimMapping = z.infer<typeof claimMapping>;

const example = /^[a-z0-9][a-z0-9-]*$/;

/** The mapping in a file, or one of the examples by name. Throws ConfigRefused naming route and field. */
export function readMapping(route: string, named: string): ClaimMapping {
  const refuse = (why: string): never => {
    throw new ConfigRefused(`The mapping of the route ${route} is not usable: ${why}.`);
  };
  const path = example.test(named) ? new URL(`./mappings/${named}.json`, import.meta.url) : named;
  let text = '';
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    refuse('there is no such file');
  }
  if (text.length > mappingBytesMax) refuse('the file is too long');
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    refuse('it is not JSON');
  }
  const result = claimMapping.safeParse(parsed);
  if (result.success) return result.data;
  const fields = result.error.issues.map((issue) => issue.path.join('.') || '(whole)');
  return refuse(`missing or wrong: ${[...new Set(fields)].join(', ')}`);
}

/** What stands at a pointer; undefined where nothing does. */
export function valueAt(claims: unknown, at: string): unknown {
  return at
    .slice(1)
    .split('/')
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce<unknown>((here, part) => stepInto(here, part), claims);
}

function stepInto(here: unknown, part: string): unknown {
  if (Array.isArray(here)) {
    if (/^\d{1,3}$/.test(part)) return here[Number(part)];
    return stepInto(here[0], part);
  }
  if (typeof here !== 'object' || here === null || !Object.hasOwn(here, part)) return undefined;
  return (here as Record<string, unknown>)[part];
}
