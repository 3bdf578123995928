// The example blocks of a page of spec/, as the page lays them out: `name = value`, long values indented.

import { readFileSync } from 'node:fs';
import { fromHex } from './octets.ts';

export type Example = { text(name: string): string; hex(name: string): Uint8Array };

export function exampleOf(pageName: string): Example {
  const page = readFileSync(new URL(`../../../spec/${pageName}.md`, import.meta.url), 'utf8');
  const lines = [...page.matchAll(/```example\n([\s\S]*?)```/g)]
    .map((block) => block[1]!)
    .join('')
    .replaceAll('\n  ', '')
    .split('\n');
  const values = new Map(
    lines.map((line) => [
      line.slice(0, line.lastIndexOf(' =')),
      line.slice(line.lastIndexOf(' =') + 2).trim(),
    ]),
  );
  const text = (name: string) => {
    const value = values.get(name);
    if (value === undefined) throw new Error(`${pageName}.md: no example ${name}`);
    return value;
  };
  return { text, hex: (name) => fromHex(text(name)) };
}
