/** The examples of docs/desk-api.md, in their order, against a real desk. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type DeskWorld, deskWorld } from '../testing/desk-world.ts';
import { png } from '../testing/hostile-pictures.ts';

let world: DeskWorld;
beforeAll(async () => {
  world = await deskWorld('desk-api');
});
afterAll(() => world.close());

const page = readFileSync(new URL('../../../docs/desk-api.md', import.meta.url), 'utf8');
const blocks = [...page.matchAll(/```http\n([\s\S]*?)```/g)].map((found) => found[1] ?? '');
const examples = blocks.flatMap((block, index) =>
  index % 2 === 0 ? [{ request: block, answer: blocks[index + 1] ?? '' }] : [],
);
/** What earlier answers said, for the words in capitals. */
const said = { receipt: '', hash: '' };

it.each(examples)('$request', async ({ request, answer }) => {
  const filled = request.replaceAll('RECEIPT', said.receipt).replaceAll('HASH', said.hash);
  const [head = '', ...rest] = filled.trim().split('\n\n');
  const [line = '', type] = head.split('\n');
  const [method = '', path = ''] = line.split(' ');
  const text = rest.join('\n\n');
  const body = text === 'PICTURE' ? new Uint8Array(await png()) : text;
  const headers = type ? { 'content-type': type.replace('content-type: ', '') } : {};
  const got = await fetch(world.origin + path, { method, headers, ...(method === 'GET' ? {} : { body }) });
  const [status = '', expected = ''] = answer.trim().split('\n\n');
  expect([status, got.status]).toEqual([`HTTP/1.1 ${got.status}`, Number(status.split(' ')[1])]);
  const gave = await got.json();
  const anyText = (_: string, value: unknown) => (value === '…' ? expect.any(String) : value);
  expect(gave).toEqual(JSON.parse(expected, anyText));
  Object.assign(said, gave);
});

it('there are examples, each with its answer', () => {
  expect(examples.length).toBeGreaterThan(6);
  expect(blocks.length % 2).toBe(0);
});
