/** Runs the registrar by itself: `tsx main.ts config.json`. Ctrl-C stops it cleanly. */
import { runService } from '@answerable/kit/run';
import { registrarConfig } from './config.ts';
import { start } from './start.ts';

await runService(registrarConfig, start);
