/**
 * The configuration of every role, as its operator would write it: each gets its own database address and
 * tokens, and no one else's. Practice titles and clocks of seconds; production would differ in values only.
 */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { PlatformPolicy } from '@answerable/protocol/platform-policy';
import type { Ports } from './data-folder.ts';
import { operatorParty } from './log-policy.ts';
import { type RoleName, roleNames, type Tokens } from './network.ts';

export interface Layout {
  dataDir: string;
  ports: Ports;
  tokens: Tokens;
  databaseUrls: Record<string, string>;
}

/** Which roles belong to one trust domain and may share a process. */
export const domains: Record<RoleName, string> = {
  'identity-provider': 'stand-ins',
  wallet: 'stand-ins',
  'commons-of-the-ban': 'stand-ins',
  'lantern-of-the-ban': 'stand-ins',
  logbook: 'logbook',
  registrar: 'registrar',
  'keeper-1': 'keeper-1',
  'keeper-2': 'keeper-2',
  'keeper-3': 'keeper-3',
  'guardian-1': 'guardian-1',
  'guardian-2': 'guardian-2',
  'guardian-3': 'guardian-3',
  'gateway-commons': 'platform-commons',
  desk: 'platform-commons',
  commons: 'platform-commons',
  'gateway-lantern': 'platform-lantern',
  lantern: 'platform-lantern',
  authority: 'authority',
};

export const epochDays = 30;
export const graceDays = 7;

const withoutDatabase: readonly RoleName[] = ['identity-provider', 'wallet', 'authority'];
export const rolesWithDatabase = roleNames.filter((name) => !withoutDatabase.includes(name));

export const origin = (ports: Ports, name: RoleName | 'tour'): string => `http://localhost:${ports[name]}`;
export const policyPath = (dataDir: string): string => join(dataDir, 'trust', 'practice-1.policy');
export const roleDir = (dataDir: string, name: RoleName): string => join(dataDir, 'roles', name);

/** The configuration of one role, as JSON for its `start`. */
export function configOf(name: RoleName, layout: Layout): Record<string, unknown> {
  const common = commonOf(name, layout);
  if (name === 'identity-provider') return identityProvider(common, layout);
  if (name === 'wallet') return { ...common, frameAncestors: [origin(layout.ports, 'tour')] };
  if (name === 'logbook') return { ...common, ...logbook(layout) };
  if (name === 'registrar') return { ...common, ...registrar(layout) };
  if (name === 'authority') return { ...common, ...authority(layout) };
  if (name === 'desk') return { ...common, ...desk(layout) };
  if (name.startsWith('keeper-')) return { ...common, operatorToken: layout.tokens.operator };
  if (name.startsWith('guardian-')) return { ...common, ...guardian(name, layout) };
  if (name.startsWith('gateway-')) return { ...common, ...gateway(name, layout) };
  return { ...common, ...forum(name, layout) };
}

function commonOf(name: RoleName, { dataDir, ports, databaseUrls }: Layout) {
  return {
    name,
    mode: 'practice',
    host: '127.0.0.1',
    port: ports[name],
    origin: origin(ports, name),
    dataDir: roleDir(dataDir, name),
    policyPath: policyPath(dataDir),
    ...(databaseUrls[name] ? { databaseUrl: databaseUrls[name] } : {}),
  };
}

const guardianTitles: Record<string, string> = {
  'guardian-1': 'Citizens’ Law Centre',
  'guardian-2': 'Press Freedom Society',
  'guardian-3': 'Survivors’ Network',
};

const platformPolicies: Record<string, PlatformPolicy> = {
  commons: {
    v: 1,
    platform: 'commons',
    title: 'Commons',
    accountsMax: 3,
    disclose: ['over_13', 'residence', 'reset_recent'],
    grounds: ['threat-to-life', 'court-order'],
    sanctionsHoldThePerson: true,
    resetNeedsModerator: true,
    rooms: [
      {
        id: 'noticeboard',
        title: 'The noticeboard',
        acts: { read: 'open', post: 'answerable', reply: 'answerable' },
      },
      { id: 'pages', title: 'Pages', acts: { read: 'open', post: 'answerable', reply: 'answerable' } },
    ],
  },
  lantern: {
    v: 1,
    platform: 'lantern',
    title: 'Lantern',
    accountsMax: 1,
    disclose: ['over_13', 'reset_recent'],
    grounds: ['threat-to-life'],
    sanctionsHoldThePerson: true,
    resetNeedsModerator: true,
  },
};

/** A secret that two parties of one configuration share, drawn from the folder's tokens. */
export function sharedSecret(tokens: Tokens, purpose: string): string {
  return createHash('sha256').update(`${tokens.domain} ${purpose}`).digest('hex');
}

const identityIssuer = (ports: Ports) => `${origin(ports, 'identity-provider')}/`;
const forumNames = ['commons', 'lantern', 'commons-of-the-ban', 'lantern-of-the-ban'] as const;
const logName = 'practice.answerable.example/log';

