/** Runs one keeper by itself: `tsx main.ts config.json`. Ctrl-C stops it cleanly. */
import { runService } from '@answerable/kit/run';
import { keeperConfig } from './config.ts';
import { start } from './start.ts';

await runService(keeperConfig, start);
