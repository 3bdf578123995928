/**
 * The journal of a service: what happened, for the people who run it (PROTOCOL §8).
 * Only the fields listed here can be written, and only short plain values: a pseudonym, `sub`, address,
 * user agent, path or error message has no field to go into, and a long random-looking word is withheld
 * even from a field that exists.
 */
import pino from 'pino';

const wordCharsMax = 64;
const randomRunCharsMin = 20;

export interface JournalFields {
  /** route pattern, such as `/case/:id`; never the path that was asked for */
  route?: string;
  method?: string;
  status?: number;
  durationMs?: number;
  /** refusal code */
  code?: string;
  /** error class */
  error?: string;
  /** where in our own code, `file:line` */
  at?: string;
  /** what kind of thing, a word from the glossary */
  kind?: string;
  outcome?: string;
  party?: string;
  count?: number;
  index?: number;
  size?: number;
  serial?: number;
  epoch?: number;
  port?: number;
}

export interface Journal {
  info(event: string, fields?: JournalFields): void;
  warn(event: string, fields?: JournalFields): void;
  error(event: string, fields?: JournalFields): void;
}

const allowed: Record<keyof JournalFields, 'text' | 'number'> = {
  route: 'text',
  method: 'text',
  status: 'number',
  durationMs: 'number',
  code: 'text',
  error: 'text',
  at: 'text',
  kind: 'text',
  outcome: 'text',
  party: 'text',
  count: 'number',
  index: 'number',
  size: 'number',
  serial: 'number',
  epoch: 'number',
  port: 'number',
};

export interface JournalOptions {
  /** receives each line, with its newline; default standard output */
  write?: (line: string) => void;
  level?: 'info' | 'warn' | 'error' | 'silent';
}

/** A journal for the service `name`, one JSON object a line. */
export function createJournal(name: string, options: JournalOptions = {}): Journal {
  const settings = { base: { service: name }, level: options.level ?? 'info' };
  const { write } = options;
  const logger = write ? pino(settings, { write }) : pino(settings);
  const line =
    (level: 'info' | 'warn' | 'error') =>
    (event: string, fields: JournalFields = {}) =>
      logger[level](kept(fields), plainWord(event));
  return { info: line('info'), warn: line('warn'), error: line('error') };
}

/** A journal that keeps nothing. */
export const silentJournal: Journal = { info: () => {}, warn: () => {}, error: () => {} };

/** The class and place of an unexpected error; its message may repeat input and is left out. */
export function describeError(error: unknown): { error: string; at?: string } {
  if (!(error instanceof Error)) return { error: typeof error };
  const frame = error.stack
    ?.split('\n')
    .find((text) => text.includes('.ts') && !text.includes('node_modules'));
  const place = frame?.match(/([\w-]+\/[\w.-]+\.tsx?):(\d+)/);
  return place ? { error: error.name, at: `${place[1]}:${place[2]}` } : { error: error.name };
}

function kept(fields: JournalFields): Record<string, string | number> {
  const result: Record<string, string | number> = {};
  for (const [name, value] of Object.entries(fields)) {
    const kind = Object.hasOwn(allowed, name) ? allowed[name as keyof JournalFields] : undefined;
    if (kind === 'number' && typeof value === 'number') result[name] = value;
    if (kind === 'text' && typeof value === 'string') result[name] = plainWord(value);
  }
  return result;
}

// Digits among letters in one long run look like an identifier, a key or a token; words do not.
function plainWord(value: string): string {
  const runs = value.match(/[A-Za-z0-9+_=]+/g) ?? [];
  const random = runs.some((run) => run.length >= randomRunCharsMin && /\d/.test(run));
  return random || value.includes('@') ? '(withheld)' : value.slice(0, wordCharsMax);
}
