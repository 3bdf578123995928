/**
 * GET /platforms/activitypub/actor and /.well-known/webfinger: who the desk is to servers of the Fediverse. It
 * only listens, so it has an inbox and no key.
 */
import { Refusal } from '@answerable/protocol/refusal';
import type { Context } from 'hono';
import { serviceTitle } from '../console/console-page.tsx';
import type { DeskParts } from '../parts.ts';

const activityJson = 'application/activity+json';
const name = 'desk';

export const actorPath = '/platforms/activitypub/actor';
export const inboxPath = '/platforms/activitypub/inbox';

export const showActor =
  ({ config }: DeskParts) =>
  (c: Context) =>
    c.body(
      JSON.stringify({
        '@context': 'https://www.w3.org/ns/activitystreams',
        id: config.origin + actorPath,
        type: 'Service',
        preferredUsername: name,
        name: serviceTitle(config),
        inbox: config.origin + inboxPath,
        url: config.origin,
      }),
      200,
      { 'content-type': activityJson },
    );

export const showWebfinger =
  ({ config }: DeskParts) =>
  (c: Context) => {
    const subject = `acct:${name}@${new URL(config.origin).host}`;
    const self = config.origin + actorPath;
    if (![subject, self].includes(c.req.query('resource') ?? '')) throw new Refusal('not_found');
    const links = [{ rel: 'self', type: activityJson, href: self }];
    return c.body(JSON.stringify({ subject, links }), 200, { 'content-type': 'application/jrd+json' });
  };
