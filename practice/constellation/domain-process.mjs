// Entry of a child process: registers the TypeScript loader and waits for its parent to say which roles to run.
import { register } from 'tsx/esm/api';

register();
const { runAsDomain } = await import('./processes.ts');
runAsDomain();
