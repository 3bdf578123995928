import { Malformed, ProofFailed } from '@answerable/core/errors';
import { Refusal } from '@answerable/protocol/refusal';
import { beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { requireBearer } from './bearer.ts';
import { callJson } from './http-client.ts';
import { createJournal } from './journal.ts';
import { createMetrics } from './metrics.ts';
import { readForm, readJson } from './read-json.ts';
import { PortTaken, serve } from './serve.ts';
import { createServiceApp, type ServiceApp } from './service.ts';

const secret = 'a name nobody may see';
const token = 'a-token-of-at-least-thirty-two-characters';
let lines: string[];
let app: ServiceApp;

beforeEach(() => {
  lines = [];
  const journal = createJournal('trial', { write: (line) => lines.push(line) });
  app = createServiceApp({
    name: 'trial',
    journal,
    metrics: createMetrics('trial'),
    bodyBytesMax: 1000,
    callers: (origin) => origin === 'https://wallet.example',
  });
  const shape = z.strictObject({
    title: z.string().max(20),
    copies: z.int(),
    lent: z.record(z.string(), z.int()).optional(),
  });
  app.post('/card', async (c) => c.json(await readForm(c, z.object({ name: z.string() }))));
  app.post('/book/:id', async (c) => c.json(await readJson(c, shape, 400)));
  app.get('/barred', () => {
    throw new Refusal('barred');
  });
  app.get('/malformed', () => {
    throw new Malformed('P', '48 bytes');
  });
  app.get('/proof', () => {
    throw new ProofFailed();
  });
  app.get('/bug', () => {
    throw new Error(secret);
  });
  app.all('/away', () => {
    throw new Refusal('unavailable');
  });
  app.get('/ours', requireBearer(token), (c) => c.text('yes'));
});

const post = (body: string, headers: Record<string, string> = { 'content-type': 'application/json' }) =>
  app.request('/book/7', { method: 'POST', body, headers });

const card = (type: string, body: string) =>
  app.request('/card', { method: 'POST', body, headers: { 'content-type': type } });

async function problem(response: Response | Promise<Response>) {
  const answer = await response;
  expect(answer.headers.get('content-type')).toBe('application/problem+json');
  return (await answer.json()) as { code: string; status: number; pointer?: string };
}

it.each([
  ['GET', 'and load this page again'],
  ['POST', 'go back, and send it again'],
])('while something is away, who comes with a browser reads so: %s', async (method, words) => {
  const answer = await app.request('/away', { method, headers: { accept: 'text/html,*/*' } });
  expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '10']);
  const text = await answer.text();
  for (const part of [words, 'nothing was lost', '<strong>trial</strong>']) expect(text).toContain(part);
  const software = await app.request('/away', { method });
  expect(software.headers.get('retry-after')).toBe('10');
  expect(await problem(software)).toMatchObject({ code: 'unavailable', status: 503 });
});

describe('what is refused', () => {
  const good = JSON.stringify({ title: 'x', copies: 1 });
  it.each([
    ['text that is not JSON', () => post('{'), 'malformed', 'body: JSON'],
    ['a field of another type', () => post('{"title":"x","copies":"many"}'), 'malformed', 'copies'],
    ['an unknown field', () => post('{"title":"x","copies":1,"more":1}'), 'malformed', 'body'],
    [
      'another content type',
      () => post(good, { 'content-type': 'text/plain' }),
      'wrong_content_type',
      undefined,
    ],
    [
      'a large body',
      () => post(JSON.stringify({ title: 'x'.repeat(500), copies: 1 })),
      'body_too_large',
      undefined,
    ],
    ['a larger body', () => post('x'.repeat(2000)), 'body_too_large', undefined],
    ['a form cut short', () => card('multipart/form-data; boundary=x', '--x\r\n'), 'malformed', 'body: form'],
    ['a form without its mark', () => card('multipart/form-data', 'name=x'), 'malformed', 'body: form'],
    ['a form of another kind', () => card('application/xml', '<name/>'), 'malformed', 'name'],
    ['an unknown address', () => app.request('/nowhere'), 'not_found', undefined],
    ['a refusal', () => app.request('/barred'), 'barred', undefined],
    ['malformed bytes', () => app.request('/malformed'), 'malformed', 'P: 48 bytes'],
    ['a failed proof', () => app.request('/proof'), 'presentation_refused', undefined],
    ['a bug', () => app.request('/bug'), 'internal', undefined],
    ['no token', () => app.request('/ours'), 'unauthorised', undefined],
    [
      'a wrong token',
      () => app.request('/ours', { headers: { authorization: 'Bearer x' } }),
      'unauthorised',
      undefined,
    ],
  ])('%s', async (_name, ask, code, pointer) => {
    const answer = await problem(ask());
    expect(answer.code).toBe(code);
    expect(answer.pointer).toBe(pointer);
    expect(JSON.stringify(answer)).not.toContain(secret);
  });

  it('never repeats what was sent', async () => {
    const answer = await problem(post(JSON.stringify({ title: secret.repeat(3), copies: 1 })));
    expect(JSON.stringify(answer)).not.toContain(secret);
    const key = await problem(post(JSON.stringify({ title: 'x', copies: 1, [secret]: 1 })));
    expect(JSON.stringify(key)).not.toContain(secret);
    const name = await problem(post(JSON.stringify({ title: 'x', copies: 1, lent: { somebody: 'x' } })));
    expect(name.pointer).toBe('lent.*');
  });
});

