import { practiceClock } from '@answerable/kit/clock';
import { Refusal } from '@answerable/protocol/refusal';
import { describe, expect, it } from 'vitest';
import type { LogbookParts } from './parts.ts';
import { checkpointRounder } from './round-checkpoint.ts';

const hour = { hours: 1 };
function scene(policy = true) {
  const clock = practiceClock(new Date('2026-11-23T10:00:00Z'));
  const files = new Map<string, Uint8Array>();
  const current = () => {
    if (!policy) throw new Refusal('not_ready');
    return { limits: { checkpointAgeSeconds: 7200 } };
  };
  const parts = {
    clock,
    policies: { current },
    files: { write: async (path: string, bytes: Uint8Array) => void files.set(path, bytes) },
  } as unknown as LogbookParts;
  const { published } = checkpointRounder(parts);
  return {
    clock,
    publish: (n: number) => published(new Uint8Array([n])),
    kept: () => files.get('checkpoint.rounded')?.[0],
  };
}

describe('the checkpoint that wallets share', () => {
  it('is the last one of the period before, and stays it for a whole period', async () => {
    const { clock, publish, kept } = scene();
    for (const n of [1, 2, 3]) await publish(n);
    expect(kept()).toBeUndefined();
    clock.advance(hour);
    for (const n of [4, 5]) {
      await publish(n);
      expect(kept()).toBe(3);
    }
    clock.advance(hour);
    await publish(6);
    expect(kept()).toBe(5);
  });
  it('is none while there is no policy, or after a restart in the first period', async () => {
    const early = scene(false);
    await early.publish(1);
    early.clock.advance(hour);
    await early.publish(2);
    expect(early.kept()).toBeUndefined();
    const restarted = scene();
    await restarted.publish(1);
    expect(restarted.kept()).toBeUndefined();
  });
  it('a clock that goes back takes nothing away', async () => {
    const { clock, publish, kept } = scene();
    await publish(1);
    clock.advance(hour);
    await publish(2);
    clock.advance({ hours: -1 });
    await publish(3);
    expect(kept()).toBe(1);
  });
});
