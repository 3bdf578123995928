#!/usr/bin/env -S MALLOC_ARENA_MAX=2 node --max-semi-space-size=2
// The `answerable` command: registers the TypeScript loader, then hands over to main.ts. The first line keeps the
// process small: fewer malloc arenas and a small young heap (docs/desk.md says what that saves).
import { register } from 'tsx/esm/api';

register();
await import('./main.ts');
