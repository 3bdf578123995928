/** `node --import tsx services/logbook/main.ts <config.json>` */
import { runService } from '@answerable/kit/run';
import { logbookConfig } from './config.ts';
import { start } from './start.ts';

await runService(logbookConfig, start);
