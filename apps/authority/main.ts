/** Runs an authority's tool by itself: `tsx main.ts config.json`. Ctrl-C stops it cleanly. */
import { runService } from '@answerable/kit/run';
import { authorityConfig } from './config.ts';
import { start } from './start.ts';

await runService(authorityConfig, start);
