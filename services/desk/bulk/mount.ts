/** Deciding several like cases at once, carefully. */
import type { ServiceApp } from '@answerable/kit/service';
import type { DeskParts } from '../parts.ts';
import { decideSeveral, reviewSeveral } from './decide-several.tsx';

export function mountBulk(app: ServiceApp, parts: DeskParts): void {
  const deciders = parts.signIn.require('moderator', 'admin');
  app.post('/bulk/review', deciders, reviewSeveral(parts));
  app.post('/bulk', deciders, decideSeveral(parts));
}
