/** The story of the debate over one whole network, each step a test; then every cupboard is opened. */
import { steps } from '@answerable/practice-story/steps';
import { createWorld, type World } from '@answerable/practice-story/world';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkCupboards } from '../privacy/check-cupboards.ts';
import { launchTimeoutMs, startPracticeNetwork, stepTimeoutMs } from './practice-network.ts';

let world: World;
const done = new Set<string>();

beforeAll(async () => {
  world = createWorld(await startPracticeNetwork('story'));
}, launchTimeoutMs);
afterAll(() => world?.network.close(), launchTimeoutMs);

describe.sequential('the story', () => {
  for (const step of steps)
    it(step.title, { timeout: stepTimeoutMs }, async () => {
      expect(step.needs.filter((id) => !done.has(id))).toEqual([]);
      const outcome = await step.run(world, () => {});
      expect(outcome, outcome.lines.join('\n')).toMatchObject({ ok: true });
      done.add(step.id);
    });
});

describe.sequential('afterwards, every cupboard', () => checkCupboards(() => world));
