/**
 * The name under which somebody works at a console, in its records and decisions. Two people never have the same
 * one, nor one that somebody had before: who decided what must stay clear.
 */
import { z } from 'zod';

const shape = /^[\p{L}\p{N}][\p{L}\p{M}\p{N} .’-]{0,39}$/u;
/** Marks piled on one letter hide a name. */
const piledMarks = /\p{M}{3}/u;

/** `taken`: what records call others by. */
export function workingNameBut(taken: readonly string[]) {
  return z
    .string()
    .transform((text) => text.normalize('NFC').replace(/ +/g, ' ').trim())
    .pipe(z.string().regex(shape))
    .refine((name) => !piledMarks.test(name) && !taken.includes(nameKey(name)));
}

/** Equal for names that look the same at a glance. */
export const nameKey = (name: string): string =>
  name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[ .’-]+/g, ' ')
    .trim();
