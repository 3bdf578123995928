// A child for the test of processes.ts: its roles say what their configuration has them say, or fail.
import { register } from 'tsx/esm/api';

register();
const { runAsDomain } = await import('../processes.ts');
runAsDomain(async (name, { says, fails }) => {
  if (fails) throw new Error(`${name} does not start`);
  const alive = setInterval(() => {}, 60_000);
  return { close: async () => clearInterval(alive), ...(says ? { says } : {}) };
});
