/** POST /media: how many pictures are held at once. */
import { realClock } from '@answerable/kit/clock';
import { Hono } from 'hono';
import { expect, it } from 'vitest';
import type { DeskParts } from '../parts.ts';
import { png } from '../testing/hostile-pictures.ts';
import type { Gate } from './gate.ts';
import { takeMedia } from './take-media.ts';

it('a picture has its turn until it is kept: the next one is not read before', async () => {
  let turns = 0;
  const gate = {
    pass: async () => true,
    wait: () => 0,
    async large<T>(work: () => Promise<T>): Promise<T> {
      turns += 1;
      return work().finally(() => {
        turns -= 1;
      });
    },
  } satisfies Gate;
  const turnsWhenKept: number[] = [];
  const intake = { keepPicture: async () => void turnsWhenKept.push(turns) };
  const app = new Hono().post(
    '/media',
    takeMedia({ intake, clock: realClock } as unknown as DeskParts, gate),
  );
  const answer = await app.request('/media', { method: 'POST', body: new Uint8Array(await png()) });
  expect([answer.status, turnsWhenKept, turns]).toEqual([201, [1], 0]);
});
