/** The addresses of an authority's tool: pages and JSON for its own people, identity and signature for genesis. */
import { requireBearer } from '@answerable/kit/bearer';
import type { Clock } from '@answerable/kit/clock';
import { dayOf } from '@answerable/kit/clock';
import type { Journal } from '@answerable/kit/journal';
import type { Metrics } from '@answerable/kit/metrics';
import { mountPolicySigner, type PolicySignerOptions } from '@answerable/kit/policy-signer';
import { readForm, readJson } from '@answerable/kit/read-json';
import { createServiceApp, type ServiceApp } from '@answerable/kit/service';
import type { SignIn } from '@answerable/kit/sign-in';
import { Refusal } from '@answerable/protocol/refusal';
import * as wire from '@answerable/protocol/wire';
import { z } from 'zod';
import type { AuthorityConfig } from './config.ts';
import { signAsk } from './engine/ask-for-account.ts';
import type { Setting } from './engine/parts.ts';
import { type Inquiry, type NewInquiry, newInquiry } from './inquiry.ts';
import { askPage, inquiryPage, listPage } from './pages.tsx';
import { type Pursuit, pursueInquiry } from './pursue-inquiry.ts';

const role = 'officer';
const linkRequest = z.strictObject({ name: z.string().min(1).max(80) });
const askForm = z.object({
  platform: wire.name,
  item: z.string().min(1).max(200),
  ground: wire.name,
  reference: z.string().min(1).max(200),
  text: z.string().min(1).max(4000),
});

export interface AuthorityParts {
  config: AuthorityConfig;
  clock: Clock;
  journal: Journal;
  metrics: Metrics;
  signIn: SignIn;
  signer: PolicySignerOptions;
  /** refuses `not_ready` before there is a policy */
  setting: () => Setting;
  pursuit: Pursuit;
}

export function authorityApp(parts: AuthorityParts): ServiceApp {
  const { config, journal, metrics, signIn, signer } = parts;
  const app = createServiceApp({
    name: config.name,
    journal,
    metrics,
    ...(config.frameAncestors ? { frameAncestors: config.frameAncestors } : {}),
  });
  mountPolicySigner(app, signer);
  signIn.mount(app);
  app.post('/operator/sign-in-links', requireBearer(config.operatorToken), async (c) => {
    const { name } = await readJson(c, linkRequest);
    return c.json({ path: signIn.issueLink({ name, roles: [role] }) });
  });
  mountJson(app, parts);
  mountPages(app, parts);
  return app;
}

/** Records the ask before it is sent. Refuses `not_found` for a platform whose desk is not known here. */
function beginInquiry({ config, clock, setting, pursuit }: AuthorityParts, given: NewInquiry): Inquiry {
  const desk = Object.hasOwn(config.desks, given.platform) ? config.desks[given.platform] : undefined;
  if (!desk) throw new Refusal('not_found');
  const ask = signAsk(setting(), given);
  const one: Inquiry = {
    id: ask.message.ask,
    asked: clock.now().toISOString(),
    desk,
    ask,
    caseId: null,
    progress: { stage: 'asking', code: null },
  };
  pursuit.book.write(one);
  return one;
}

function found({ pursuit }: AuthorityParts, id: string): Inquiry {
  const one = pursuit.book.find(id);
  if (!one) throw new Refusal('case_unknown');
  return one;
}

/** With a staff session and its CSRF token in `x-csrf-token`. */
function mountJson(app: ServiceApp, parts: AuthorityParts): void {
  const { signIn, pursuit } = parts;
  const staff = signIn.require(role);
  app.get('/api/session', staff, (c) => c.json(signIn.session(c)));
  app.get('/api/inquiries', staff, (c) => c.json({ inquiries: pursuit.book.list() }));
  app.get('/api/inquiries/:id', staff, (c) => c.json(found(parts, c.req.param('id'))));
  app.post('/api/inquiries', staff, async (c) => {
    const one = beginInquiry(parts, await readJson(c, newInquiry));
    return c.json(await pursueInquiry(pursuit, one.id), 201);
  });
  app.post('/api/inquiries/:id/pursue', staff, async (c) =>
    c.json(await pursueInquiry(pursuit, found(parts, c.req.param('id')).id)),
  );
}

function mountPages(app: ServiceApp, parts: AuthorityParts): void {
  const { config, signIn, pursuit, setting, clock } = parts;
  const { name, title, mode, desks } = config;
  const staff = signIn.require(role);
  const house = { name, title, practice: mode === 'practice', platforms: Object.keys(desks) };
  app.get('/', staff, (c) => listPage(c, house, signIn.session(c), pursuit.book.list()));
  app.get('/ask', staff, (c) =>
    askPage(c, house, signIn.session(c), setting().policy, (c.req.query('item') ?? '').slice(0, 200)),
  );
  app.post('/inquiries', staff, async (c) => {
    const { reference, text, ...rest } = await readForm(c, askForm);
    const one = beginInquiry(parts, { ...rest, order: { reference, text, day: dayOf(clock.now()) } });
    return c.redirect(`/inquiries/${one.id}`, 303);
  });
  app.get('/inquiries/:id', staff, (c) =>
    inquiryPage(c, house, signIn.session(c), found(parts, c.req.param('id'))),
  );
}
