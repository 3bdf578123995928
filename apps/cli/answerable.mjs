#!/usr/bin/env -S MALLOC_ARENA_MAX=2 MALLOC_MMAP_THRESHOLD_=1048576 node --max-semi-space-size=4 --max-old-space-size=512
// The `answerable` command: registers the TypeScript loader, then hands over to main.ts. The first line keeps the
// process small: fewer malloc arenas, large blocks given back when they are freed, a small young heap, and an old one
// that is cleared before it has doubled (docs/decisions/2026-11-speed.md says what that saves); the bench starts its
// gateway with the same.
import { register } from 'tsx/esm/api';

register();
await import('./main.ts');
