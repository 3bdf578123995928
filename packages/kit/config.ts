/**
 * Reads configuration from the environment or a JSON file, checked against a zod shape, and names what is
 * missing by variable, never by value. `ANSWERABLE_MODE` is `production` or `practice`; unset means
 * production, so that nothing practice-only starts by forgetting a variable.
 * Must never: print a value that was read (it may be a password).
 */
import { readFileSync } from 'node:fs';
import type { z } from 'zod';

export type Mode = 'production' | 'practice';

/** A configuration that cannot be used. The message is for the person who starts the service. */
export class ConfigRefused extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ConfigRefused';
  }
}

/** The mode of this process. Throws ConfigRefused for any third word. */
export function readMode(env: NodeJS.ProcessEnv = process.env): Mode {
  const word = env.ANSWERABLE_MODE ?? (env.VITEST ? 'practice' : 'production');
  if (word === 'production' || word === 'practice') return word;
  throw new ConfigRefused('ANSWERABLE_MODE must be "production" or "practice".');
}

/** Throws ConfigRefused unless this process runs in practice mode. `name` begins the sentence. */
export function refuseInProduction(name: string, mode: Mode = readMode()): void {
  if (mode === 'practice') return;
  throw new ConfigRefused(
    `${name} is for practice only and does not run in production. Set ANSWERABLE_MODE=practice to try it.`,
  );
}

/** Environment variables in the shape of `schema`. Throws ConfigRefused naming every wrong variable. */
export function readEnvironment<T>(schema: z.ZodType<T>, env: NodeJS.ProcessEnv = process.env): T {
  return checked(schema, env, 'The environment');
}

/** A JSON file in the shape of `schema`. Throws ConfigRefused naming the file and every wrong field. */
export function readConfigFile<T>(path: string, schema: z.ZodType<T>): T {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    throw new ConfigRefused(`The configuration file ${path} cannot be read.`);
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new ConfigRefused(`The configuration file ${path} is not JSON.`);
  }
  return checked(schema, value, `The configuration file ${path}`);
}

function checked<T>(schema: z.ZodType<T>, value: unknown, source: string): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const fields = result.error.issues.map((issue) => issue.path.join('.') || '(whole)');
  throw new ConfigRefused(`${source} is not usable; missing or wrong: ${[...new Set(fields)].join(', ')}.`);
}
