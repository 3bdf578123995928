/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
/** GET /record: what was done at this console and at /admin, newest first, and whether the chain of it holds. */
import { Notice, Table } from '@answerable/kit/page.tsx';
import type { GatewayParts } from '../parts.ts';
import { consolePage, door } from './console-page.tsx';
import { type Labels, labelled, platformLabels } from './labels.tsx';
import { firstBreak, readRecord } from './record.ts';
import { actInWords, holdsWords } from './sanction-words.ts';

const shownMax = 200;

export const showRecord = (parts: GatewayParts) =>
  door(parts.console, 'viewer', async (c, session) => {
    const all = await readRecord(parts.console.db);
    const broken = firstBreak(all);
    const titles = platformLabels(parts);
    return consolePage(
      c,
      parts.console,
      { title: 'The record', session },
      <>
        {broken === undefined ? (
          <Notice tone="good" title={`All ${all.length} lines hold together.`}>
            <p>Each line is bound to the one before. No account of any member stands in it.</p>
          </Notice>
        ) : (
          <Notice tone="bad" title={`Line ${broken} does not fit the one before.`}>
            <p>Somebody changed the table. Stop, and find out who had it in their hands.</p>
          </Notice>
        )}
        <Table
          caption={`The newest ${Math.min(shownMax, all.length)}`}
          head={['No.', 'When (UTC)', 'Who', 'What']}
          rows={all
            .slice(-shownMax)
            .reverse()
            .map(({ seq, at, who, body }) => [
              seq,
              at.slice(0, 16).replace('T', ' '),
              who,
              inWords(body, titles),
            ])}
        />
      </>,
    );
  });

/** One line of the record in words. */
export function inWords(body: object, titles: Labels): string {
  const { kind, ...more } = body as Record<string, unknown>;
  const said = Object.entries(more).map(([name, value]) => `${name}: ${valueInWords(name, value, titles)}`);
  return [String(kind).replaceAll('-', ' '), ...said].join(', ');
}

/** Ids of what has a label; everything else as it stands in the record. */
function valueInWords(name: string, value: unknown, titles: Labels): string {
  if (value === null) return 'none';
  const text = String(value);
  if (name === 'platform') return labelled(text, titles(text));
  if (name === 'for' || name === 'what') return actInWords(text);
  if (name === 'holds') return (holdsWords as Record<string, string>)[text] ?? text;
  return text;
}
