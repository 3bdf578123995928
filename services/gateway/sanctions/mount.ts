/** The addresses of the sanctions room, all for the desk of this trust domain (its token is asked for before). */
import type { ServiceApp } from '@answerable/kit/service';
import type { GatewayParts } from '../parts.ts';
import { imposeSanction, liftSanction } from './impose-sanction.ts';
import { showSanction } from './show-sanction.ts';
import { tellPromises } from './tell-promises.ts';

export function mountSanctions(app: ServiceApp, parts: GatewayParts): void {
  app.post('/desk/promises', tellPromises(parts));
  app.post('/desk/sanctions', imposeSanction(parts));
  app.get('/desk/sanctions/:sanction', showSanction(parts));
  app.post('/desk/sanctions/:sanction/lift', liftSanction(parts));
}
