/**
 * Inquiries on disk, one file of mode 0600 each. Whoever can read this folder learns what the authority asked
 * and the names it lawfully obtained; whoever can change it can make the authority forget.
 */
import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { type Inquiry, inquiry } from './inquiry.ts';

const ending = '.json';

export interface InquiryBook {
  /** the newest first */
  list(): Inquiry[];
  find(id: string): Inquiry | undefined;
  /** durable when it returns */
  write(one: Inquiry): void;
}

/** Reads every file of `dir`, made if absent. Throws ZodError for a file that is none of ours. */
export function openInquiryBook(dir: string): InquiryBook {
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const kept = new Map<string, Inquiry>();
  for (const file of readdirSync(dir).filter((name) => name.endsWith(ending))) {
    const one = inquiry.parse(JSON.parse(readFileSync(join(dir, file), 'utf8')));
    kept.set(one.id, one);
  }
  return {
    list: () => [...kept.values()].sort((a, b) => b.asked.localeCompare(a.asked)),
    find: (id) => kept.get(id),
    write(one) {
      const path = join(dir, one.id + ending);
      const file = openSync(`${path}.writing`, 'w', 0o600);
      writeSync(file, JSON.stringify(one));
      fsyncSync(file);
      closeSync(file);
      renameSync(`${path}.writing`, path);
      kept.set(one.id, one);
    },
  };
}
