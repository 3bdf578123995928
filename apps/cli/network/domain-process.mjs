// Entry of a child process: registers the TypeScript loader and waits for its parent to say which roles to run.
import { register } from 'tsx/esm/api';

register();
const [{ runAsDomain }, { startRole }] = await Promise.all([
  import('@answerable/kit/processes'),
  import('./starters.ts'),
]);
runAsDomain(startRole);
