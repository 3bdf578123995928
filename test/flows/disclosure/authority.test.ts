/** The authority's own tool: what its people see, what it keeps, what it learns and what it never does. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Inquiry } from '@answerable/authority/inquiry';
import { start } from '@answerable/authority/start';
import { toBase64url } from '@answerable/core/bytes';
import { silentJournal } from '@answerable/kit/journal';
import { Refusal } from '@answerable/protocol/refusal';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  type Account,
  approve,
  bucketItem,
  deliver,
  enter,
  fileCase,
  hear,
  newPerson,
  type Person,
  type Staff,
  sealAndLog,
  staffOf,
  type TrialCase,
  takeIn,
} from './case.ts';
import { eventually, foundTrialNetwork, type TrialNetwork } from './network.ts';

let network: TrialNetwork;
let person: Person;
let account: Account;
let officer: Staff;
let filed: TrialCase[];
beforeAll(async () => {
  network = await foundTrialNetwork();
  person = newPerson(network, 'Ada Example');
  network.bucket.push(bucketItem(person.recordKey, await sealAndLog(network, person)));
  account = await takeIn(network, person);
  filed = [];
  network.onAsk = async (signedAsk) => {
    const one = await fileCase(network, account, { signedAsk });
    await Promise.all([0, 1, 2].map((i) => deliver(network, i, one.delivery(i))));
    filed.push(one);
    return one.filed.filing.message.caseId;
  };
  officer = await enter(network.tool.running);
});
afterAll(() => network.close());

const asked = {
  platform: 'commons',
  ground: 'threat-to-life',
  item: 'post/17',
  order: { reference: 'C-1/26', text: 'The coroner asks who wrote this.', day: '2026-11-23' },
};
const ask = async (): Promise<Inquiry> =>
  (await (await officer.post('/api/inquiries', asked)).json()) as Inquiry;
const standing = async (id: string): Promise<Inquiry> =>
  (await (await officer.get(`/api/inquiries/${id}`)).json()) as Inquiry;
const reaches = (id: string, stage: Inquiry['progress']['stage']) =>
  eventually(async () => {
    const one = await standing(id);
    if (one.progress.stage !== stage) throw new Error(`it is at ${one.progress.stage}`);
    return one;
  });

it('asks in a form, waits for two guardians, learns one name and keeps nothing else', async () => {
  expect(await (await officer.get('/ask?item=post/17')).text()).toContain('2 of 3 guardians');
  const { platform, ground, item, order } = asked;
  const fields = { platform, ground, item, reference: order.reference, text: order.text };
  const begun = await officer.postForm('/inquiries', fields);
  expect(begun.status).toBe(303);
  const id = begun.headers.get('location')!.split('/').at(-1)!;
  await reaches(id, 'judging');
  await hear(network);
  await approve(network, filed.at(-1)!, [0]);
  const half = await eventually(async () => {
    const { progress } = await standing(id);
    if (progress.stage !== 'judging' || progress.approved.length === 0)
      throw new Error('nobody has approved');
    return progress;
  });
  expect(half.approved).toEqual(['guardian-1']);
  expect(await (await officer.get(`/inquiries/${id}`)).text()).toContain('has not decided yet');

  await approve(network, filed.at(-1)!, [1]);
  const { progress } = await reaches(id, 'opened');
  expect(progress).toMatchObject({ identity: { name: 'Ada Example' }, bad: [] });
  expect(await (await officer.get(`/inquiries/${id}`)).text()).toContain('Ada Example');
  expect(await (await officer.get('/')).text()).toContain('Ada Example');

  const dir = join(network.tool.config.dataDir, 'inquiries');
  const kept = readdirSync(dir)
    .map((name) => readFileSync(join(dir, name), 'utf8'))
    .join('');
  expect(kept).toContain('Ada Example');
  for (const absent of [person.recordKey, account.escrow].map(toBase64url))
    expect(kept).not.toContain(absent);
});

it('goes on after a restart, and says so when the guardians will not', async () => {
  const { id } = await ask();
  await reaches(id, 'judging');
  await network.tool.running.close();
  network.tool.running = await start(network.tool.config, {
    clock: network.clock,
    journal: silentJournal,
  });
  officer = await enter(network.tool.running);
  await hear(network);
  const { caseId } = filed.at(-1)!.filed.filing.message;
  for (const i of [0, 2]) {
    const staff = await staffOf(network, i);
    await staff.postForm(`/cases/${caseId}/refuse`, { reason: 'source-protection' });
  }
  const { progress } = await reaches(id, 'refused');
  expect(progress).toMatchObject({
    refused: [
      { guardian: 'guardian-1', code: 'source-protection' },
      { guardian: 'guardian-3', code: 'source-protection' },
    ],
  });
  expect(await (await officer.get(`/inquiries/${id}`)).text()).toContain('Nobody learned who it is');
});

it('stops at a no of the desk, and tries again when the desk is away', async () => {
  const willing = network.onAsk;
  const answers = ['unavailable', 'account_unknown'] as const;
  let at = 0;
  network.onAsk = async () => {
    throw new Refusal(answers[Math.min(at++, 1)]!);
  };
  const { id } = await ask();
  expect((await reaches(id, 'stopped')).progress).toEqual({ stage: 'stopped', code: 'account_unknown' });
  network.onAsk = willing;
});

it('lets nobody in without a link, and asks only desks it knows', async () => {
  const { origin } = network.tool.running;
  for (const path of ['/', '/ask', '/api/inquiries']) expect((await fetch(origin + path)).status).toBe(401);
  const elsewhere = await officer.post('/api/inquiries', { ...asked, platform: 'lantern' });
  expect(await elsewhere.json()).toMatchObject({ code: 'not_found' });
});
