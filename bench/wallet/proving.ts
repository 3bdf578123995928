/** Runs inside the browser, on the page's thread or in a worker: proves again and again, each time elsewhere. */
import { prove } from '@answerable/core/presentation/prove';
import { drawRegistrar, drawWholeKey, enrol, questionOf } from '@answerable/core/presentation/scenario';

const spins = 3_000_000;

export interface Task {
  kind: 'prove' | 'spin';
  rounds: number;
}

const registrar = drawRegistrar();
const opening = drawWholeKey();
const { credential } = enrol(registrar);
let scopes = 0;

/** Milliseconds of each round. A scope is new each time, as at a forum where one was never before. */
export function timesOf({ kind, rounds }: Task): number[] {
  return Array.from({ length: rounds }, kind === 'prove' ? proveOnce : spinOnce);
}

function proveOnce(): number {
  scopes += 1;
  const question = questionOf(registrar.publicKey, opening.publicKey, `forum ${scopes}`);
  const begun = performance.now();
  prove(credential, question);
  return performance.now() - begun;
}

/** The same small work every time: how much slower it is says what throttling does to this thread. */
function spinOnce(): number {
  const begun = performance.now();
  let value = 1;
  for (let i = 0; i < spins; i++) value = (value * 31 + i) | 0;
  if (value === 0.5) throw new Error('never; but the loop must not be left out');
  return performance.now() - begun;
}
