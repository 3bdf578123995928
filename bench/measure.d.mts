/** Types of measure.mjs. */
export interface Spread {
  median: number;
  p5: number;
  p95: number;
  rounds: number;
}
export function measure(work: () => unknown, rounds?: number): Promise<Spread>;
export function spread(times: number[]): Spread;
export function row(name: string, result: Spread): string;
export function load(): string;
