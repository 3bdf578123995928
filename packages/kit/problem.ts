/**
 * A refusal on the wire: RFC 9457 problem details, written here and read back here, nowhere else.
 * `{ type, title, status, code, pointer? }`. Assumes the table in packages/protocol/refusal.ts.
 * Must never: carry a stack, a message of an unexpected error, or a value that was sent.
 */
import { Malformed, ProofFailed } from '@answerable/core/errors';
import { Refusal, type RefusalCode, refusals } from '@answerable/protocol/refusal';
import { z } from 'zod';
import { databaseRefusal } from './database.ts';

export const problemContentType = 'application/problem+json';
/** After so long whoever was told that something is away may come again. */
export const awaySeconds = 10;
const typePrefix = 'urn:answerable:refusal:';

export interface Problem {
  type: string;
  title: string;
  status: number;
  code: RefusalCode;
  pointer?: string;
}

const problemShape = z.object({ code: z.string(), pointer: z.string().max(200).optional() });

/** The problem that an error becomes at the edge. Anything unforeseen is `internal`. */
export function problemOf(error: unknown): Problem {
  const refusal = asRefusal(error);
  const { status, title } = refusals[refusal.code];
  const problem: Problem = { type: typePrefix + refusal.code, title, status, code: refusal.code };
  if (refusal.pointer !== undefined) problem.pointer = refusal.pointer;
  return problem;
}

/** A problem as a Response. */
export function problemResponse(problem: Problem): Response {
  const headers: Record<string, string> = {
    'content-type': problemContentType,
    'cache-control': 'no-store',
  };
  if (problem.status === 503) headers['retry-after'] = String(awaySeconds);
  // The rest of a large body is not read, so nothing else can come over this connection: say so, or the caller's
  // next request is lost on it.
  if (problem.code === 'body_too_large') headers.connection = 'close';
  return new Response(JSON.stringify(problem), { status: problem.status, headers });
}

/** The refusal that a problem+json body tells of; undefined if it is none of ours. */
export function refusalOf(body: unknown): Refusal | undefined {
  const parsed = problemShape.safeParse(body);
  if (!parsed.success || !Object.hasOwn(refusals, parsed.data.code)) return undefined;
  return new Refusal(parsed.data.code as RefusalCode, parsed.data.pointer);
}

function asRefusal(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  if (error instanceof Malformed) return new Refusal('malformed', `${error.field}: ${error.shape}`);
  // A failed proof says nothing more, whichever of its equations did not hold.
  if (error instanceof ProofFailed) return new Refusal('presentation_refused');
  return databaseRefusal(error) ?? new Refusal('internal');
}
