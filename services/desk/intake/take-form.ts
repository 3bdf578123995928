/**
 * What every public form has in common: room for strangers, a body that is read when it is its turn, and an
 * answer that a person can use. Where there is no room at the moment, everything that was typed stays on the
 * page, with how long to wait: nothing is lost, and nothing is taken twice.
 */
import { awaySeconds, problemOf } from '@answerable/kit/problem';
import { Refusal } from '@answerable/protocol/refusal';
import type { Context } from 'hono';
import type { DeskParts } from '../parts.ts';
import type { Gate } from './gate.ts';
import { readSubmission, type Submission, submissionBytesMax } from './read-submission.ts';
import type { Fault } from './report-form.ts';
import { wantsPage } from './wants-page.ts';

/** So much is read even when there is no room: words, no pictures. */
const wordsBytesMax = 64 * 1024;

export type FormStatus = keyof typeof codes | 200;

export interface PublicForm<T> {
  read(form: Submission): T;
  /** The form once more; without fields an empty one. */
  show(
    c: Context,
    fields: T | undefined,
    faults: readonly Fault[],
    status: keyof typeof codes,
  ): Response | Promise<Response>;
  take(fields: T, form: Submission): Promise<{ receipt: string } | { faults: Fault[] }>;
}

export function takeForm<T>({ outbox }: DeskParts, { wait, large }: Gate, form: PublicForm<T>) {
  return async (c: Context): Promise<Response> => {
    const show: PublicForm<T>['show'] = (at, fields, faults, status) => {
      if (wantsPage(at)) return form.show(at, fields, faults, status);
      throw new Refusal(codes[status], faults[0]?.field);
    };
    const size = Number(c.req.header('content-length') ?? 0);
    if (size > submissionBytesMax) {
      // The rest is not read, so nothing else can come over this connection.
      c.header('connection', 'close');
      return show(c, undefined, [tooLarge], 413);
    }
    const seconds = wait(c);
    if (seconds > 0 && size > wordsBytesMax) {
      c.header('connection', 'close');
      return show(c, undefined, [busy(seconds)], 429);
    }
    return large(async () => {
      const given = await readSubmission(c);
      const fields = form.read(given);
      if (seconds > 0) {
        c.header('retry-after', String(seconds));
        return show(c, fields, [busy(seconds)], 429);
      }
      const taken = await form.take(fields, given).catch((error) => {
        if (problemOf(error).code !== 'unavailable') throw error;
        return { faults: [later] };
      });
      if ('faults' in taken && taken.faults.includes(later)) {
        c.header('retry-after', String(awaySeconds));
        return show(c, fields, taken.faults, 503);
      }
      if ('faults' in taken) return show(c, fields, taken.faults, 400);
      outbox.kick();
      return c.redirect(`/receipts/${taken.receipt}?new=1`, 303);
    }).catch((error) => {
      if (!(error instanceof Refusal) || error.code !== 'too_many_requests') throw error;
      return show(c, undefined, [busy(busySeconds)], 429);
    });
  };
}

/** The same, to software. */
const codes = {
  400: 'malformed',
  413: 'body_too_large',
  429: 'too_many_requests',
  503: 'unavailable',
} as const;
const busySeconds = 30;
const tooLarge: Fault = {
  field: 'pictures',
  words: 'The pictures are too large together. Please send fewer, or send it without pictures.',
};
const later: Fault = {
  field: 'at',
  words: 'We could not keep it just now. Please press Send again in a minute; it counts once.',
};
const busy = (seconds: number): Fault => ({
  field: 'at',
  words: `Very many reports come in just now. Please wait ${waitWords(seconds)} and press Send again. If somebody is in danger, do not wait: call for help.`,
});

const minute = 60;
const waitWords = (seconds: number): string =>
  seconds < minute ? `${seconds} seconds` : `${Math.ceil(seconds / minute)} minutes`;
