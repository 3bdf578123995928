/** What holders of accounts read and say: through the gateway where there is one, and on a page of their own. */
import { requireBearer } from '@answerable/kit/bearer';
import type { ServiceApp } from '@answerable/kit/service';
import { mountWishes } from '../care/mount.ts';
import type { DeskParts } from '../parts.ts';
import { addEvidence, appealDecision, sayWish, showDecision } from './answer-decision.tsx';
import { takeAppeal, takeEvidence, takeReply } from './take-holder-word.ts';

export function mountHolder(app: ServiceApp, parts: DeskParts): void {
  app.get('/decisions/:code', showDecision(parts));
  app.post('/decisions/:code/appeal', appealDecision(parts));
  app.post('/decisions/:code/evidence', addEvidence(parts));
  app.post('/decisions/:code/wish', sayWish(parts));
  const { gateway } = parts.config;
  if (!gateway) return;
  app.use('/holder/*', requireBearer(gateway.token));
  app.post('/holder/appeals', takeAppeal(parts));
  app.post('/holder/evidence', takeEvidence(parts));
  app.post('/holder/replies', takeReply(parts));
  mountWishes(app, parts);
}
