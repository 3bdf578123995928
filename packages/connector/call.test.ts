/** A platform that answers badly, in every way that has been seen, asked through one adapter for all of them. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { createCaller, TryLater } from './call.ts';
import { mastodon } from './mastodon.ts';
import { type FakeMastodon, fakeMastodon, mastodonToken } from './testing/fake-mastodon.ts';
import { type Mood, memoryOfTests } from './testing/fake-platform.ts';

let fake: FakeMastodon;
const target = 'account/alice';
const suspend = { act: 'A'.repeat(22), kind: 'suspend-account', target, notice: '' } as const;

beforeEach(async () => {
  fake = await fakeMastodon();
});
afterEach(() => fake.close());

async function acting(token = mastodonToken) {
  const memory = memoryOfTests();
  await memory.keepNames([{ locator: target, platform: 'town', address: '1', url: null }]);
  return mastodon({ kind: 'mastodon', name: 'town', origin: fake.origin, token }, memory).act(suspend);
}

describe('a platform that', () => {
  const codes: [sin: string, mood: Mood, code: string][] = [
    ['is out of order', { status: 500 }, 'unavailable'],
    ['shows a page of its proxy', { page: 502 }, 'unavailable'],
    ['says 404 with a page, as a proxy does while it starts', { page: 404 }, 'unavailable'],
    ['says 403 with a page, as a firewall does', { page: 403 }, 'unavailable'],
    ['says 200 with a page', { page: 200 }, 'unavailable'],
    ['breaks off in the middle of its answer', 'half-a-json', 'unavailable'],
    ['answers 10 MB', 'huge', 'unavailable'],
    ['does not know the token', { status: 401 }, 'unauthorised'],
    ['wants fewer requests', { status: 429 }, 'too_many_requests'],
    ['sends us elsewhere', 'redirects-elsewhere', 'unavailable'],
  ];
  it.each(codes)('%s', async (_sin, mood, code) => {
    fake.mood = mood;
    await expect(acting()).rejects.toMatchObject({ code });
    expect(fake.changes()).toEqual([]);
    expect(fake.elsewhere).toEqual([]);
  });
  it('does not let us: a person is asked to', async () => {
    fake.mood = { status: 403 };
    const answer = await acting();
    expect(answer.done).toBe(false);
    expect(answer.could).toContain('did not let the desk');
  });
  it('never answers', async () => {
    const timeout = vi.spyOn(AbortSignal, 'timeout').mockImplementation(() => AbortSignal.abort());
    fake.mood = 'hangs';
    await expect(acting()).rejects.toMatchObject({ code: 'unavailable' });
    expect(timeout).toHaveBeenCalledWith(5_000);
    timeout.mockRestore();
  });
  it('is not there', async () => {
    await fake.close();
    await expect(acting()).rejects.toMatchObject({ code: 'unavailable' });
    fake = await fakeMastodon();
  });
});

describe('patience that is asked for', () => {
  const wait = async (retryAfter: string, status = 429) => {
    fake.mood = { status, retryAfter };
    const error = await acting().catch((one) => one);
    return error instanceof TryLater ? error.afterSeconds : error.code;
  };
  it.each([
    ['in seconds', '120', 429, 120],
    ['with a 503', '30', 503, 30],
    ['for a year: an hour', '31536000', 429, 3_600],
    ['in no known form', 'soon', 429, 0],
    ['for a time before now', 'Wed, 21 Oct 2015 07:28:00 GMT', 429, 0],
    ['with a 503 and nothing sensible', 'soon', 503, 'unavailable'],
  ])('%s', async (_how, retryAfter, status, expected) => {
    expect(await wait(retryAfter, status)).toBe(expected);
  });
});

describe('a caller', () => {
  it('is told by nobody to go elsewhere', async () => {
    const call = createCaller(fake.origin, {});
    for (const path of ['https://evil.example/', '//evil.example/x', '\\\\evil.example/x'])
      await expect(call(path, { schema: z.unknown() })).rejects.toThrow('bug');
  });
  it('says nothing of the token when it fails', async () => {
    const error = await acting('another-token').catch((one) => one);
    expect(JSON.stringify({ ...error, message: error.message, stack: error.stack })).not.toContain(
      'another-token',
    );
    expect(error.code).toBe('unauthorised');
  });
});
