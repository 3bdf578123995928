/**
 * The desk: reports accepted durably, the queue page, a case page, how soon a decision reaches the platform, and
 * memory; with few cases and with a million.
 */

import { reasonsOf } from '@answerable/desk/testing/desk-world';
import { conductFinding } from '@answerable/desk/testing/example-case';
import { connectorToken } from '@answerable/desk/testing/fake-neighbours';
import { makeCases } from '@answerable/desk/testing/many-cases';
import { withConnection } from '@answerable/kit/database';
import { row, spread } from '../measure.mjs';
import { type DeskUnderTest, startDesk } from './desk-process.ts';

const inFlight = 16;
const reportSeconds = 8;
const decisions = 40;
const pages = 100;
const warmUps = 5;
const cases = Number(process.env.BENCH_CASES ?? 1_000_000);

console.log(
  '\nDesk: one process, PostgreSQL beside it with fsync on, load from a third process over loopback',
);
const desk = await startDesk();
try {
  await reports('few cases');
  await decide();
  const models = await modelCases();
  const begun = performance.now();
  await makeCases(desk.adminUrl, cases, models);
  const seconds = (performance.now() - begun) / 1000;
  console.log(`  ${cases} cases made in the database in ${seconds.toFixed(0)} s (for measuring only)`);
  await readPages();
  await reports(`${cases} cases`);
  const { now, most } = desk.memory();
  console.log(`  memory of the desk process: ${now.toFixed(0)} MB now, ${most.toFixed(0)} MB at most`);
} finally {
  await desk.close();
}

/** For a while, as many as it takes, each about something else; every tenth is one that was reported before. */
async function reports(name: string): Promise<void> {
  const times: number[] = [];
  const begun = performance.now();
  let n = 0;
  const mark = Math.round(begun);
  await Promise.all(
    Array.from({ length: inFlight }, async () => {
      while (performance.now() - begun < reportSeconds * 1000) {
        n += 1;
        const of = n % 10 === 0 ? n - 1 : n;
        const start = performance.now();
        await report(desk, `post/${mark}-${of}`, of);
        times.push(performance.now() - start);
      }
    }),
  );
  const perSecond = times.length / ((performance.now() - begun) / 1000);
  console.log(row(`report accepted durably, ${inFlight} in flight, ${name}`, spread(times)));
  console.log(`  reports accepted durably a second, ${name} (n = ${times.length}): ${perSecond.toFixed(0)}`);
}

async function report({ origin }: DeskUnderTest, locator: string, author: number): Promise<void> {
  const sub = `b${'abcdefghijklmnop'[author % 16]}${'qrstuvwx'[(author >> 4) % 8]}`.padEnd(52, 'a');
  const item = {
    platform: 'commons',
    kind: 'post',
    locator,
    author: sub,
    text: `Words of ${locator}, as long as a post of this kind often is. `.repeat(4),
    language: 'en',
    posted: '2026-11-23T07:00:00.000Z',
  };
  const answer = await fetch(`${origin}/reports`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${connectorToken}` },
    body: JSON.stringify({
      capacity: 'user',
      reasons: ['abuse'],
      characteristics: [],
      items: [item],
      statement: 'Please look at this; it has gone on for some days.',
      goodFaith: true,
      wishesToBeTold: true,
    }),
  });
  await answer.arrayBuffer();
  if (answer.status !== 201) throw new Error(`a report was answered ${answer.status}`);
}

/** From sending a decision to the moment at which the platform is told. */
async function decide(): Promise<void> {
  await quiet();
  const waiting = await rows(
    `select f.case_id, i.locator from case_file f join case_item i using (case_id) where queue = 'content' limit $1`,
    [decisions],
  );
  const times: number[] = [];
  for (const { case_id, locator } of waiting) {
    await post(`/cases/${case_id}/claim`, {});
    const known = desk.neighbours.acts.length;
    const begun = performance.now();
    const sent = post(`/cases/${case_id}/decision`, {
      assessment: conductFinding([String(locator)]),
      decision: {
        path: 'conduct',
        measures: [{ kind: 'hide-item', target: locator }],
        reasons: reasonsOf(),
      },
    });
    while (desk.neighbours.acts.length === known) await new Promise((resolve) => setTimeout(resolve, 1));
    times.push(performance.now() - begun);
    await sent;
  }
  console.log(row('decision sent to act at the platform', spread(times)));
}

async function modelCases() {
  await quiet();
  const of = async (queue: string) =>
    String(
      (await rows(`select case_id from case_file where queue = $1 and reports = 1 limit 1`, [queue]))[0]!
        .case_id,
    );
  return { waiting: await of('content'), decided: await of('closed') };
}

async function readPages(): Promise<void> {
  const numbers = await rows(
    `select case_id from case_file where case_id like 'bench%' and queue = 'content' order by head limit $1`,
    [pages + warmUps],
  );
  const addresses = {
    'queue page': () => '/',
    'queue page, one queue': () => '/?queue=content',
    'case page': (n: number) => `/cases/${numbers[n % numbers.length]!.case_id}`,
    'figures page': () => '/figures',
  };
  for (const [name, address] of Object.entries(addresses)) {
    const times: number[] = [];
    for (let n = 0; n < pages + warmUps; n += 1) {
      const begun = performance.now();
      const answer = await fetch(desk.origin + address(n), {
        headers: { ...desk.staff, accept: 'text/html' },
      });
      const text = await answer.text();
      if (answer.status !== 200) {
        console.log(`  ${name}: answered ${answer.status}`);
        break;
      }
      if (n >= warmUps && text.includes('</main>')) times.push(performance.now() - begun);
    }
    if (times.length > 0) console.log(row(`${name}, ${cases} cases`, spread(times)));
  }
}

async function post(path: string, body: object): Promise<void> {
  const answer = await fetch(desk.origin + path, {
    method: 'POST',
    headers: { ...desk.staff, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  await answer.arrayBuffer();
  if (answer.status !== 200) throw new Error(`${path.split('/').at(-1)} was answered ${answer.status}`);
}

/** Until nothing waits in the outbox. */
async function quiet(): Promise<void> {
  const begun = performance.now();
  for (;;) {
    const [found] = await rows(
      `select count(*)::int as n from outbox where state = 'pending' and case_id <> 'heads'`,
    );
    if (found?.n === 0) break;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  console.log(
    `  what the reports set off was done ${((performance.now() - begun) / 1000).toFixed(1)} s later`,
  );
}

function rows(text: string, values: unknown[] = []) {
  return withConnection(desk.databaseUrl, (run) => run(text, values));
}
