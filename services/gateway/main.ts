/** `node --import tsx services/gateway/main.ts <config.json>` */
import { runService } from '@answerable/kit/run';
import { gatewayConfig } from './config.ts';
import { start } from './start.ts';

await runService(gatewayConfig, start);