function identityProvider(common: object, { ports, tokens }: Layout) {
  const registrarOrigin = origin(ports, 'registrar');
  return {
    ...common,
    frameAncestors: [origin(ports, 'tour')],
    clients: [
      {
        client_id: 'registrar',
        name: 'The practice registrar',
        redirect_uris: [`${registrarOrigin}/enrolment/callback`],
        jwks_uri: `${registrarOrigin}/evidence/jwks.json`,
        backchannel_logout_uri: `${registrarOrigin}/evidence/practice-login/back-channel-logout`,
      },
      {
        client_id: 'registrar-flat',
        client_secret: sharedSecret(tokens, 'evidence'),
        flavour: 'flat',
        name: 'The practice registrar',
        redirect_uris: [`${registrarOrigin}/enrolment/callback`],
      },
      ...forumNames.map((name) => ({
        client_id: name,
        name,
        redirect_uris: [`${origin(ports, name)}/sign-up/verified`],
        jwks_uri: `${origin(ports, name)}/jwks.json`,
      })),
    ],
  };
}

const logbook = ({ dataDir }: Layout) => ({
  title: 'The practice log',
  logName,
  cadenceSeconds: 1,
  entriesPerBatch: 4,
  submitters: [submitterOf(dataDir)],
});

/** The operator may log trust policies; parties of a policy log the rest. */
function submitterOf(dataDir: string) {
  const { name, signingKey } = operatorParty(dataDir);
  return { name, signingKey };
}

const registrar = ({ ports, tokens }: Layout) => ({
  title: 'The practice registrar',
  issuerKeys: 3,
  operatorToken: tokens.operator,
  evidence: [
    {
      id: 'practice-login',
      adapter: 'govuk-one-login',
      twoSteps: false,
      issuer: identityIssuer(ports),
      clientId: 'registrar',
    },
    {
      id: 'other-login',
      adapter: 'openid',
      issuer: identityIssuer(ports),
      clientId: 'registrar-flat',
      client: { method: 'client_secret_basic', secret: sharedSecret(tokens, 'evidence') },
      mapping: 'flat-claims',
    },
  ],
  batchSeconds: 1,
});

const guardian = (name: RoleName, { ports, tokens }: Layout) => ({
  title: guardianTitles[name],
  operatorToken: tokens.operator,
  frameAncestors: [origin(ports, 'tour')],
});

const authority = ({ ports, tokens }: Layout) => ({
  title: 'The practice court',
  operatorToken: tokens.operator,
  desks: { commons: origin(ports, 'desk') },
  frameAncestors: [origin(ports, 'tour')],
});

function gateway(name: RoleName, { ports, tokens }: Layout) {
  const platform = name === 'gateway-commons' ? 'commons' : 'lantern';
  const forumOrigin = origin(ports, platform);
  return {
    title: `The gateway of ${platformPolicies[platform]!.title}`,
    operatorToken: tokens.operator,
    walletOrigin: origin(ports, 'wallet'),
    domainToken: sharedSecret(tokens, `domain ${platform}`),
    adminToken: sharedSecret(tokens, `machine ${platform}`),
    desk: { origin: origin(ports, 'desk') },
    upkeepSeconds: 2,
    frameAncestors: [origin(ports, 'tour')],
    platforms: [
      {
        name: platform,
        clientId: platform,
        clientSecret: sharedSecret(tokens, `client ${platform}`),
        redirectUris: [`${forumOrigin}/callback`],
        postLogoutRedirectUris: [`${forumOrigin}/`],
        backchannelLogoutUri: `${forumOrigin}/backchannel-logout`,
        apiToken: sharedSecret(tokens, `platform ${platform}`),
        policy: platformPolicies[platform],
      },
    ],
  };
}

const desk = ({ ports, tokens }: Layout) => ({
  title: 'The desk of Commons',
  platform: {
    name: 'commons',
    title: 'Commons',
    origin: origin(ports, 'commons'),
    connectorToken: tokens.connector,
  },
  gateway: { origin: origin(ports, 'gateway-commons'), token: sharedSecret(tokens, 'domain commons') },
  signInToken: tokens.operator,
  frameAncestors: [origin(ports, 'tour')],
});

/** A forum needs no trust policy: it is an OpenID client and nothing more. */
function forum(name: RoleName, { ports, tokens }: Layout) {
  const ofTheBan = name.endsWith('-of-the-ban');
  const gatewayName = name === 'lantern' ? 'gateway-lantern' : 'gateway-commons';
  const titles: Record<string, [title: string, about: string]> = {
    commons: ['Commons', 'The town’s noticeboard: talk about anything.'],
    lantern: ['Lantern', 'A quiet place to ask what is hard to ask.'],
    'commons-of-the-ban': ['Commons, under the ban', 'The same forum, had the motion become law.'],
    'lantern-of-the-ban': ['Lantern, under the ban', 'The same forum, had the motion become law.'],
  };
  const [title, about] = titles[name]!;
  return {
    policyPath: undefined,
    title,
    about,
    rule: ofTheBan ? 'ban' : 'answerable',
    gateway: ofTheBan
      ? null
      : {
          issuer: `${origin(ports, gatewayName)}/oidc`,
          clientId: name,
          clientSecret: sharedSecret(tokens, `client ${name}`),
          apiToken: sharedSecret(tokens, `platform ${name}`),
        },
    identityProvider: { issuer: identityIssuer(ports), clientId: name },
    desk: name === 'commons' ? { origin: origin(ports, 'desk') } : null,
    connectorToken: name === 'commons' ? tokens.connector : sharedSecret(tokens, `connector ${name}`),
    adminToken: tokens.platformAdmin,
    frameAncestors: [origin(ports, 'tour')],
  };
}
