import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { badName, brokenLinks, leftoverWords, machinePath, missingHeader, tooLong } from './tidy.ts';
import { filesOfTheHouse, houseRoot, isSource, textOf } from './tree.ts';

const files = filesOfTheHouse();
const sources = files.filter(isSource);
const written = files.filter(
  (path) => /\.(ts|tsx|mjs|js|tpl|md|json|css|html|policy|sh)$/.test(path) && path !== 'package-lock.json',
);

function read(path: string): string | undefined {
  const full = join(houseRoot, path);
  if (!existsSync(full)) return undefined;
  return statSync(full).isFile() ? textOf(path) : '';
}

describe('the house is tidy', () => {
  it('names say something', () => expect(sources.flatMap(badName)).toEqual([]));
  it('each file says what it is', () =>
    expect(sources.flatMap((path) => missingHeader(path, textOf(path)))).toEqual([]));
  it('no file is too long', () => expect(sources.flatMap((path) => tooLong(path, textOf(path)))).toEqual([]));
  it('nothing is left lying about', () =>
    expect(sources.flatMap((path) => leftoverWords(path, textOf(path)))).toEqual([]));
  it('nothing knows one machine', () =>
    expect(written.flatMap((path) => machinePath(path, textOf(path)))).toEqual([]));
  it('every divergence has its number, and the code cites it', () => {
    const listed = [...textOf('DIVERGENCES.md').matchAll(/^\| (D\d+) \|/gm)].map((found) => found[1]);
    const cited = sources.flatMap((path) =>
      [...textOf(path).matchAll(/DIVERGENCES\s(?:\* )?(D\d+)/g)].map((found) => found[1]),
    );
    expect([...new Set(cited)].sort()).toEqual(listed.sort());
  });
  it('every link leads somewhere', () => {
    const pages = files.filter((path) => path.endsWith('.md'));
    expect(pages.length).toBeGreaterThan(3);
    expect(pages.flatMap((path) => brokenLinks(path, textOf(path), read))).toEqual([]);
  });
});

describe('the checks see', () => {
  it('an empty name, a missing header, a long file', () => {
    expect(badName('packages/kit/string-utils.ts')).toHaveLength(1);
    expect(badName('packages/kit/readJson.ts')).toHaveLength(1);
    expect(missingHeader('a.ts', "import x from 'y';")).toHaveLength(1);
    expect(missingHeader('a.mjs', '#!/usr/bin/env node\n// What it is.\n')).toEqual([]);
    expect(tooLong('a.ts', '\n'.repeat(400))).toHaveLength(1);
  });
  it('a test that was switched off, and a path of one machine', () => {
    expect(leftoverWords('a.test.ts', `it${'.on'}ly('x', () => {})`)).toHaveLength(1);
    expect(machinePath('a.ts', `open('${'/ro'}ot/data')`)).toHaveLength(1);
    expect(machinePath('a.md', 'see docs/root/x and https://a.example/home/b/c')).toEqual([]);
  });
  it('a link to nowhere', () => {
    const pages: Record<string, string> = { 'docs/a.md': '# The hand\n', 'docs/b.md': '' };
    const look = (path: string) => pages[path];
    expect(brokenLinks('docs/b.md', '[x](a.md#the-hand) [y](https://e.example/z) `[c](d.md)`', look)).toEqual(
      [],
    );
    expect(brokenLinks('docs/b.md', '[x](c.md)', look)).toHaveLength(1);
    expect(brokenLinks('docs/b.md', '[x](a.md#elsewhere)', look)).toHaveLength(1);
  });
});
