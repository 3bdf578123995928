/** Runs one guardian by itself: `tsx main.ts config.json`. Ctrl-C stops it cleanly. */
import { runService } from '@answerable/kit/run';
import { guardianConfig } from './config.ts';
import { start } from './start.ts';

await runService(guardianConfig, start);
