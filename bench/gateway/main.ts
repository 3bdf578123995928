/**
 * The gateway: admissions over HTTP with proofs prepared outside the window, whole sign-ins, how soon a sanction
 * is effective, what each costs in processor time, memory and disk. Throughput is measured in windows, and their
 * median said with the least and the most.
 */
import { randomBytes } from 'node:crypto';
import { load, row, spread } from '../measure.mjs';
import { call } from './caller.ts';
import { type GatewayUnderTest, startGateway, token } from './gateway-process.ts';
import { type Account, type Admission, prepareAdmissions, signIn, userinfo } from './people.ts';

const windows = Number(process.env.BENCH_WINDOWS ?? 5);
const warmUps = 40;
const serial = 50;
const inFlightOf = { admissions: [8, 64], signIns: [8, 32] };
const admissionsPerWindow = 96;
const signInsPerWindow = 250;
const sanctions = 40;
const pollMs = 2;
const toldTimeoutMs = 10_000;

/** Whose turn it is to sign in. */
let at = 0;

console.log(
  `\nGateway: one process, PostgreSQL beside it with fsync on, load from another process; ${load()}`,
);
const gateway = await startGateway();
try {
  const first = gateway.memory().now;
  const { accounts, admissionCpuMs, bytesEach } = await admissions();
  const { signInCpuMs, signInAsks } = await signIns(accounts);
  await sanctionsQuietAndBusy(accounts);
  const { now, most } = gateway.memory();
  const mb = (value: number) => value.toFixed(0);
  const kb = (value: number) => (value / 1000).toFixed(1);
  const [admissionMs, signInMs] = [admissionCpuMs.toFixed(1), signInCpuMs.toFixed(1)];
  console.log('  What it costs');
  console.log(`    processor time of the gateway, ms: ${admissionMs} an admission, ${signInMs} a sign-in`);
  console.log(`    statements that PostgreSQL is asked: ${signInAsks.toFixed(1)} a sign-in`);
  console.log(
    `    database, KB an account: ${kb(bytesEach.lasting)} as long as there is one, ${kb(bytesEach.all)} with what is swept later`,
  );
  console.log(`    memory of the gateway, MB: ${mb(first)} at first, ${mb(now)} now, ${mb(most)} at most`);
  await twoReplicas(accounts);
  console.log(`  ${load()}, ours included`);
} finally {
  await gateway.close();
}

async function admissions() {
  const perFlight = windows * admissionsPerWindow;
  const count = warmUps + serial + perFlight * inFlightOf.admissions.length;
  const begun = performance.now();
  const prepared = await prepareAdmissions(gateway, count);
  console.log(`  ${count} proofs prepared in ${((performance.now() - begun) / 1000).toFixed(0)} s`);
  const accounts = prepared.map(({ account }) => account);
  const bytesBefore = await gateway.databaseBytes();
  const take = (n: number) => prepared.splice(0, n);
  const posts = (list: Admission[]) => list.map(({ post }) => post);
  await together(posts(take(warmUps)), 8);
  console.log(row('admission, one after the other', spread(await oneByOne(posts(take(serial))))));
  let admissionCpuMs = 0;
  for (const inFlight of inFlightOf.admissions)
    admissionCpuMs = await rate('admissions', inFlight, () => posts(take(admissionsPerWindow)));
  const bytes = await gateway.databaseBytes();
  const each = (part: 'all' | 'lasting') => (bytes[part] - bytesBefore[part]) / count;
  return { accounts, admissionCpuMs, bytesEach: { all: each('all'), lasting: each('lasting') } };
}

async function signIns(accounts: readonly Account[]) {
  const some = (n: number) => someSignIns(accounts, n)();
  await together(some(warmUps), 8);
  // Each on its own: nothing in a sign-in opens a transaction of several.
  const asked = await gateway.transactions();
  await together(some(signInsPerWindow), 8);
  const signInAsks = ((await gateway.transactions()) - asked) / signInsPerWindow;
  console.log(row('sign-in, one after the other', spread(await oneByOne(some(serial)))));
  let signInCpuMs = 0;
  for (const inFlight of inFlightOf.signIns)
    signInCpuMs = await rate('sign-ins', inFlight, () => some(signInsPerWindow));
  return { signInCpuMs, signInAsks };
}

/** Each call goes on with the next accounts. */
function someSignIns(accounts: readonly Account[], n: number): () => (() => Promise<void>)[] {
  return () =>
    Array.from({ length: n }, () => accounts[at++ % accounts.length]!).map(
      (account) => async () => void (await signIn(gateway, account)),
    );
}

