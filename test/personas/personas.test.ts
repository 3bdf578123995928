/**
 * Six people of the debate, each in a short story over one network. Each has a promise that is shown to be
 * broken where the ban is law.
 */
import { createWorld, type World } from '@answerable/practice-story/world';
import { afterAll, beforeAll, describe } from 'vitest';
import { launchTimeoutMs, startPracticeNetwork } from '../flows/practice-network.ts';
import { closeted } from './closeted.ts';
import { hounded } from './hounded.ts';
import { hounder } from './hounder.ts';
import { survivor } from './survivor.ts';
import { everybodyJoins } from './town.ts';
import { whistleblower } from './whistleblower.ts';
import { young } from './young.ts';

let world: World;

beforeAll(async () => {
  world = createWorld(await startPracticeNetwork('personas'));
  await everybodyJoins(world);
}, launchTimeoutMs);
afterAll(() => world?.network.close(), launchTimeoutMs);

const six = {
  'the one hounded': hounded,
  'the young person': young,
  'the survivor in hiding': survivor,
  'the gay person in a hostile community': closeted,
  'the whistleblower with a journalist': whistleblower,
  'the one who hounds': hounder,
};
for (const [who, story] of Object.entries(six)) describe.sequential(who, () => story(() => world));
