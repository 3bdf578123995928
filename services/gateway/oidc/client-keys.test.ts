/** Keys of a platform that lie at an address of its own: fetched, followed, and by whom they could be abused. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { realClock } from '@answerable/kit/clock';
import { exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { gatewayConfig } from '../config.ts';
import { clientOf } from '../testing/client.ts';
import { type Scene, startScene } from '../testing/scene.ts';
import { keysBytesMax, mayHoldKeys, reachPlatforms } from './reach-platforms.ts';

type Pair = Awaited<ReturnType<typeof generateKeyPair>>;
type Serve = (request: IncomingMessage, response: ServerResponse) => void;

const keyAddress = (port: number, path = '/keys') => `http://127.0.0.1:${port}${path}`;
let server: Server;
let scene: Scene;
let pairs: { own: Pair; next: Pair; thief: Pair };
let shown: { keys: JWK[] };
let serve: Serve;
const asked: string[] = [];
beforeAll(async () => {
  const pair = () => generateKeyPair('ES256', { extractable: true });
  pairs = { own: await pair(), next: await pair(), thief: await pair() };
  shown = { keys: [await publicOf('own')] };
  server = createServer((request, response) => {
    asked.push(request.url ?? '');
    serve(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  scene = await startScene({
    upkeepSeconds: 0.1,
    others: [
      {
        name: 'keyed',
        platform: { clientAuth: 'private_key_jwt', clientSecret: undefined, clientJwksUri: keyAddress(port) },
      },
    ],
  });
});
afterEach(() => {
  serve = givesKeys;
});
afterAll(async () => {
  await scene?.close();
  server?.closeAllConnections();
  server?.close();
});

async function publicOf(name: keyof typeof pairs, more: object = {}): Promise<JWK> {
  return { ...(await exportJWK(pairs[name].publicKey)), kid: name, alg: 'ES256', use: 'sig', ...more };
}
const givesKeys: Serve = (_request, response) => {
  response.setHeader('content-type', 'application/json');
  response.setHeader('cache-control', 'max-age=31536000');
  response.end(JSON.stringify(shown));
};
serve = givesKeys;

const redirect_uri = 'http://localhost:9/keyed/callback';
let jti = 0;
const assertion = (key: keyof typeof pairs, kid: string = key) =>
  new SignJWT({ jti: String(jti++) })
    .setProtectedHeader({ alg: 'ES256', kid })
    .setIssuer('keyed')
    .setSubject('keyed')
    .setAudience(`${scene.config.origin}/oidc`)
    .setIssuedAt()
    .setExpirationTime('1m')
    .sign(pairs[key].privateKey);
/** What the token address says to this proof; the code is no code, which is looked at afterwards. */
async function proves(client_assertion: string): Promise<string> {
  const { body } = await clientOf(scene, 'keyed').token({
    grant_type: 'authorization_code',
    code: 'none',
    redirect_uri,
    client_assertion,
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
  });
  return body.error === 'invalid_grant' ? 'known' : body.error!;
}
/** Moves the time of everybody here on. */
const later = (seconds: number) => vi.useFakeTimers({ now: Date.now() + seconds * 1000, toFake: ['Date'] });
afterEach(() => {
  vi.useRealTimers();
});
/** A gateway that knows no keys yet, before an address that answers so. */
async function anew(how: Serve): Promise<void> {
  serve = how;
  await scene.stop();
  asked.length = 0;
  await scene.restart();
}

describe('keys at an address', () => {
  it('are fetched when they are needed, once, and sign a platform in', async () => {
    const client = clientOf(scene, 'keyed');
    const query = { client_id: 'keyed', response_type: 'code', scope: 'openid', redirect_uri };
    const back = await client.signUp(scene.network.enrol(), query);
    const form = {
      grant_type: 'authorization_code',
      code: back.get('code')!,
      redirect_uri,
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    };
    const { status, body } = await client.token({ ...form, client_assertion: await assertion('own') });
    expect(status).toBe(200);
    expect(body.id_token).toBeDefined();
    expect(await proves(await assertion('own'))).toBe('known');
    expect(asked).toEqual(['/keys']);
  });

  it('are not asked for again by whoever brings keys that are not there', async () => {
    const before = asked.length;
    for (let n = 0; n < 8; n += 1) {
      expect(await proves(await assertion('thief', `kid-${n}`))).toBe('invalid_client');
      expect(await proves(await assertion('thief', 'own'))).toBe('invalid_client');
    }
    expect(asked).toHaveLength(before);
  });

  it('are followed after a minute, though the answer said that it keeps for a year; one taken back counts no longer', async () => {
    shown = { keys: [await publicOf('next')] };
    expect(await proves(await assertion('next'))).toBe('invalid_client');
    later(61);
    // Nobody brings the new one: upkeep looks.
    await expect.poll(async () => proves(await assertion('own'))).toBe('invalid_client');
    expect(await proves(await assertion('next'))).toBe('known');
    shown = { keys: [await publicOf('own')] };
  });

  it('go on while their address is away', async () => {
    await anew(givesKeys);
    expect(await proves(await assertion('own'))).toBe('known');
    serve = (_request, response) => response.destroy();
    later(61);
    expect(await proves(await assertion('own'))).toBe('known');
    expect(await proves(await assertion('thief', 'own'))).toBe('invalid_client');
  });
});

