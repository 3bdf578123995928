/**
 * Reads configuration from a JSON file, checked against a zod shape, and names what is missing by field, never
 * by value. `ANSWERABLE_MODE` is `production` or `practice`; unset means
 * production, so that nothing practice-only starts by forgetting a variable.
 * Must never: print a value that was read (it may be a password).
 */
import { readFileSync } from 'node:fs';
import * as wire from '@answerable/protocol/wire';
import { z } from 'zod';

const tokenCharsMin = 32;

export type Mode = 'production' | 'practice';

/** A secret word between two parties: at least 32 characters. */
export const token = z.string().min(tokenCharsMin).max(200);

/** What every service is told, whatever it does. */
export const serviceFields = {
  /** as the trust policy lists it */
  name: wire.name,
  mode: z.enum(['production', 'practice']),
  host: z.string().max(200),
  /** 0 for any free port */
  port: z.int().min(0).max(65_535),
  /** where others find it */
  origin: wire.origin,
  /** keys and files: `<dataDir>/keys` */
  dataDir: z.string().min(1),
  policyPath: z.string().min(1),
};
/** postgresql://role:password@host:port/database, of this service alone */
export const databaseUrl = z.string().min(1);

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
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const fields = result.error.issues.map((issue) => issue.path.join('.') || '(whole)');
  throw new ConfigRefused(
    `The configuration file ${path} is not usable; missing or wrong: ${[...new Set(fields)].join(', ')}.`,
  );
}
