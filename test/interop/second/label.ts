// The labels, read from the table of spec/encoding.md itself: the page is the only source.

import { readFileSync } from 'node:fs';
import { utf8 } from './octets.ts';

const page = readFileSync(new URL('../../../spec/encoding.md', import.meta.url), 'utf8');
const labels = new Map(
  [...page.matchAll(/^\| (\w+) \| `([^`]+)` \|$/gm)].map((row) => [row[1]!, row[2]!] as const),
);

/** The octets of a label. Throws if the page has none of that name. */
export function label(name: string): Uint8Array {
  const text = labels.get(name);
  if (text === undefined) throw new Error(`spec/encoding.md has no label ${name}`);
  return utf8(text);
}
