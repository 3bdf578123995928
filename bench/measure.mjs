/**
 * Times one thing many times and says median and spread. Each row runs alone; warm-up rounds are not counted.
 */
import { availableParallelism, loadavg } from 'node:os';

const warmUps = 5;

/** @returns {{median: number, p5: number, p95: number, rounds: number}} milliseconds */
export async function measure(work, rounds = 40) {
  for (let i = 0; i < warmUps; i++) await work();
  const times = [];
  for (let i = 0; i < rounds; i++) {
    const start = process.hrtime.bigint();
    await work();
    times.push(Number(process.hrtime.bigint() - start) / 1e6);
  }
  return spread(times);
}

/** Median, 5th and 95th percentile of a list of milliseconds. */
export function spread(times) {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
  return { median: at(0.5), p5: at(0.05), p95: at(0.95), rounds: times.length };
}

export function row(name, { median, p5, p95, rounds }) {
  const ms = (value) => value.toFixed(2).padStart(8);
  return `  ${name.padEnd(58)} ${ms(median)}  (${ms(p5).trim()} – ${ms(p95).trim()}, n = ${rounds})`;
}

/** How busy the machine is beside us: figures taken at a high load are too slow. */
export function load() {
  return `load of the machine ${loadavg()[0]?.toFixed(1)} on ${availableParallelism()} processors`;
}
