/**
 * Reads the law packs of a folder when the desk starts. A pack that does not hold stops the start with a
 * sentence that names the file and the field: a desk that works under half a law would be worse than none.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { z } from 'zod';
import { leastElements } from '../casework/offences.ts';
import { type LawPack, lawPack } from './pack.ts';

const fileName = /^([a-z0-9]+(?:-[a-z]+)*)-(\d{4}-\d{2}-\d{2})\.json$/;

/** The packs that come with the desk. */
export const lawFolder = fileURLToPath(new URL('../../../law', import.meta.url));

/** A pack that cannot be used; `message` says which file and which field, and never a value. */
export class PackRefused extends Error {
  constructor(file: string, field: string, why: string) {
    super(`${file}: ${field}: ${why}`);
    this.name = 'PackRefused';
  }
}

/** All packs of `folder`. Throws PackRefused. */
export function loadPacks(folder: string = lawFolder): LawPack[] {
  const files = readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort();
  return files.map((name) => readPack(name, readFileSync(join(folder, name), 'utf8')));
}

/** One pack from its file name and text. Throws PackRefused. */
export function readPack(file: string, text: string): LawPack {
  const [, law, day] = fileName.exec(file) ?? [];
  if (law === undefined) throw new PackRefused(file, 'file name', 'law-name-YYYY-MM-DD.json is expected');
  const parsed = lawPack.safeParse(jsonOf(file, text), { reportInput: false });
  if (!parsed.success) throw refusedBy(file, parsed.error);
  const pack = parsed.data;
  if (pack.pack !== law) throw new PackRefused(file, 'pack', 'is not what the file name says');
  if (pack.compared !== day) throw new PackRefused(file, 'compared', 'is not the day in the file name');
  pack.offences.forEach(({ id, elements }, index) => {
    const missing = (leastElements(id) ?? []).find((one) => !elements.some((known) => known.id === one));
    if (missing) throw new PackRefused(file, `offences.${index}.elements`, `"${missing}" is missing`);
  });
  return pack;
}

function jsonOf(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new PackRefused(file, 'file', 'is not JSON');
  }
}

function refusedBy(file: string, error: z.ZodError): PackRefused {
  const issue = error.issues[0];
  return new PackRefused(file, issue?.path.join('.') || 'file', issue?.message ?? 'does not hold');
}
