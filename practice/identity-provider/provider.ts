/**
 * A stand-in for GOV.UK One Login, for trying and testing: an OpenID provider that issues what One Login
 * issues, about people who do not exist, to whoever clicks. Refuses to run in production.
 * Source: GOV.UK One Login technical documentation, and its official simulator's behaviour.
 */
import { type Clock, realClock } from '@answerable/kit/clock';
import { type Mode, refuseInProduction } from '@answerable/kit/config';
import { type Journal, silentJournal } from '@answerable/kit/journal';
import { createMetrics } from '@answerable/kit/metrics';
import { asForm, checkShape } from '@answerable/kit/read-json';
import { createServiceApp, type ServiceApp } from '@answerable/kit/service';
import { Refusal } from '@answerable/protocol/refusal';
import type { Context } from 'hono';
import {
  AuthorizationError,
  type AuthorizationRequest,
  identityClaims,
  type Provider,
  readAuthorizationRequest,
  vocabulary,
} from './authorize.ts';
import type { Client } from './client.ts';
import { type Expiring, expiring } from './expiring.ts';
import { flatIdentityScope } from './flat-claims.ts';
import { people as everybody, type Person } from './people.ts';
import { type ProviderKeys, providerKeys, tokenAlgorithm } from './provider-keys.ts';
import { account, errorAddress, type Grant, returnAddress, signInAnswer } from './sign-in.ts';
import { consentPage, peoplePage, refusedPage, returnPage } from './sign-in-page.tsx';
import { rotateKeys, signOutThere } from './sign-out.ts';
import { accessTokenSeconds, answerTokenRequest } from './token.ts';
import { answerUserInfo, didDocument } from './user-info.ts';

const requestSeconds = 3600;
const codeSeconds = 300;

export interface IdentityProviderOptions {
  /** where others reach it, such as `http://localhost:4602`, without a slash */
  origin: string;
  clients: readonly Client[] | (() => readonly Client[]);
  /** must be the clients' clock: assertions and tokens are checked against it */
  clock?: Clock;
  /** keeps keys and with them subjects over restarts; without it they last for this process */
  dataDir?: string;
  people?: readonly Person[];
  journal?: Journal;
  /** default: what ANSWERABLE_MODE says */
  mode?: Mode;
  /** origins that may show the pages in a frame */
  frameAncestors?: readonly string[];
}

export interface IdentityProvider {
  app: ServiceApp;
  /** `iss` of its tokens: the origin with a slash, as One Login's */
  issuer: string;
  people: readonly Person[];
}

interface Desk {
  provider: Provider;
  keys: ProviderKeys;
  people: readonly Person[];
  requests: Expiring<AuthorizationRequest>;
  codes: Expiring<Grant>;
  access: Expiring<Grant>;
  usedAssertions: Map<string, number>;
}

/** The provider as an app. Throws ConfigRefused in production. */
export async function createIdentityProvider(options: IdentityProviderOptions): Promise<IdentityProvider> {
  refuseInProduction('The practice identity provider', options.mode);
  const { origin, clients, clock = realClock, people = everybody } = options;
  const provider: Provider = {
    origin,
    clock,
    clients: typeof clients === 'function' ? clients : () => clients,
  };
  const desk: Desk = {
    provider,
    people,
    keys: await providerKeys(options.dataDir),
    requests: expiring(clock, requestSeconds),
    codes: expiring(clock, codeSeconds),
    access: expiring(clock, accessTokenSeconds),
    usedAssertions: new Map(),
  };
  const app = createServiceApp({
    name: 'practice-identity-provider',
    journal: options.journal ?? silentJournal,
    metrics: createMetrics('practice-identity-provider'),
    frameAncestors: options.frameAncestors ?? [],
  });
  mountDocuments(app, origin, desk.keys);
  mountSignIn(app, desk);
  app.post('/practice/sign-out', (c) => signOutThere(c, desk));
  app.post('/practice/identity-keys', (c) => rotateKeys(c, desk));
  app.post('/token', (c) => answerTokenRequest(c, desk));
  app.on(['GET', 'POST'], '/userinfo', (c) => answerUserInfo(c, desk));
  return { app, issuer: `${origin}/`, people };
}

