/** Bodies as they come over a real socket: without a length, without anything, too long by their own word. */
import { request } from 'node:http';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { silentJournal } from './journal.ts';
import { createMetrics } from './metrics.ts';
import { readJson } from './read-json.ts';
import { type Served, serve } from './serve.ts';
import { createServiceApp } from './service.ts';

const app = createServiceApp({
  name: 'bodies',
  journal: silentJournal,
  metrics: createMetrics('bodies'),
  bodyBytesMax: 100,
});
app.post('/json', async (c) => c.json(await readJson(c, z.strictObject({ a: z.string() }))));
app.post('/nothing', (c) => c.json({ ok: true }));
let served: Served;
beforeAll(async () => {
  served = await serve(app, { port: 0 });
});
afterAll(() => served.close());

function send(path: string, headers: Record<string, string>, chunks: readonly string[]) {
  return new Promise<{ status: number; code: unknown }>((resolve, reject) => {
    const call = request(`${served.origin}${path}`, { method: 'POST', headers, agent: false }, (response) => {
      let text = '';
      response.on('data', (chunk) => {
        text += chunk;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, code: JSON.parse(text).code }));
    });
    call.on('error', reject);
    for (const chunk of chunks) call.write(chunk);
    call.end();
  });
}
const json = { 'content-type': 'application/json' };

it('a post without any body reaches an address that wants none', async () => {
  expect((await send('/nothing', { 'content-length': '0' }, [])).status).toBe(200);
  expect((await send('/nothing', {}, [])).status).toBe(200);
});

it('a body that does not say its length is refused', async () => {
  const sent = await send('/json', { ...json, 'transfer-encoding': 'chunked' }, ['{"a":', '"b"}']);
  expect(sent).toEqual({ status: 400, code: 'malformed' });
});

it('a body that says its length is read', async () => {
  expect((await send('/json', { ...json, 'content-length': '9' }, ['{"a":"b"}'])).status).toBe(200);
});

it('a body that is too long by its own word is refused', async () => {
  const sent = await send('/json', { ...json, 'content-length': '101' }, ['x'.repeat(101)]);
  expect(sent).toEqual({ status: 413, code: 'body_too_large' });
});
