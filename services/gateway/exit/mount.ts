/** The public address of the exit room; its file is made at /admin (exit-file.ts). */
import type { ServiceApp } from '@answerable/kit/service';
import type { GatewayParts } from '../parts.ts';
import { showExit } from './exit-page.tsx';

export function mountExit(app: ServiceApp, parts: GatewayParts): void {
  app.get('/exit/:platform', showExit(parts));
}
