/**
 * What the official GOV.UK One Login simulator says and wants, replayed: its addresses, its defaults, the shapes
 * of its tokens, what it refuses, and the errors that it can be told to make. Written from its documentation and
 * observed answers; no code of it is here.
 */
import { createHash, randomBytes } from 'node:crypto';
import { type Served, serve } from '@answerable/kit/serve';
import { Hono } from 'hono';
import {
  type CryptoKey,
  createLocalJWKSet,
  decodeJwt,
  decodeProtectedHeader,
  exportJWK,
  generateKeyPair,
  type JWK,
  jwtVerify,
  SignJWT,
} from 'jose';

export const simulatorClient = 'HGIOgho9HIRhgoepdIOPFdIUWgewi0jw';
const subject = 'urn:fdc:gov.uk:2022:56P4CMsGh_02YOlWpd8PAOI-2sVlB2nsNU7mcLZYhYw=';
const vocabulary = 'https://vocab.account.gov.uk/v1/';
const rsaOnly = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'];
const identityKey = 'c1dd9a2f-a-key-of-the-simulator';
const daySeconds = 86_400;

export type SimulatorError =
  | 'INVALID_ALG_HEADER'
  | 'INVALID_SIGNATURE'
  | 'INVALID_ISS'
  | 'INVALID_AUD'
  | 'INCORRECT_SUB'
  | 'TOKEN_EXPIRED'
  | 'TOKEN_NOT_VALID_YET'
  | 'NONCE_NOT_MATCHING'
  | 'INCORRECT_VOT';

export interface SimulatorSettings {
  clientKeys: JWK[];
  redirectUrl: string;
  coreIdentityErrors: SimulatorError[];
  idTokenErrors: SimulatorError[];
  authoriseErrors: ('ACCESS_DENIED' | 'TEMPORARILY_UNAVAILABLE')[];
  returnCodes: { code: string }[];
  /** null: the identity could not be proved */
  identity: { givenName: string; familyName: string; birthDate: string; level: string } | null;
  passport: object[] | null;
}

export const simulatorDefaults: Omit<SimulatorSettings, 'clientKeys' | 'redirectUrl'> = {
  coreIdentityErrors: [],
  idTokenErrors: [],
  authoriseErrors: [],
  returnCodes: [],
  identity: { givenName: 'GEOFFREY', familyName: 'HEARNSHAW', birthDate: '1955-04-19', level: 'P2' },
  passport: null,
};

type Asked = Record<string, unknown>;

