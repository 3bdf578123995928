/** `node --import tsx services/desk/main.ts <config.json>` */
import { runService } from '@answerable/kit/run';
import { deskConfig } from './config.ts';
import { start } from './start.ts';

await runService(deskConfig, start);
