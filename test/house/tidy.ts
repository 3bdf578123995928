/**
 * What can be seen from the doorway about one file: its name, its header, its length, its words and links.
 * Each check returns sentences; none is good.
 */
import { posix } from 'node:path';
import { isTest } from './tree.ts';

const linesMax = 400;
const emptyNames = new Set(['util', 'utils', 'helper', 'helpers', 'common', 'manager', 'context', 'misc']);

// Written apart so that this file does not find itself.
const leftovers = new RegExp(
  `\\b(${['TO' + 'DO', 'FIX' + 'ME', 'HA' + 'CK'].join('|')})\\b|\\.(only|skip|todo)\\(`,
);
const machinePaths = new RegExp(
  `(?<![\\w.:/-])/(${['work', 'root', 'home/[a-z]+', 'Users/[a-z]+'].join('|')})/`,
  'i',
);

export function badName(path: string): string[] {
  const base = posix.basename(path).replace(/(\.test|\.global|\.config|\.d)?\.(tsx?|m?js)$/, '');
  const said = base.split(/[-.]/).filter((part) => emptyNames.has(part));
  const wrong = said.map((part) => `${path}: a name with "${part}" says nothing`);
  return /^[a-z0-9]+([-.][a-z0-9]+)*$/.test(base) ? wrong : [...wrong, `${path}: not kebab-case`];
}

export function missingHeader(path: string, text: string): string[] {
  if (isTest(path)) return [];
  const rest = text.replace(/^#!.*\n/, '').replace(/^(\/\*\* @jsx\w* .*\*\/\n)+/, '');
  return /^\/(\*\*?|\/)\s*\S?/.test(rest) ? [] : [`${path}: no header comment`];
}

export function tooLong(path: string, text: string): string[] {
  const lines = text.split('\n').length;
  return lines > linesMax ? [`${path}: ${lines} lines, at most ${linesMax}`] : [];
}

export function leftoverWords(path: string, text: string): string[] {
  const found = text.match(leftovers);
  return found ? [`${path}: "${found[0]}"`] : [];
}

export function machinePath(path: string, text: string): string[] {
  const found = text.match(machinePaths);
  return found ? [`${path}: a path of one machine, "${found[0]}"`] : [];
}

/** Relative links and #headings that lead nowhere. `read` gives a file's text, undefined if there is none. */
export function brokenLinks(
  path: string,
  text: string,
  read: (path: string) => string | undefined,
): string[] {
  const prose = text.replace(/```[\s\S]*?```/g, '').replace(/`[^`\n]*`/g, '');
  const targets = [...prose.matchAll(/\]\(([^)\s]+)(?:\s+"[^"]*")?\)/g)].map((found) => found[1] ?? '');
  return targets.flatMap((target) => {
    if (/^[a-z]+:/.test(target)) return [];
    const [file = '', heading] = target.split('#');
    const goal = file === '' ? path : posix.join(posix.dirname(path), decodeURI(file)).replace(/\/$/, '');
    const found = read(goal);
    if (found === undefined) return [`${path}: ${target} leads nowhere`];
    if (heading && goal.endsWith('.md') && !headingsOf(found).includes(heading))
      return [`${path}: no heading ${target}`];
    return [];
  });
}

// As code forges make them: lower case, spaces to hyphens, other signs dropped.
function headingsOf(text: string): string[] {
  const titles = [...text.matchAll(/^#{1,6}\s+(.+?)\s*$/gm)].map((found) => found[1] ?? '');
  return titles.map((title) =>
    title
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replace(/\s/g, '-'),
  );
}