describe('a stranger who brings a proof first', () => {
  const strangers = async () => proves(await assertion('thief', 'kid-of-nobody'));

  it.each<[string, Serve]>([
    ['is away', (_request, response) => response.destroy()],
    ['says that it is out of order', (_request, response) => void response.writeHead(503).end()],
    ['shows a page of its proxy', (_request, response) => void response.end('<!doctype html>')],
  ])('while the address %s keeps its platform out for a second, and no longer', async (_how, how) => {
    await anew(how);
    later(0);
    expect(await strangers()).toBe('invalid_client');
    serve = givesKeys;
    expect(await proves(await assertion('own'))).toBe('invalid_client');
    expect(asked).toHaveLength(1);
    later(1);
    expect(await proves(await assertion('own'))).toBe('known');
    expect(asked).toHaveLength(2);
  });

  it('keeps a new key out for the minute for which the keys count, however often they come', async () => {
    await anew(givesKeys);
    later(0);
    expect(await strangers()).toBe('invalid_client');
    shown = { keys: [await publicOf('next')] };
    for (const seconds of [10, 20, 29]) {
      later(seconds);
      expect(await strangers()).toBe('invalid_client');
    }
    expect(asked).toHaveLength(1);
    later(2);
    expect(await proves(await assertion('next'))).toBe('known');
    shown = { keys: [await publicOf('own')] };
  });
});

describe('keys are not taken', () => {
  const json = (response: ServerResponse, body: object) => response.end(JSON.stringify(body));
  const thiefs = async () => ({ keys: [await publicOf('thief', { kid: 'own' })] });
  const answers: [string, (keys: { keys: JWK[] }, response: ServerResponse, path: string) => void][] = [
    [
      'from where a redirect leads',
      (keys, response, path) => {
        if (path === '/elsewhere') json(response, keys);
        else response.writeHead(302, { location: '/elsewhere' }).end();
      },
    ],
    ['with an error', (keys, response) => json(response.writeHead(500), keys)],
    [
      'from an answer that is too long',
      (keys, response) => json(response, { ...keys, x: 'x'.repeat(keysBytesMax) }),
    ],
    [
      'from an answer that is too long and does not say so',
      (keys, response) => {
        response.write(' '.repeat(keysBytesMax));
        json(response, keys);
      },
    ],
    ['from an answer that never ends', (keys, response) => void response.write(JSON.stringify(keys))],
    ['from a page', (_keys, response) => void response.end('<!doctype html>')],
    ['from a list', (keys, response) => json(response, keys.keys)],
    [
      'where one is a shared secret',
      (keys, response) => json(response, { keys: [...keys.keys, { kty: 'oct', k: 'c2VjcmV0', kid: 'own' }] }),
    ],
  ];
  it.each(answers)(
    '%s; and the address is asked once, however often somebody tries',
    async (_what, answer) => {
      const keys = await thiefs();
      await anew((request, response) => answer(keys, response, request.url ?? ''));
      later(0);
      for (let n = 0; n < 4; n += 1)
        expect(await proves(await assertion('thief', 'own'))).toBe('invalid_client');
      expect(asked).toEqual(['/keys']);
    },
  );

  it('the same ones, given as they should be, are: the control', async () => {
    const keys = await thiefs();
    await anew((_request, response) => json(response, keys));
    expect(await proves(await assertion('thief', 'own'))).toBe('known');
  });

  it('for a proof that takes the public key for a shared secret', async () => {
    await anew(givesKeys);
    const secret = new TextEncoder().encode(JSON.stringify(shown.keys[0]));
    const forged = await new SignJWT({ jti: 'forged' })
      .setProtectedHeader({ alg: 'HS256', kid: 'own' })
      .setIssuer('keyed')
      .setSubject('keyed')
      .setAudience(`${scene.config.origin}/oidc`)
      .setExpirationTime('1m')
      .sign(secret);
    expect(await proves(forged)).toBe('invalid_client');
  });
});

describe('an address of keys', () => {
  it.each([
    ['http://platform.example/keys', false],
    ['http://127.0.0.1:9/keys', false],
    ['https://somebody:secret@platform.example/keys', false],
    ['ftp://platform.example/keys', false],
    ['file:///etc/passwd', false],
    ['https://platform.example/keys', true],
  ])('%s in production: %s', (address, taken) => {
    expect(mayHoldKeys(address, false)).toBe(taken);
  });
  it.each([
    ['http://platform.example/keys', false],
    ['http://127.0.0.1.platform.example/keys', false],
    ['http://127.0.0.1:9/keys', true],
  ])('%s when trying: %s', (address, taken) => {
    expect(mayHoldKeys(address, true)).toBe(taken);
  });
  it('that may not be one is refused in the settings', () => {
    const [forum, keyed] = scene.config.platforms;
    const withAddress = (clientJwksUri: string) =>
      gatewayConfig.safeParse({ ...scene.config, platforms: [forum, { ...keyed, clientJwksUri }] }).success;
    expect(withAddress('http://platform.example/keys')).toBe(false);
    expect(withAddress('https://platform.example/keys')).toBe(true);
  });

  it('is reached in production by https and not inside networks; the end of a session is told there too', async () => {
    const went: RequestInit[] = [];
    const stub = vi.spyOn(globalThis, 'fetch').mockImplementation(async (_url, init) => {
      went.push(init ?? {});
      return new Response('{"keys":[]}');
    });
    try {
      const dispatcher = {};
      const reach = reachPlatforms(false, realClock);
      await reach('https://platform.example/keys', { method: 'GET', dispatcher });
      await reach('https://platform.example/logout', { method: 'POST', dispatcher });
      expect(went).toMatchObject([{ dispatcher, redirect: 'manual' }, { redirect: 'manual' }]);
      expect(went[1]).not.toHaveProperty('dispatcher');
      await expect(reach('http://platform.example/other', { method: 'GET', dispatcher })).rejects.toThrow(
        'https',
      );
      expect(went).toHaveLength(2);
    } finally {
      stub.mockRestore();
    }
  });
});
