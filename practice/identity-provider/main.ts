/**
 * Runs the practice identity provider by itself: `tsx main.ts config.json`. Ctrl-C stops it cleanly.
 */
import { runService } from '@answerable/kit/run';
import { identityProviderConfig, start } from './start.ts';

await runService(identityProviderConfig, start);
