/** What platforms send in, and what people do on them by hand. */
import type { ServiceApp } from '@answerable/kit/service';
import { staffRoles } from '../casework/event.ts';
import { welcome } from '../deciding/welcome.ts';
import type { DeskParts } from '../parts.ts';
import { sayCannot, showTodo, tickOff } from './tick-off.tsx';

export function mountPlatforms(app: ServiceApp, parts: DeskParts): void {
  const staff = parts.signIn.require(...staffRoles);
  app.get('/todo', welcome(parts), staff, showTodo(parts));
  app.post('/todo/:act/done', staff, tickOff(parts));
  app.post('/todo/:act/cannot', staff, sayCannot(parts));
}
