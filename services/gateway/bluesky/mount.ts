/** The addresses of the way into servers of the AT Protocol; question and answer are those of every interaction. */
import type { ServiceApp } from '@answerable/kit/service';
import type { GatewayParts } from '../parts.ts';
import { giveCode } from './give-code.ts';
import { showJoined } from './joined-page.tsx';
import { beginJoining } from './joining.ts';

export function mountBluesky(app: ServiceApp, parts: GatewayParts): void {
  app.get('/join/:platform', beginJoining(parts));
  app.get('/interaction/:request/joined', showJoined(parts));
  app.post('/interaction/:request/code', giveCode(parts));
}
