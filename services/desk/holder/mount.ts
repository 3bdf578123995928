/** What holders of accounts say, through the gateway where there is one. */
import { requireBearer } from '@answerable/kit/bearer';
import type { ServiceApp } from '@answerable/kit/service';
import type { DeskParts } from '../parts.ts';
import { takeAppeal, takeReply } from './take-holder-word.ts';

export function mountHolder(app: ServiceApp, parts: DeskParts): void {
  const { gateway } = parts.config;
  if (!gateway) return;
  app.use('/holder/*', requireBearer(gateway.token));
  app.post('/holder/appeals', takeAppeal(parts));
  app.post('/holder/replies', takeReply(parts));
}
