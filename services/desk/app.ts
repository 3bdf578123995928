/** The addresses of the desk (ARCHITECTURE, "Who talks to whom"). One verb, one file; here they get their place. */
import { requireBearer } from '@answerable/kit/bearer';
import type { Metrics } from '@answerable/kit/metrics';
import { readJson } from '@answerable/kit/read-json';
import { createServiceApp, type ServiceApp } from '@answerable/kit/service';
import { Refusal } from '@answerable/protocol/refusal';
import type { Context } from 'hono';
import { z } from 'zod';
import { askDisclosure, showDisclosure } from './ask-disclosure.ts';
import { staffRoles } from './casework/event.ts';
import { refusalPage } from './console/refusal-page.tsx';
import { assessCase, confirmDecision, decideCase, declineDecision } from './decide-case.ts';
import { claimCase, escalateCase, noteCase, refileCase, releaseCase } from './handle-case.ts';
import { hearAppeal } from './hear-appeal.ts';
import { confirmHold, liftHold, placeHold } from './hold-item.ts';
import type { DeskParts } from './parts.ts';
import { showCase } from './show-case.tsx';
import { showNext, showQueue } from './show-queue.tsx';
import { showReceipt } from './show-receipt.ts';
import { showRequests } from './show-requests.tsx';
import { wantsJson } from './staff-verb.ts';
import { takeAppeal, takeReply } from './take-holder-word.ts';
import { reportBytesMax, takeReport } from './take-report.ts';

const workingName = z.string().regex(/^[\p{L}\p{N}][\p{L}\p{N} .’-]{0,39}$/u);
const linkRequest = z.strictObject({ name: workingName, roles: z.array(z.enum(staffRoles)).min(1) });

export function deskApp(parts: DeskParts, metrics: Metrics): ServiceApp {
  const { config, journal } = parts;
  const app = createServiceApp({
    name: config.name,
    journal,
    metrics,
    bodyBytesMax: reportBytesMax,
    ...(config.frameAncestors ? { frameAncestors: config.frameAncestors } : {}),
  });
  mountMessages(app, parts);
  mountConsole(app, parts);
  return app;
}

/** What other parties, and anybody, send. */
function mountMessages(app: ServiceApp, parts: DeskParts): void {
  const { config, signIn } = parts;
  app.post('/reports', takeReport(parts));
  app.get('/receipts/:receipt', showReceipt(parts));
  app.post('/disclosures', askDisclosure(parts));
  app.get('/disclosures/:caseId', showDisclosure(parts));
  if (config.gateway) {
    app.use('/holder/*', requireBearer(config.gateway.token));
    app.post('/holder/appeals', takeAppeal(parts));
    app.post('/holder/replies', takeReply(parts));
  }
  app.post('/operator/sign-in-links', requireBearer(config.signInToken), async (c) =>
    c.json({ path: signIn.issueLink(await readJson(c, linkRequest)) }),
  );
}

/** What the people who work here do, in a browser or as JSON. */
function mountConsole(app: ServiceApp, parts: DeskParts): void {
  const { signIn } = parts;
  signIn.mount(app);
  const staff = signIn.require(...staffRoles);
  app.get('/', welcome(parts), staff, showQueue(parts));
  app.use('/cases/*', welcome(parts), staff);
  app.get('/me', staff, (c) => c.json(signIn.session(c)));
  app.get('/next', staff, showNext(parts));
  app.get('/requests', welcome(parts), staff, showRequests(parts));
  app.get('/cases/:caseId', showCase(parts));
  const verbs = {
    claim: claimCase,
    release: releaseCase,
    escalation: escalateCase,
    kind: refileCase,
    notes: noteCase,
    assessment: assessCase,
    decision: decideCase,
    confirmation: confirmDecision,
    declination: declineDecision,
    holds: placeHold,
    'holds/:hold/confirmation': confirmHold,
    'holds/:hold/lift': liftHold,
    hearing: hearAppeal,
  };
  for (const [path, verb] of Object.entries(verbs)) app.post(`/cases/:caseId/${path}`, verb(parts));
}

/** Somebody with a browser and no session is told how to get one; a script gets the problem. */
const welcome = (parts: DeskParts) => async (c: Context, next: () => Promise<void>) => {
  if (parts.signIn.find(c) || wantsJson(c) || c.req.method !== 'GET') return next();
  return refusalPage(c, parts.config, new Refusal('unauthorised'), '/');
};
