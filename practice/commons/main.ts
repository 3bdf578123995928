/** Runs one practice forum by itself: `tsx main.ts config.json`. */
import { runService } from '@answerable/kit/run';
import { forumConfig } from './config.ts';
import { start } from './start.ts';

await runService(forumConfig, start);
