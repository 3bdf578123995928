// Where the thread begins: registers the TypeScript loader for itself, whichever way its process did, then verifies.
import { register } from 'tsx/esm/api';

register();
await import('./verify-batches.ts');
