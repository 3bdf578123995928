/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
/** GET /record: what was done at this console and at /admin, newest first, and whether the chain of it holds. */
import { Notice, Table } from '@answerable/kit/page.tsx';
import { consolePage, door } from './console-page.tsx';
import type { ConsoleParts } from './console-parts.ts';
import { firstBreak, readRecord } from './record.ts';

const shownMax = 200;

export const showRecord = (parts: ConsoleParts) =>
  door(parts, 'viewer', async (c, session) => {
    const all = await readRecord(parts.db);
    const broken = firstBreak(all);
    return consolePage(
      c,
      parts,
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
            .map(({ seq, at, who, body }) => [seq, at.slice(0, 16).replace('T', ' '), who, inWords(body)])}
        />
      </>,
    );
  });

/** One line of the record in words. */
export function inWords(body: object): string {
  const { kind, ...more } = body as Record<string, unknown>;
  const said = Object.entries(more).map(([name, value]) => `${name}: ${value === null ? 'none' : value}`);
  return [String(kind).replaceAll('-', ' '), ...said].join(', ');
}