function mountDocuments(app: ServiceApp, origin: string, keys: ProviderKeys): void {
  app.get('/.well-known/openid-configuration', (c) => c.json(discoveryDocument(origin)));
  app.get('/.well-known/jwks.json', (c) => c.json({ keys: [keys.token.publicJwk] }));
  app.get('/.well-known/did.json', (c) => {
    c.header('cache-control', 'max-age=3600, private');
    return c.json(didDocument(origin, keys));
  });
  app.get('/trustmark', (c) =>
    c.json({ idp: `${origin}/`, trustmark_provider: `${origin}/`, P: ['P0', 'P2'], C: ['Cl', 'Cl.Cm'] }),
  );
}

function mountSignIn(app: ServiceApp, desk: Desk): void {
  const { requests, people, keys, codes } = desk;
  const waiting = (c: Context): AuthorizationRequest => {
    const request = requests.find(c.req.param('request') ?? '');
    if (!request) throw new Refusal('session_unknown');
    return request;
  };
  const chosen = (id: string): Person => {
    const person = people.find((one) => one.id === id);
    if (!person) throw new Refusal('malformed', 'person');
    return person;
  };

  app.get('/authorize', async (c) => {
    try {
      const name = requests.put(await readAuthorizationRequest(desk.provider, c.req.query()));
      return c.redirect(`/sign-in/${name}`, 303);
    } catch (error) {
      if (!(error instanceof AuthorizationError)) throw error;
      if (error.backTo) return c.redirect(errorAddress(error.backTo, error.error), 303);
      return refusedPage(
        c,
        `The service that sent you here made a request that cannot be answered (${error.error}).`,
      );
    }
  });
  app.get('/sign-in/:request', (c) => peoplePage(c, c.req.param('request'), waiting(c), people));
  app.get('/sign-in/:request/consent', (c) => {
    const person = chosen(c.req.query('person') ?? '');
    return consentPage(
      c,
      c.req.param('request'),
      waiting(c),
      person,
      checkShape(c.req.query('account') ?? 'first', account),
    );
  });
  app.post('/sign-in/:request', async (c) => {
    const request = waiting(c);
    const isJson = c.req.header('content-type')?.startsWith('application/json') ?? false;
    const answer = checkShape(isJson ? await jsonOf(c) : await asForm(c.req.parseBody()), signInAnswer);
    const decision = {
      request,
      person: chosen(answer.person),
      account: answer.account,
      outcome: answer.outcome ?? 'proved',
    };
    requests.take(c.req.param('request'));
    const address = returnAddress(decision, keys, codes);
    return isJson ? c.json({ redirect: address }) : returnPage(c, address);
  });
}

async function jsonOf(c: Context): Promise<unknown> {
  return c.req.json().catch(() => {
    throw new Refusal('malformed', 'body: JSON');
  });
}

function discoveryDocument(origin: string): Record<string, unknown> {
  return {
    issuer: `${origin}/`,
    authorization_endpoint: `${origin}/authorize`,
    token_endpoint: `${origin}/token`,
    userinfo_endpoint: `${origin}/userinfo`,
    jwks_uri: `${origin}/.well-known/jwks.json`,
    trustmarks: `${origin}/trustmark`,
    scopes_supported: ['openid', 'email', flatIdentityScope],
    response_types_supported: ['code'],
    grant_types_supported: ['authorization_code'],
    code_challenge_methods_supported: ['S256'],
    token_endpoint_auth_methods_supported: ['private_key_jwt', 'client_secret_basic', 'client_secret_post'],
    token_endpoint_auth_signing_alg_values_supported: ['ES256', 'RS256', 'PS256'],
    id_token_signing_alg_values_supported: [tokenAlgorithm],
    backchannel_logout_supported: true,
    subject_types_supported: ['pairwise'],
    request_parameter_supported: true,
    request_uri_parameter_supported: false,
    claims_parameter_supported: true,
    claim_types_supported: ['normal'],
    claims_supported: [
      'sub',
      'email',
      'email_verified',
      ...identityClaims.map((claim) => vocabulary + claim),
    ],
  };
}
