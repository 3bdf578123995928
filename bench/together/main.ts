/**
 * Gateway and desk in one process, started as an operator starts it, under full load on both sides at once for some
 * minutes, and then in a rush: how much of each a second and how long it takes, sanction to effective, and memory:
 * most, steady, and by how much it grows. BENCH_MINUTES says for how long. Admissions come in windows, since their
 * proofs are prepared in between, by this process and on the same machine; everything else goes on all the time.
 */
import { photograph, wholeInMemory } from '@answerable/desk/testing/photographs';
import { prepareAdmissions } from '../gateway/people.ts';
import { load, row, spread } from '../measure.mjs';
import { cpuMsOf, descendantsOf, memoryOf, nameOf, sharesOf } from '../process.ts';
import type { Disk } from './disk.ts';
import { type Done, type InFlight, type Loads, sendPictures, startLoads } from './loads.ts';
import { type Samples, sampleMemory } from './memory-samples.ts';
import { startTogether } from './operator.ts';

const minutes = Number(process.env.BENCH_MINUTES ?? 4);
const windowSeconds = 15;
/** Proofs for each window: a little more than it takes, or what can be made in this time where the machine is busy. */
const perWindow = 600;
const preparing = { inFlight: 16, ms: 15_000 };
const firstAccounts = 60;
const rushSeconds = 60;
const rushPreparing = { inFlight: 16, ms: 40_000 };
/** While code is compiled and pools fill; no slope is taken there. */
const settlingShare = 1 / 3;
const idleMs = 20_000;
const picturesAtOnce = 8;

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
  const samples = sampleMemory(place);
  const loads = startLoads(place, accounts);
  try {
    await goOn(loads, samples, minutes);
    sayMemory(atFirst, samples);
    await prepare(loads, rushPreparing);
    loads.rush();
    sayWork([await window(loads, rushSeconds)], loads.inFlight());
    console.log(`    memory, MB: ${mb(memoryOf(place.pid).most)} at most`);
    await pictures();
  } finally {
    samples.stop();
    await loads.stop();
  }
  const { now, most } = memoryOf(place.pid);
  const beside = descendantsOf(place.pid);
  const postgres = beside.filter((pid) => nameOf(pid) === 'postgres');
  const compiler = beside.filter((pid) => nameOf(pid) === 'esbuild');
  const [postgresMb, compilerMb] = [sharesOf(postgres), sharesOf(compiler)];
  await pause(idleMs);
  console.log(
    `    memory, MB: ${mb(most)} at most, ${mb(now)} at the end, ${mb(memoryOf(place.pid).now)} after ${idleMs / 1000} s without load`,
  );
  console.log(
    `  Beside it, MB, what processes share counted once: PostgreSQL ${mb(postgresMb)}, the compiler of its first start ${mb(compilerMb)}`,
  );
  sayDisk(diskAtFirst, await place.disk());
  console.log(`  ${load()}, ours included`);
}

/** At the desk, all at once, while the rush goes on. */
async function pictures(): Promise<void> {
  for (const [name, picture] of [
    ['photographs', await photograph()],
    ['of the largest pictures that must be read whole', await wholeInMemory()],
  ] as const) {
    await sendPictures(place, Array(picturesAtOnce).fill(picture));
    console.log(`    ${picturesAtOnce} ${name}: ${mb(memoryOf(place.pid).most)} at most`);
  }
}

function sayMemory(atFirst: number, samples: Samples): void {
  const from = minutes * settlingShare;
  const { median, p5, p95 } = spread(samples.between(from, minutes));
  console.log(
    `    memory, MB: ${mb(atFirst)} at first, ${mb(memoryOf(place.pid).most)} at most; medians of each minute: ${samples.medians().map(mb).join(', ')}`,
  );
  console.log(
    `    after the first ${mb(from * 60)} s: ${mb(median)} (${mb(p5)} – ${mb(p95)}), growing by ${samples.slope(from, minutes).toFixed(1)} a minute`,
  );
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

/** Window after window until this minute; says what was done. */
async function goOn(loads: Loads, samples: Samples, end: number): Promise<void> {
  const windows: Window[] = [];
  while (samples.minute() < end && !loads.isOver()) {
    await prepare(loads, preparing);
    windows.push(await window(loads, windowSeconds));
  }
  sayWork(windows, loads.inFlight());
}

async function prepare({ prepared }: Loads, how: typeof preparing): Promise<void> {
  prepared.push(...(await prepareAdmissions(place, perWindow - prepared.length, how)));
}

interface Window {
  done: Done[];
  seconds: number;
  /** processors that the process kept busy */
  processors: number;
}

async function window(loads: Loads, secondsMax: number): Promise<Window> {
  loads.take();
  const [begun, cpuBefore] = [performance.now(), cpuMsOf(place.pid)];
  const isOver = () => performance.now() - begun > secondsMax * 1000 || loads.isOver();
  while (!isOver() && loads.prepared.length > 0) await pause(50);
  const ms = performance.now() - begun;
  return { done: loads.take(), seconds: ms / 1000, processors: (cpuMsOf(place.pid) - cpuBefore) / ms };
}

function sayWork(windows: readonly Window[], inFlight: InFlight): void {
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

function mb(value: number): string {
  return value.toFixed(0);
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
