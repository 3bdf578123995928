import { expect, it } from 'vitest';
import { textOf } from './tree.ts';

const listed = /\[[^\]]+\]\(\.\.\/([^)#]+)\): ([^|]+?)(?=<br>| \|)/g;

/** What docs/attacks.md names, as file and title, and is not there. */
function missing(text: string, read: (path: string) => string): string[] {
  return [...text.matchAll(listed)].flatMap(([, path = '', title = '']) =>
    read(path).includes(title) ? [] : [`${path}: ${title}`],
  );
}

it('every test that docs/attacks.md names is there', () => {
  const text = textOf('docs/attacks.md');
  expect([...text.matchAll(listed)].length).toBeGreaterThan(100);
  expect(missing(text, textOf)).toEqual([]);
});

it('and one that is gone is noticed', () => {
  const row = '| a | b | [x.test.ts](../x.test.ts): is refused<br>[x.test.ts](../x.test.ts): is gone |';
  expect(missing(row, () => "it('is refused', () => {})")).toEqual(['x.test.ts: is gone']);
});