describe('the journal', () => {
  it('keeps the pattern, not the path, and no message of an error', async () => {
    await app.request('/book/pseudonym-of-somebody', { method: 'POST', headers: { 'user-agent': secret } });
    await app.request('/bug');
    const text = lines.join('');
    expect(text).toContain('/book/:id');
    expect(text).toContain('service.test.ts');
    expect(text).not.toContain('pseudonym-of-somebody');
    expect(text).not.toContain(secret);
  });

  it('drops unknown fields and withholds what looks like an identifier', () => {
    const journal = createJournal('trial', { write: (line) => lines.push(line) });
    const fields = {
      sub: 'somebody',
      kind: 'mfrggzdfmztwq2lknnwg23tpobyxe43u',
      code: 'a@example.org',
      outcome: 'kept',
    };
    journal.info('event', fields);
    const line = JSON.parse(lines.at(-1) ?? '');
    expect(line.sub).toBeUndefined();
    expect([line.kind, line.code, line.outcome]).toEqual(['(withheld)', '(withheld)', 'kept']);
  });
});

describe('headers', () => {
  it('forbid frames of strangers and scripts without the nonce', async () => {
    const policy = (await app.request('/health')).headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'self'");
    expect(policy).toMatch(/script-src 'self' 'nonce-[\w+/=-]{16,}'/);
  });

  it('let only listed wallets call from another origin', async () => {
    const allowed = (origin: string) => app.request('/health', { headers: { origin } });
    const header = 'access-control-allow-origin';
    expect((await allowed('https://wallet.example')).headers.get(header)).toBe('https://wallet.example');
    expect((await allowed('https://other.example')).headers.get(header)).toBeNull();
  });
});

describe('on a socket', () => {
  it('answers, counts, hands refusals through, and says when its port is taken', async () => {
    const served = await serve(app, { port: 0 });
    try {
      const schema = z.object({ service: z.string(), ok: z.boolean() });
      expect(await callJson(`${served.origin}/health`, { schema })).toEqual({ service: 'trial', ok: true });
      await expect(callJson(`${served.origin}/barred`, { schema })).rejects.toMatchObject({ code: 'barred' });
      await expect(serve(app, { port: served.port })).rejects.toThrow(PortTaken);
      // The rest of a large body stays unread on its connection; the next request must not be lost there.
      for (let i = 0; i < 3; i++) {
        const init = { method: 'POST', headers: { 'content-type': 'application/json' } };
        const large = await fetch(`${served.origin}/book/7`, { ...init, body: 'x'.repeat(2_000_000) });
        expect([large.status, large.headers.get('connection')]).toEqual([413, 'close']);
        expect((await fetch(`${served.origin}/book/7`, { ...init, body: '{' })).status).toBe(400);
      }
      const metrics = await (await fetch(`${served.origin}/metrics`)).text();
      expect(metrics).toContain('route="/barred",method="GET",status="403"');
    } finally {
      await served.close();
    }
    await expect(callJson(`${served.origin}/health`, { schema: z.unknown() })).rejects.toMatchObject({
      code: 'unavailable',
    });
  });
});
