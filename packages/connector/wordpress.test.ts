/** The file that obeys at WordPress, as far as it can be read without PHP: `npm run test:platforms` runs it. */
import { readFileSync } from 'node:fs';
import { connectorActs } from '@answerable/protocol/report/connector';
import { describe, expect, it } from 'vitest';
import { isTimedSignature, signatureHeader, signTimed } from './webhook-signature.ts';

const file = readFileSync(new URL('./wordpress/answerable.php', import.meta.url), 'utf8');
const number = (name: string) => Number(new RegExp(`const ${name} += (\\d+);`).exec(file)?.[1]);
const secret = 's'.repeat(32);

describe('answerable.php', () => {
  it('takes a letter for as long as others do, and remembers an act for longer than that', () => {
    const at = (apart: number) =>
      isTimedSignature(signTimed(secret, '{}', 1_000), secret, '{}', 1_000 + apart);
    const apart = number('CLOCKS_APART_MAX');
    expect([at(apart), at(apart + 1)]).toEqual([true, false]);
    expect(number('ACT_REMEMBERED_FOR')).toBeGreaterThan(2 * apart);
  });

  it('reads the header that we sign in', () => {
    expect(file).toContain(`$_SERVER['HTTP_${signatureHeader.toUpperCase().replaceAll('-', '_')}']`);
  });

  it('names no act that we never ask for', () => {
    const named = [...file.matchAll(/case '([a-z]+-[a-z-]+)':/g)].map(([, kind]) => kind!);
    expect(named.length).toBeGreaterThan(8);
    for (const kind of named) expect([...connectorActs, 'page-record']).toContain(kind);
  });
});
