import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTrialNetwork, type TrialNetwork } from './testing/trial-network.ts';
import { enrolAs } from './visit.ts';

let network: TrialNetwork;
beforeAll(async () => {
  network = await startTrialNetwork();
}, 120_000);
afterAll(() => network?.close());

it('takes a person in: record, credential, receipt in the log', async () => {
  const wallet = network.wallet();
  const expected = { name: 'Priya Marlowe', birthDate: '1989-04-12' };
  const end = await enrolAs({ person: 'hounded' }, wallet, { expected });
  expect(end).toMatchObject({ end: 'joined', identity: { ...expected } });
  const situation = await wallet.look();
  expect(situation).toMatchObject({ holds: 'credential', ready: true, wordsSet: false });
  expect(situation.attributes).toMatchObject({
    over_18: 'yes',
    residence: 'gb',
    reset_recent: 'no',
    name: '',
  });
});
