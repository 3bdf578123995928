import { serve } from '@answerable/kit/serve';
import { Hono } from 'hono';
import { describe, expect, it } from 'vitest';
import { webhook } from './webhook.ts';
import { isHubSignature, isTimedSignature, signTimed } from './webhook-signature.ts';

const secret = 'secret-of-at-least-thirty-two-chars';
const body = '{"a":1}';
const now = 1_795_000_000;

describe('a timed signature', () => {
  it('holds for its body, for five minutes', () => {
    const header = signTimed(secret, body, now);
    expect(isTimedSignature(header, secret, body, now)).toBe(true);
    expect(isTimedSignature(header, secret, body, now + 300)).toBe(true);
    expect(isTimedSignature(header, secret, body, now - 300)).toBe(true);
  });
  it.each([
    ['sent again later', signTimed(secret, body, now - 301), body],
    ['from the future', signTimed(secret, body, now + 301), body],
    ['over another body', signTimed(secret, '{"a":2}', now), body],
    ['under another secret', signTimed(`${secret}x`, body, now), body],
    ['with the time changed', signTimed(secret, body, now).replace(`t=${now}`, `t=${now + 1}`), body],
    ['without a time', signTimed(secret, body, now).replace(/t=\d+,/, ''), body],
    ['cut short', signTimed(secret, body, now).slice(0, -2), body],
    ['in capitals', signTimed(secret, body, now).toUpperCase(), body],
    ['empty', '', body],
    ['missing', undefined, body],
  ])('refused: %s', (_sin, header, text) => {
    expect(isTimedSignature(header, secret, text, now)).toBe(false);
  });
});

describe('a hub signature', () => {
  // made with: openssl dgst -sha256 -hmac <secret>
  const ofBody = 'e3b05fb14ed5e41535e17d26e5df07d781946f83ddf642a6901870480ff08515';
  const ofEmpty = '9b73b486391dc91eddc75f50f8f215d0ac663e6c358bd90876c6aa921e5a369b';
  it('is the HMAC of the body in hex', () => {
    expect(isHubSignature(`sha256=${ofBody}`, secret, body)).toBe(true);
    expect(isHubSignature(`sha256=${ofEmpty}`, secret, '{}')).toBe(true);
  });
  it.each([
    ['another algorithm', `sha1=${ofBody}`],
    ['no algorithm', ofBody],
    ['another body', `sha256=${ofEmpty}`],
    ['empty', ''],
    ['missing', undefined],
  ])('refused: %s', (_sin, header) => expect(isHubSignature(header, secret, body)).toBe(false));
});

describe('a platform behind a webhook', () => {
  it('gets one signed body for each question, and its answers are ours', async () => {
    const asked: { ask: string; signed: boolean }[] = [];
    const item = {
      platform: 'as-it-calls-itself',
      kind: 'post',
      locator: 'post/1',
      author: null,
      text: 'Words.',
      language: 'en',
      posted: '2026-11-28T10:00:00Z',
    };
    const app = new Hono();
    app.post('/hook', async (c) => {
      const text = await c.req.text();
      const signed = isTimedSignature(c.req.header('answerable-signature'), secret, text, Date.now() / 1000);
      const given = JSON.parse(text);
      asked.push({ ask: given.ask, signed });
      if (!signed) return c.json({}, 401);
      if (given.ask === 'act') return c.json({ done: given.kind === 'hide-item', could: 'By hand.' });
      if (given.ask === 'locate') return c.json({ locator: given.url.endsWith('/1') ? 'post/1' : null });
      if (given.ask === 'check') return c.json({ as: 'hook' });
      if (given.ask === 'item' && given.locator === 'post/1') return c.json(item);
      if (given.ask === 'page-record' && given.locator === 'page/1')
        return c.json({ page: item, posts: [item], warnings: [] });
      return c.json({ error: 'gone' }, 404);
    });
    const served = await serve(app, { port: 0 });
    const settings = { kind: 'webhook', name: 'town', origin: served.origin, path: '/hook', secret } as const;
    const platform = webhook(settings);
    const act = { act: 'A'.repeat(22), target: 'post/1', notice: 'x' };
    expect(await platform.act({ ...act, kind: 'hide-item' })).toEqual({ done: true, could: 'By hand.' });
    expect(await platform.act({ ...act, kind: 'end-memorial' })).toMatchObject({ done: false });
    expect(await platform.locate('https://town.example/1', 'post')).toBe('post/1');
    expect(await platform.locate('https://town.example/2', 'post')).toBeUndefined();
    await expect(platform.item('post/2')).rejects.toMatchObject({ code: 'not_found' });
    // The desk knows it by the name of its own settings, and takes an item of no other.
    expect(await platform.item('post/1')).toEqual({ ...item, platform: 'town' });
    expect(await platform.pageRecord('page/1')).toMatchObject({
      page: { platform: 'town' },
      posts: [{ platform: 'town' }],
    });
    await expect(platform.pageRecord('page/2')).rejects.toMatchObject({ code: 'not_found' });
    expect(await platform.check()).toEqual({ reached: true, as: 'hook', missing: [] });
    expect(await webhook({ ...settings, secret: `${secret}x` }).check()).toMatchObject({
      reached: true,
      missing: ['The shared secret'],
    });
    expect(asked.map((one) => one.signed)).toEqual([...Array(9).fill(true), false]);
    await served.close();
  });
});
