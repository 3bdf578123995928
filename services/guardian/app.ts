/** The addresses of a guardian: for desks and authorities by signed messages, for its own people by session. */

import { requireBearer } from '@answerable/kit/bearer';
import type { CeremonyParticipant } from '@answerable/kit/ceremony-participant';
import type { Metrics } from '@answerable/kit/metrics';
import { mountPolicySigner } from '@answerable/kit/policy-signer';
import { readForm, readJson } from '@answerable/kit/read-json';
import { createServiceApp, type ServiceApp } from '@answerable/kit/service';
import type { SignIn } from '@answerable/kit/sign-in';
import type { Witness } from '@answerable/kit/witness';
import { caseDelivery, caseReply } from '@answerable/protocol/disclosure/filing';
import { identityShareRequest, refusalReasons, shareRequest } from '@answerable/protocol/disclosure/opening';
import type { PartyIdentity } from '@answerable/protocol/party-identity';
import { z } from 'zod';
import { listCases, viewCase } from './case-view.ts';
import type { GuardianConfig } from './config.ts';
import { casePage, listPage } from './console.tsx';
import { judgeCase, judgement } from './judge-case.ts';
import type { GuardianParts } from './parts.ts';
import { publishNotice } from './publish-notice.ts';
import { receiveCase } from './receive-case.ts';
import { receiveReply } from './receive-reply.ts';
import { releaseIdentityShare } from './release-identity-share.ts';
import { releaseShare } from './release-share.ts';
import { showApproval } from './show-approval.ts';

const messageBytesMax = 400 * 1024;
const role = 'guardian';
const refuseForm = z.object({ reason: z.enum(refusalReasons) });
const linkRequest = z.strictObject({ name: z.string().min(1).max(80) });

/** What the addresses need beside what the verbs need. */
interface Needs {
  config: GuardianConfig;
  parts: GuardianParts;
  metrics: Metrics;
  ceremony: CeremonyParticipant;
  witness: Witness;
  signIn: SignIn;
  identity: () => PartyIdentity;
}

export function guardianApp(needs: Needs): ServiceApp {
  const { config, parts, metrics, ceremony, witness, signIn, identity } = needs;
  const { name, operatorToken } = config;
  const app = createServiceApp({
    name,
    journal: parts.journal,
    metrics,
    shown: { service: config.title, practice: config.mode === 'practice' },
    ...(config.frameAncestors ? { frameAncestors: config.frameAncestors } : {}),
  });
  ceremony.mount(app);
  mountPolicySigner(app, {
    identity,
    signingKey: parts.keys.signing,
    operatorToken,
    keysDir: parts.keys.dir,
    policies: parts.policies,
    clock: parts.clock,
  });
  witness.mount(app);
  signIn.mount(app);
  app.post('/operator/sign-in-links', requireBearer(operatorToken), async (c) => {
    const staff = await readJson(c, linkRequest);
    return c.json({ path: signIn.issueLink({ name: staff.name, roles: [role] }) });
  });
  mountMessages(app, parts);
  mountJson(app, parts, signIn);
  mountConsole(app, needs);
  return app;
}

/** What other parties send: every message is judged by its signatures and the log, none by where it came from. */
function mountMessages(app: ServiceApp, parts: GuardianParts): void {
  app.post('/cases', async (c) =>
    c.json(await receiveCase(parts, await readJson(c, caseDelivery, messageBytesMax)), 201),
  );
  app.post('/cases/:caseId/reply', async (c) => {
    const said = await readJson(c, caseReply);
    return c.json(await receiveReply(parts, c.req.param('caseId'), said));
  });
  app.get('/cases/:caseId/approval', async (c) => c.json(await showApproval(parts, c.req.param('caseId'))));
  app.post('/cases/:caseId/shares', async (c) => {
    const request = await readJson(c, shareRequest, messageBytesMax);
    return c.json(await releaseShare(parts, c.req.param('caseId'), request));
  });
  app.post('/cases/:caseId/identity-shares', async (c) => {
    const request = await readJson(c, identityShareRequest, messageBytesMax);
    return c.json(await releaseIdentityShare(parts, c.req.param('caseId'), request));
  });
}

/** The console's verbs as JSON, with a staff session and its CSRF token in `x-csrf-token`. */
function mountJson(app: ServiceApp, parts: GuardianParts, signIn: SignIn): void {
  const staff = signIn.require(role);
  app.get('/api/session', staff, (c) => c.json(signIn.session(c)));
  app.get('/api/cases', staff, async (c) => c.json({ cases: await listCases(parts) }));
  app.get('/api/cases/:caseId', staff, async (c) => c.json(await viewCase(parts, c.req.param('caseId'))));
  app.post('/api/cases/:caseId/judgement', staff, async (c) => {
    await judgeCase(parts, c.req.param('caseId'), await readJson(c, judgement));
    return c.json(await viewCase(parts, c.req.param('caseId')));
  });
  app.post('/cases/:caseId/notice', staff, async (c) => {
    await publishNotice(parts, c.req.param('caseId'));
    return c.json(await viewCase(parts, c.req.param('caseId')));
  });
}

function mountConsole(app: ServiceApp, { parts, signIn, config }: Needs): void {
  const staff = signIn.require(role);
  const house = () => {
    const { opening } = parts.policies.current();
    const { title, mode } = config;
    return {
      title,
      practice: mode === 'practice',
      threshold: opening.threshold,
      guardians: opening.guardians.length,
    };
  };
  app.get('/', staff, async (c) => listPage(c, house(), signIn.session(c), await listCases(parts)));
  app.get('/cases/:caseId', staff, async (c) =>
    casePage(c, house(), signIn.session(c), await viewCase(parts, c.req.param('caseId'))),
  );
  app.post('/cases/:caseId/approve', staff, async (c) => {
    await judgeCase(parts, c.req.param('caseId'), { decision: 'approve' });
    return c.redirect(`/cases/${c.req.param('caseId')}`, 303);
  });
  app.post('/cases/:caseId/refuse', staff, async (c) => {
    const { reason } = await readForm(c, refuseForm);
    await judgeCase(parts, c.req.param('caseId'), { decision: 'refuse', reason });
    return c.redirect(`/cases/${c.req.param('caseId')}`, 303);
  });
}
