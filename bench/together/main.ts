/**
 * Gateway and desk in one process, started as an operator starts it, under full load on both sides at once for some
 * minutes: how much of each a second and how long it takes, sanction to effective, and memory: most, steady, and by
 * how much it grows. BENCH_MINUTES says for how long. Admissions come in windows, since their proofs are prepared
 * in between, by this process and on the same machine; everything else goes on all the time.
 */
import { prepareAdmissions } from '../gateway/people.ts';
import { load, row, spread } from '../measure.mjs';
import { cpuMsOf, descendantsOf, memoryOf, sharesOf } from '../process.ts';
import type { Disk } from './disk.ts';
import { type Done, inFlight, type Loads, startLoads } from './loads.ts';
import { startTogether } from './operator.ts';
import { slope } from './slope.ts';

const minutes = Number(process.env.BENCH_MINUTES ?? 4);
const windowSeconds = 15;
/** Proofs for each window: a little more than it takes, or what can be made in this time where the machine is busy. */
const perWindow = 600;
const preparing = { inFlight: 16, ms: 15_000 };
const firstAccounts = 60;
const sampleMs = 1_000;
/** While code is compiled and pools fill; no slope is taken there. */
const settlingShare = 1 / 3;
const idleMs = 20_000;

console.log(
  `\nGateway and desk in one process, by \`answerable gateway run\`, PostgreSQL beside it, for ${minutes} minutes; ${load()}`,
);
const place = await startTogether();
try {
  await run();
} finally {
  await place.close();
}

async function run(): Promise<void> {
  const first = await prepareAdmissions(place, firstAccounts);
  for (const { post } of first) await post();
  const [atFirst, diskAtFirst] = [memoryOf(place.pid).now, await place.disk()];
  const accounts = first.map(({ account }) => account);
  const samples = await underLoad(startLoads(place, accounts));
  const { now, most } = memoryOf(place.pid);
  const postgres = sharesOf(descendantsOf(place.pid));
  await pause(idleMs);
  const later = samples.filter(({ minute }) => minute > minutes * settlingShare);
  const { median, p5, p95 } = spread(later.map(({ mb }) => mb));
  const [settled, idle] = [mb(minutes * settlingShare * 60), memoryOf(place.pid).now];
  console.log('  Memory of the process, MB');
  console.log(`    ${mb(atFirst)} at first, ${mb(now)} at the end of the load, ${mb(most)} at most`);
  console.log(`    medians of each minute: ${eachMinute(samples).map(mb).join(', ')}`);
  console.log(
    `    after the first ${settled} s: ${mb(median)} (${mb(p5)} – ${mb(p95)}), growing by ${slope(later).toFixed(1)} a minute`,
  );
  console.log(`    ${mb(idle)} after ${idleMs / 1000} s without load`);
  console.log(`  PostgreSQL beside it: ${mb(postgres)} MB, what its processes share counted once`);
  sayDisk(diskAtFirst, await place.disk());
  console.log(`  ${load()}, ours included`);
}

function sayDisk(before: Disk, after: Disk): void {
  const each = (part: keyof Disk) => {
    const [bytes, n] = [after[part].bytes - before[part].bytes, after[part].n - before[part].n];
    return `${(bytes / 1000 / n).toFixed(2)} (n = ${n})`;
  };
  console.log(
    `  Disk, KB: an account ${each('accounts')}, its first sign-in of a day ${each('signIns')}, ` +
      `a case of the desk ${each('desk')}, a line of the journal ${each('journal')}`,
  );
}

interface Sample {
  minute: number;
  mb: number;
}

/** Says what was done; returns the memory meanwhile. */
async function underLoad(loads: Loads): Promise<Sample[]> {
  const samples: Sample[] = [];
  const begun = performance.now();
  const minuteNow = () => (performance.now() - begun) / 60_000;
  const sampling = setInterval(() => {
    if (place.runs()) samples.push({ minute: minuteNow(), mb: memoryOf(place.pid).now });
  }, sampleMs);
  const windows: Window[] = [];
  try {
    while (minuteNow() < minutes && !loads.isOver()) {
      const missing = perWindow - loads.prepared.length;
      loads.prepared.push(...(await prepareAdmissions(place, missing, preparing)));
      windows.push(await window(loads));
    }
  } finally {
    clearInterval(sampling);
    await loads.stop();
  }
  sayWork(windows);
  return samples;
}

interface Window {
  done: Done[];
  seconds: number;
  /** processors that the process kept busy */
  processors: number;
}

async function window(loads: Loads): Promise<Window> {
  loads.take();
  const [begun, cpuBefore] = [performance.now(), cpuMsOf(place.pid)];
  const isOver = () => performance.now() - begun > windowSeconds * 1000 || loads.isOver();
  while (!isOver() && loads.prepared.length > inFlight.admissions) await pause(50);
  const ms = performance.now() - begun;
  return { done: loads.take(), seconds: ms / 1000, processors: (cpuMsOf(place.pid) - cpuBefore) / ms };
}

function sayWork(windows: readonly Window[]): void {
  const seconds = windows.map((one) => one.seconds);
  const all = seconds.reduce((sum, one) => sum + one, 0);
  const processors = spread(windows.map((one) => one.processors)).median.toFixed(2);
  console.log(
    `  ${windows.length} windows of ${spread(seconds).median.toFixed(0)} s; in flight: ${inFlight.admissions} admissions, ` +
      `${inFlight.signIns} sign-ins, ${inFlight.reports} reports, ${place.moderators.length} moderators; ` +
      `the process kept ${processors} processors busy`,
  );
  const done = windows.flatMap((one) => one.done);
  for (const kind of [...new Set(done.map((one) => one.kind))].sort()) {
    const times = done.filter((one) => one.kind === kind).map(({ ms }) => ms);
    const name = kind === 'effective' ? 'decision sent to suspension effective' : kind;
    console.log(`${row(name, spread(times))}  ${(times.length / all).toFixed(1)} a second`);
  }
}

function eachMinute(samples: readonly Sample[]): number[] {
  const last = Math.floor(samples.at(-1)?.minute ?? 0);
  const of = (n: number) => samples.filter(({ minute }) => Math.floor(minute) === n).map((one) => one.mb);
  return Array.from({ length: last + 1 }, (_, n) => spread(of(n)).median);
}

function mb(value: number): string {
  return value.toFixed(0);
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