/** Serves until close(). `settings` may be changed between calls, as its `/config` allows. */
export async function startSimulator(
  settings: SimulatorSettings,
): Promise<Served & { url: string; seen: Headers[] }> {
  const [token, identity] = await Promise.all([generateKeyPair('ES256'), generateKeyPair('ES256')]);
  const stranger = (await generateKeyPair('ES256')).privateKey;
  const codes = new Map<string, Asked>();
  const access = new Map<string, Asked>();
  const seen: Headers[] = [];
  const app = new Hono();
  const served = await serve(app, { host: '127.0.0.1', port: 0 });
  const url = `http://localhost:${served.port}`;
  const did = `did:web:localhost${encodeURIComponent(':')}${served.port}`;
  const now = () => Math.floor(Date.now() / 1000);

  app.use(async (c, next) => {
    seen.push(c.req.raw.headers);
    await next();
  });

  app.get('/.well-known/openid-configuration', (c) => {
    c.header('cache-control', 'max-age=86400');
    return c.json({
      authorization_endpoint: `${url}/authorize`,
      token_endpoint: `${url}/token`,
      issuer: `${url}/`,
      jwks_uri: `${url}/.well-known/jwks.json`,
      scopes_supported: ['openid', 'email', 'phone'],
      response_types_supported: ['code'],
      grant_types_supported: ['authorization_code'],
      token_endpoint_auth_methods_supported: ['private_key_jwt', 'client_secret_post'],
      token_endpoint_auth_signing_alg_values_supported: rsaOnly,
      request_parameter_supported: true,
      request_uri_parameter_supported: false,
      subject_types_supported: ['public', 'pairwise'],
      userinfo_endpoint: `${url}/userinfo`,
      id_token_signing_alg_values_supported: ['ES256', 'RS256'],
      claim_types_supported: ['normal'],
    });
  });
  app.get('/.well-known/jwks.json', async (c) =>
    c.json({ keys: [{ ...(await exportJWK(token.publicKey)), kid: 'token', alg: 'ES256', use: 'sig' }] }),
  );
  app.get('/.well-known/did.json', async (c) => {
    c.header('cache-control', 'max-age=3600, private');
    return c.json({
      '@context': ['https://www.w3.org/ns/did/v1', 'https://w3id.org/security/jwk/v1'],
      id: did,
      assertionMethod: [
        {
          type: 'JsonWebKey',
          id: `${did}#${identityKey}`,
          controller: did,
          publicKeyJwk: await exportJWK(identity.publicKey),
        },
      ],
    });
  });

  app.get('/authorize', async (c) => {
    const asked = await readRequest(c.req.query());
    if (asked === undefined) return c.text('Invalid Request', 400);
    const back = new URL(String(asked.redirect_uri));
    const state = String(asked.state);
    const [error] = settings.authoriseErrors;
    const code = randomBytes(32).toString('base64url');
    if (error === undefined) codes.set(code, asked);
    for (const [name, value] of Object.entries(
      error === undefined ? { code, state } : { error: error.toLowerCase(), state },
    ))
      back.searchParams.set(name, value);
    return c.redirect(back.href);
  });

  async function readRequest(query: Record<string, string>): Promise<Asked | undefined> {
    if (query.client_id !== simulatorClient || query.response_type !== 'code') return undefined;
    if (!query.scope?.split(' ').includes('openid')) return undefined;
    let asked: Asked = query;
    if (query.request !== undefined) {
      const keys = createLocalJWKSet({ keys: settings.clientKeys });
      const opened = await jwtVerify(query.request, keys, { algorithms: rsaOnly }).catch(() => undefined);
      if (!opened) return undefined;
      const { payload } = opened;
      if (payload.aud !== `${url}/authorize` || payload.iss !== simulatorClient) return undefined;
      if (payload.client_id !== simulatorClient || payload.response_type !== 'code') return undefined;
      // It parses the claims of a request object as text, whatever they are.
      if (payload.claims !== undefined && typeof payload.claims !== 'string') return undefined;
      asked = payload;
    }
    if (asked.redirect_uri !== settings.redirectUrl || !asked.nonce || !asked.state) return undefined;
    return asked;
  }

  app.post('/token', async (c) => {
    const form = await c.req.parseBody();
    const assertion = String(form.client_assertion);
    const refused = (error: string, status: 400 | 401 = 400) => c.json({ error }, status);
    if (!rsaOnly.includes(String(decodeProtectedHeader(assertion).alg))) return refused('invalid_request');
    const claims = decodeJwt(assertion);
    if (claims.sub !== simulatorClient || claims.iss !== claims.sub) return refused('invalid_client', 401);
    if (![`${url}/token`, `${url}/`].includes(String(claims.aud))) return refused('invalid_client');
    const keys = createLocalJWKSet({ keys: settings.clientKeys });
    if (!(await jwtVerify(assertion, keys).catch(() => undefined))) return refused('invalid_client');
    const asked = codes.get(String(form.code));
    codes.delete(String(form.code));
    if (!asked || form.redirect_uri !== asked.redirect_uri) return refused('invalid_grant');
    const accessToken = randomBytes(64).toString('base64url');
    access.set(accessToken, asked);
    return c.json({
      access_token: accessToken,
      token_type: 'Bearer',
      expires_in: 180,
      id_token: await idToken(asked, accessToken),
    });
  });

  function idToken(asked: Asked, accessToken: string): Promise<string> {
    const wrong = (error: SimulatorError) => settings.idTokenErrors.includes(error);
    const hash = createHash('sha256').update(accessToken).digest().subarray(0, 16);
    return signed(settings.idTokenErrors, token.privateKey, 'token', {
      iat: wrong('TOKEN_NOT_VALID_YET') ? now() + daySeconds : now(),
      exp: wrong('TOKEN_EXPIRED') ? now() - daySeconds : now() + 120,
      at_hash: hash.toString('base64url'),
      sub: subject,
      aud: wrong('INVALID_AUD') ? 'somebody else' : simulatorClient,
      iss: wrong('INVALID_ISS') ? 'https://example.com/identity-provider' : `${url}/`,
      sid: randomBytes(16).toString('hex'),
      vot: wrong('INCORRECT_VOT') ? 'Cl' : 'Cl.Cm',
      nonce: wrong('NONCE_NOT_MATCHING') ? 'another' : asked.nonce,
      vtm: `${url}/trustmark`,
      auth_time: now(),
    });
  }

  app.get('/userinfo', async (c) => {
    const asked = access.get(c.req.header('authorization')?.replace('Bearer ', '') ?? '');
    if (!asked) return c.body(null, 401);
    const wanted =
      typeof asked.claims === 'string' ? Object.keys(JSON.parse(asked.claims).userinfo ?? {}) : [];
    const has: Record<string, unknown> = {
      coreIdentityJWT: settings.identity ? await coreIdentity(settings.identity) : undefined,
      address: [
        {
          addressCountry: 'GB',
          buildingName: '',
          streetName: 'FRAMPTON ROAD',
          postalCode: 'GL1 5QB',
          buildingNumber: '26',
          addressLocality: 'GLOUCESTER',
          validFrom: '2000-01-01',
          uprn: 100120472196,
          subBuildingName: '',
        },
      ],
      passport: settings.passport ?? undefined,
      returnCode: settings.returnCodes,
    };
    const given = Object.entries(has)
      .filter(([name, value]) => value !== undefined && wanted.includes(vocabulary + name))
      .map(([name, value]) => [vocabulary + name, value]);
    return c.json({ sub: subject, ...Object.fromEntries(given) });
  });

  function coreIdentity(person: NonNullable<SimulatorSettings['identity']>): Promise<string> {
    const wrong = (error: SimulatorError) => settings.coreIdentityErrors.includes(error);
    const nameParts = [
      { value: person.givenName, type: 'GivenName' },
      { value: person.familyName, type: 'FamilyName' },
    ];
    return signed(settings.coreIdentityErrors, identity.privateKey, `${did}#${identityKey}`, {
      vot: person.level,
      vc: {
        type: ['VerifiableCredential', 'IdentityCheckCredential'],
        credentialSubject: { name: [{ nameParts }], birthDate: [{ value: person.birthDate }] },
      },
      vtm: `${url}/trustmark`,
      iss: wrong('INVALID_ISS') ? 'somebody else' : `${url}/`,
      sub: wrong('INCORRECT_SUB') ? 'somebody else' : subject,
      nbf: now(),
      exp: wrong('TOKEN_EXPIRED') ? now() - daySeconds : now() + daySeconds,
      aud: wrong('INVALID_AUD') ? 'somebody else' : simulatorClient,
      iat: now(),
    });
  }

  async function signed(
    errors: readonly SimulatorError[],
    key: CryptoKey,
    kid: string,
    claims: Record<string, unknown>,
  ): Promise<string> {
    const by = errors.includes('INVALID_SIGNATURE') ? stranger : key;
    const jwt = await new SignJWT(claims).setProtectedHeader({ alg: 'ES256', kid }).sign(by);
    if (!errors.includes('INVALID_ALG_HEADER')) return jwt;
    const header = Buffer.from(JSON.stringify({ alg: 'HS256', kid })).toString('base64url');
    return [header, ...jwt.split('.').slice(1)].join('.');
  }

  return { ...served, url, seen };
}
