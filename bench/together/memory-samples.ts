/** The memory of a process under load, second by second, and by how much it grows. */
import { spread } from '../measure.mjs';
import { memoryOf } from '../process.ts';

const sampleMs = 1_000;

export interface Samples {
  /** of the load so far, in minutes */
  minute(): number;
  /** of each minute, in MB */
  medians(): number[];
  /** what is between these minutes */
  between(from: number, end: number): number[];
  /** MB a minute: the straight line with the least squares through what is between */
  slope(from: number, end: number): number;
  stop(): void;
}

export function sampleMemory({ pid, runs }: { pid: number; runs(): boolean }): Samples {
  const samples: { minute: number; mb: number }[] = [];
  const begun = performance.now();
  const minute = () => (performance.now() - begun) / 60_000;
  const timer = setInterval(() => {
    if (runs()) samples.push({ minute: minute(), mb: memoryOf(pid).now });
  }, sampleMs);
  const within = (from: number, end: number) =>
    samples.filter((one) => one.minute >= from && one.minute < end);
  const between = (from: number, end: number) => within(from, end).map(({ mb }) => mb);
  return {
    minute,
    between,
    medians() {
      const medians: number[] = [];
      for (let at = 0; between(at, at + 1).length > 0; at += 1)
        medians.push(spread(between(at, at + 1)).median);
      return medians;
    },
    slope(from, end) {
      const some = within(from, end);
      const mean = (of: (one: (typeof some)[number]) => number) =>
        some.reduce((sum, one) => sum + of(one), 0) / some.length;
      const [x, y] = [mean((one) => one.minute), mean(({ mb }) => mb)];
      return mean((one) => (one.minute - x) * (one.mb - y)) / mean((one) => (one.minute - x) ** 2);
    },
    stop: () => clearInterval(timer),
  };
}
