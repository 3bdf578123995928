/**
 * A platform and a gateway that speak the protocol and keep what they were told: for tests of the desk only.
 * Each can be switched off, or lose its answer after acting, as networks do.
 */
import { checkShape } from '@answerable/kit/read-json';
import { type Served, serve } from '@answerable/kit/serve';
import type { StepHere } from '@answerable/protocol/platform/steps';
import type { PolicyClocks } from '@answerable/protocol/platform-policy';
import { type ConnectorAct, connectorAct } from '@answerable/protocol/report/connector';
import { promisesRequest } from '@answerable/protocol/report/promises';
import type { ItemSnapshot } from '@answerable/protocol/report/report';
import {
  commitmentRequest,
  type InboxRequest,
  inboxRequest,
  personsRequest,
  type SanctionRequest,
  sanctionRequest,
} from '@answerable/protocol/report/sanction';
import { Hono } from 'hono';

export const connectorToken = 'connector-token-of-thirty-two-chars';
export const domainToken = 'domain-token-of-at-least-thirty-two-c';
export const signInToken = 'sign-in-token-of-at-least-thirty-two';

export type Mood = 'well' | 'off' | 'loses-answers';

export interface Neighbours {
  platform: Served;
  gateway: Served;
  /** `cannot`: acts that the platform answers it has no way to do */
  mood: { platform: Mood; gateway: Mood; cannot: Set<string> };
  /** acts in the order in which they were first done; the same act again is not done again */
  acts: ConnectorAct[];
  /** how many requests for acts came, repeated ones too */
  asked(): number;
  items: Map<string, ItemSnapshot>;
  /** what the policy promises; without steps, the gateway says nothing of it */
  promised: { steps?: StepHere[]; clocks?: PolicyClocks; against: Map<string, StepHere[]> };
  /** the person behind an account; accounts that are not here are their own */
  persons: Map<string, string>;
  sanctions: Map<string, SanctionRequest & { lifted: boolean }>;
  inbox: Map<string, InboxRequest>;
  /** what it was asked to have put into the log, by id */
  commitments: Map<string, string>;
  close(): Promise<void>;
}

export async function fakeNeighbours(): Promise<Neighbours> {
  const mood: Neighbours['mood'] = { platform: 'well', gateway: 'well', cannot: new Set() };
  const acts = new Map<string, ConnectorAct>();
  const items: Neighbours['items'] = new Map();
  const persons: Neighbours['persons'] = new Map();
  const sanctions: Neighbours['sanctions'] = new Map();
  const inbox: Neighbours['inbox'] = new Map();
  const commitments: Neighbours['commitments'] = new Map();
  const promised: Neighbours['promised'] = { against: new Map() };
  let asked = 0;

  const platform = new Hono();
  guard(platform, connectorToken, () => mood.platform);
  platform.post('/moderation/acts', async (c) => {
    const act = checkShape(await c.req.json(), connectorAct);
    asked += 1;
    if (!acts.has(act.act)) acts.set(act.act, act);
    const cannot = mood.cannot.has(act.kind);
    return c.json({ done: !cannot, could: cannot ? 'Not here.' : '' });
  });
  platform.get('/moderation/items/:kind/:id', (c) => {
    const item = items.get(`${c.req.param('kind')}/${c.req.param('id')}`);
    return item ? c.json(item) : notFound();
  });
  platform.get('/moderation/pages/:id/record', (c) => {
    const page = items.get(`page/${c.req.param('id')}`);
    const warnings = [{ day: '2026-10-01', text: 'Warned for the same before.' }];
    return page ? c.json({ page, posts: [page], warnings }) : notFound();
  });

  const personOf = (sub: string) => persons.get(sub) ?? sub;
  const accountsOf = (sub: string, holds: 'person' | 'account') =>
    holds === 'account'
      ? [sub]
      : [...new Set([sub, ...[...persons.keys()].filter((other) => personOf(other) === personOf(sub))])];
  const gateway = new Hono();
  guard(gateway, domainToken, () => mood.gateway);
  gateway.post('/desk/persons', async (c) => {
    const { subs } = checkShape(await c.req.json(), personsRequest);
    const order = [...new Set(subs.map(personOf))];
    return c.json({ persons: subs.map((sub) => ({ sub, person: order.indexOf(personOf(sub)) + 1 })) });
  });
  gateway.post('/desk/promises', async (c) => {
    const { subs } = checkShape(await c.req.json(), promisesRequest);
    const { steps, clocks = null, against } = promised;
    if (!steps) return notFound();
    const accounts = subs.map((sub) => ({ sub, steps: against.get(sub) ?? steps }));
    return c.json({ policy: 'A'.repeat(43), steps, clocks, accounts });
  });
  gateway.post('/desk/sanctions', async (c) => {
    const request = checkShape(await c.req.json(), sanctionRequest);
    if (!sanctions.has(request.sanction)) sanctions.set(request.sanction, { ...request, lifted: false });
    return c.json({ accounts: accountsOf(request.sub, request.holds) });
  });
  gateway.post('/desk/sanctions/:id/lift', (c) => {
    const found = sanctions.get(c.req.param('id'));
    if (!found) return notFound();
    found.lifted = true;
    return c.json({ accounts: accountsOf(found.sub, found.holds) });
  });
  gateway.post('/desk/inbox', async (c) => {
    const request = checkShape(await c.req.json(), inboxRequest);
    inbox.set(request.message, request);
    return c.json({ accounts: accountsOf(request.sub, request.holds).length });
  });

  gateway.post('/desk/commitments', async (c) => {
    const { id, commitment } = checkShape(await c.req.json(), commitmentRequest);
    if (!commitments.has(id)) commitments.set(id, commitment);
    return c.json({ logKey: id });
  });

  const [servedPlatform, servedGateway] = [
    await serve(platform, { port: 0 }),
    await serve(gateway, { port: 0 }),
  ];
  return {
    platform: servedPlatform,
    gateway: servedGateway,
    mood,
    get acts() {
      return [...acts.values()];
    },
    asked: () => asked,
    items,
    promised,
    persons,
    sanctions,
    inbox,
    commitments,
    async close() {
      await servedPlatform.close();
      await servedGateway.close();
    },
  };
}

const problem = (code: string, status: number) =>
  new Response(JSON.stringify({ code }), { status, headers: { 'content-type': 'application/problem+json' } });
const notFound = () => problem('not_found', 404);

function guard(app: Hono, token: string, mood: () => Mood): void {
  app.use(async (c, next) => {
    if (mood() === 'off') return new Response('out of order', { status: 502 });
    if (c.req.header('authorization') !== `Bearer ${token}`) return problem('unauthorised', 401);
    await next();
    // Done, and nobody hears of it: the desk must ask again and the act must not be done twice.
    if (mood() === 'loses-answers') c.res = new Response('lost', { status: 502 });
  });
}
