/** The addresses of a forum. Every form has a JSON twin at the same address. */
import { requireBearer } from '@answerable/kit/bearer';
import { describeError } from '@answerable/kit/journal';
import { createMetrics } from '@answerable/kit/metrics';
import { problemOf, problemResponse } from '@answerable/kit/problem';
import { createServiceApp, type ServiceApp } from '@answerable/kit/service';
import { Refusal } from '@answerable/protocol/refusal';
import type { Context, MiddlewareHandler } from 'hono';
import { approve, changeSettings } from './administer.ts';
import { DoorClosed } from './ask-gateway.ts';
import {
  beginElsewhere,
  endByGateway,
  finishGateway,
  finishIdentity,
  joinOpen,
  returnOpen,
  signOut,
} from './join.ts';
import { act, handItem, handPageRecord, reportItems } from './moderate.ts';
import { type ForumParts, wantsJson } from './parts.ts';
import { block, knock, sayWishes, unblock } from './reach.ts';
import { showPage, showPages, showThread, showThreads } from './show.tsx';
import { showAccount, showDoor } from './show-account.tsx';
import { showJoin, showRefusal, showReport, showReported } from './show-forms.tsx';
import { showMe } from './show-me.tsx';
import { changeMe, openPage, postOnPage, reply, startThread } from './write.ts';

const bodyBytesMax = 64 * 1024;

export function forumApp(parts: ForumParts): ServiceApp {
  const { config, journal, openid, store } = parts;
  const app = createServiceApp({
    name: config.name,
    journal,
    metrics: createMetrics(config.name),
    bodyBytesMax,
    frameAncestors: config.frameAncestors,
  });
  app.onError((error, c) => answerError(error, c, parts));

  app.use(plainAddressesOnly);
  // Called by other programs with a token or a signature of their own.
  app.use('/moderation/*', requireBearer(config.connectorToken));
  app.post('/moderation/acts', act(parts));
  app.get('/moderation/items/:kind/:id', handItem(parts));
  app.get('/moderation/pages/:id/record', handPageRecord(parts));
  app.use('/admin/*', requireBearer(config.adminToken));
  app.post('/admin/settings', changeSettings(parts));
  app.post('/admin/approvals', approve(parts));
  app.post('/backchannel-logout', endByGateway(parts));
  app.get('/jwks.json', (c) => c.json(openid.jwks()));
  app.get('/settings', async (c) => c.json(await store.settings()));

  app.use(ownPagesOnly);
  app.get('/', showThreads(parts));
  app.get('/posts/:id', showThread(parts));
  app.post('/threads', startThread(parts));
  app.post('/posts/:id/replies', reply(parts));
  app.get('/pages', showPages(parts));
  app.post('/pages', openPage(parts));
  app.get('/pages/:id', showPage(parts));
  app.post('/pages/:id/posts', postOnPage(parts));
  app.get('/me', showMe(parts));
  app.post('/me', changeMe(parts));
  app.post('/me/wishes', sayWishes(parts));
  app.get('/accounts/:handle', showAccount(parts));
  app.post('/accounts/:handle/block', block(parts));
  app.post('/accounts/:handle/unblock', unblock(parts));
  app.post('/accounts/:handle/knock', knock(parts));
  app.get('/join', showJoin(parts));
  app.post('/sign-up', joinOpen(parts));
  app.post('/sign-in', returnOpen(parts));
  app.get('/sign-in/gateway', beginElsewhere('gateway', parts));
  app.get('/callback', finishGateway(parts));
  app.get('/sign-in/identity', beginElsewhere('identity', parts));
  app.get('/sign-up/verified', finishIdentity(parts));
  app.post('/sign-out', signOut(parts));
  app.get('/report', showReport(parts));
  app.post('/report', reportItems(parts));
  app.get('/reported/:receipt', showReported(parts));
  return app;
}

// Identifiers stand in addresses, and PostgreSQL takes no NUL in a text.
const plainAddressesOnly: MiddlewareHandler = async (c, next) => {
  if (new URL(c.req.url).pathname.includes('%00')) throw new Refusal('not_found');
  await next();
};

// Browsers say where a form was sent from; whoever does not say is no browser and brings no cookie by itself.
const ownPagesOnly: MiddlewareHandler = async (c, next) => {
  const from = c.req.header('sec-fetch-site') ?? 'same-origin';
  if (c.req.method === 'POST' && from !== 'same-origin') throw new Refusal('forbidden');
  await next();
};

async function answerError(error: Error, c: Context, parts: ForumParts): Promise<Response> {
  const problem = problemOf(error);
  if (problem.code === 'internal') parts.journal.error('unexpected error', describeError(error));
  if (wantsJson(c) || !(c.req.header('accept') ?? '').includes('text/html')) return problemResponse(problem);
  if (error instanceof DoorClosed) return showDoor(c, parts, error);
  return showRefusal(c, parts, new Refusal(problem.code, problem.pointer));
}
