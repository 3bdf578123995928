/** What platforms send in, and what people do on them by hand. */
import type { ServiceApp } from '@answerable/kit/service';
import { staffRoles } from '../casework/event.ts';
import { welcome } from '../deciding/welcome.ts';
import type { DeskParts } from '../parts.ts';
import { actorKeys } from './actor-key.ts';
import { lookByHand } from './look-by-hand.ts';
import { actorPath, inboxPath, showActor, showWebfinger } from './show-actor.ts';
import { showPlatform } from './show-platform.tsx';
import { reportMethod, takeBlueskyReport } from './take-bluesky-report.ts';
import { takeDiscourseFlag } from './take-discourse-flag.ts';
import { takeFlag } from './take-flag.ts';
import { takeMastodonReport } from './take-mastodon-report.ts';
import { sayCannot, showTodo, tickOff } from './tick-off.tsx';

export function mountPlatforms(app: ServiceApp, parts: DeskParts): void {
  const staff = parts.signIn.require(...staffRoles);
  app.get('/platform', welcome(parts), staff, showPlatform(parts));
  app.get('/todo', welcome(parts), staff, showTodo(parts));
  app.post('/todo/:act/done', staff, tickOff(parts));
  app.post('/todo/:act/cannot', staff, sayCannot(parts));
  app.post('/cases/:caseId/looks', staff, lookByHand(parts));
  mountReports(app, parts);
}

/** One address for each way in which the configured platform, or another server, sends reports. */
function mountReports(app: ServiceApp, parts: DeskParts): void {
  const { platform, mode } = parts.config;
  if (platform.kind === 'mastodon' && platform.webhookSecret)
    app.post('/platforms/mastodon', takeMastodonReport(parts, platform.webhookSecret));
  if (platform.kind === 'discourse' && platform.webhookSecret)
    app.post('/platforms/discourse', takeDiscourseFlag(parts, platform.webhookSecret));
  if (platform.kind === 'bluesky' && platform.reports)
    app.post(`/xrpc/${reportMethod}`, takeBlueskyReport(parts, platform.reports));
  if (!platform.fediverse) return;
  const keys = actorKeys(parts.clock, mode === 'practice');
  app.get(actorPath, showActor(parts));
  app.get('/.well-known/webfinger', showWebfinger(parts));
  app.post(inboxPath, takeFlag(parts, keys, platform.fediverse.accept));
}