/** Returns the processor time that one of them takes of the gateway. */
async function rate(name: string, inFlight: number, some: () => (() => Promise<void>)[]): Promise<number> {
  const perSecond: number[] = [];
  const cpu: number[] = [];
  for (let window = 0; window < windows; window++) {
    const works = some();
    const [begun, cpuBefore] = [performance.now(), gateway.cpuMs()];
    const n = works.length;
    await together(works, inFlight);
    perSecond.push(n / ((performance.now() - begun) / 1000));
    cpu.push((gateway.cpuMs() - cpuBefore) / n);
  }
  const [low, middle, high] = ends(perSecond);
  console.log(
    `  ${`${name} a second, ${inFlight} in flight`.padEnd(58)} ${middle.toFixed(0).padStart(8)}` +
      `  (${low.toFixed(0)} – ${high.toFixed(0)}, ${windows} windows)`,
  );
  return ends(cpu)[1];
}

/** The same in a rush with a second process on the same database. */
async function twoReplicas(accounts: Account[]): Promise<void> {
  const second = await gateway.another();
  console.log('  Two processes with the same keys on that one PostgreSQL, requests to each in turn');
  const prepared = await prepareAdmissions(gateway, windows * admissionsPerWindow);
  accounts.push(...prepared.map(({ account }) => account));
  const [admissionsAtOnce, signInsAtOnce] = [inFlightOf.admissions.at(-1)!, inFlightOf.signIns.at(-1)!];
  await rate('admissions', admissionsAtOnce, () =>
    prepared.splice(0, admissionsPerWindow).map(({ post }) => post),
  );
  await rate('sign-ins', signInsAtOnce, someSignIns(accounts, signInsPerWindow));
  await sanctionsQuietAndBusy(accounts);
  const [first, other] = [gateway.memory(), second.memory()].map(({ most }) => most.toFixed(0));
  console.log(`    memory, MB at most: ${first} of the first, ${other} of the second`);
}

function ends(values: readonly number[]): [low: number, middle: number, high: number] {
  const sorted = [...values].sort((a, b) => a - b);
  return [sorted[0]!, sorted[sorted.length >> 1]!, sorted.at(-1)!];
}

async function oneByOne(works: readonly (() => Promise<void>)[]): Promise<number[]> {
  const times: number[] = [];
  for (const work of works) {
    const begun = performance.now();
    await work();
    times.push(performance.now() - begun);
  }
  return times;
}

async function together(works: (() => Promise<void>)[], inFlight: number): Promise<void> {
  const waiting = [...works];
  await Promise.all(
    Array.from({ length: inFlight }, async () => {
      for (let work = waiting.pop(); work; work = waiting.pop()) await work();
    }),
  );
}

/** Quiet, and while eight sign-ins are under way all the time. */
async function sanctionsQuietAndBusy(accounts: Account[]): Promise<void> {
  const barred = accounts.splice(0, 2 * sanctions);
  console.log(row('sanction to effective', spread(await sanctionAll(barred.splice(0, sanctions)))));
  let busy = true;
  const load = Array.from({ length: 8 }, async (_, worker) => {
    for (let at = worker; busy; at += 8) await signIn(gateway, accounts[at % accounts.length]!);
  });
  const sanctioned = sanctionAll(barred).finally(() => {
    busy = false;
  });
  // Waited for together: one that fails is heard at once, and the gateway is ended below.
  const [times] = await Promise.all([sanctioned, ...load]);
  console.log(row('sanction to effective, 8 sign-ins in flight', spread(times)));
}

/** From the desk's request to: access token refused, and the platform told that the session ended. */
async function sanctionAll(accounts: readonly Account[]): Promise<number[]> {
  const times: number[] = [];
  for (const account of accounts) {
    const { sub, accessToken } = await signIn(gateway, account);
    const begun = performance.now();
    const sent = sanction(gateway, sub);
    let refused = 0;
    while (!refused) {
      if ((await userinfo(gateway, accessToken)).status === 401) refused = performance.now();
      else await new Promise((resolve) => setTimeout(resolve, pollMs));
    }
    await sent;
    times.push(Math.max(refused, await told(gateway, sub)) - begun);
  }
  return times;
}

async function sanction({ origin }: GatewayUnderTest, sub: string): Promise<void> {
  const { status } = await call(`${origin}/desk/sanctions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({
      sanction: drawId(),
      caseId: drawId(),
      sub,
      holds: 'account',
      step: 'bar',
      until: new Date(Date.now() + 90 * 86_400_000).toISOString().slice(0, 10),
    }),
  });
  if (status !== 200) throw new Error(`a sanction was answered ${status}`);
}

function drawId(): string {
  return randomBytes(16).toString('base64url');
}

async function told({ toldAt }: GatewayUnderTest, sub: string): Promise<number> {
  const end = performance.now() + toldTimeoutMs;
  while (!toldAt.has(sub)) {
    if (performance.now() > end) throw new Error('the platform was not told that a session ended');
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  return toldAt.get(sub)!;
}
