import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { guardedGet, isOutside, publicUrl } from './guarded-get.ts';

describe('an address', () => {
  it.each(['93.184.216.34', '2606:2800:220:1::1', '::ffff:93.184.216.34'])('%s is outside', (address) =>
    expect(isOutside(address)).toBe(true),
  );
  it.each([
    '127.0.0.1',
    '10.1.2.3',
    '172.20.0.1',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '0.0.0.0',
    '224.0.0.1',
    '255.255.255.255',
    '::1',
    '::',
    'fe80::1',
    'fd00::1',
    '::ffff:127.0.0.1',
    '::ffff:7f00:1',
    '64:ff9b::7f00:1',
    '64:ff9b:1::7f00:1',
    '2001:0:7f00:1::1',
    'fec0::1',
    'localhost',
    '',
  ])('%s is not', (address) => expect(isOutside(address)).toBe(false));
});

describe('an address of a key', () => {
  it('is asked by https, under a name', () => {
    expect(publicUrl('https://town.example/actor#main-key', false).hostname).toBe('town.example');
    expect(publicUrl('http://127.0.0.1:4000/actor', true).port).toBe('4000');
  });
  it.each([
    ['http', 'http://town.example/actor'],
    ['loopback outside practice', 'http://127.0.0.1/actor'],
    ['a number in place of a name', 'https://93.184.216.34/actor'],
    ['a number in brackets', 'https://[::1]/actor'],
    ['a number in disguise', 'https://0x7f000001/actor'],
    ['another port', 'https://town.example:8443/actor'],
    ['a password', 'https://a:b@town.example/actor'],
    ['a file', 'file:///etc/passwd'],
    ['an acct', 'acct:alice@town.example'],
    ['2,500 characters', `https://town.example/${'x'.repeat(2_500)}`],
    ['nothing', ''],
  ])('refused: %s', (_sin, url) => expect(() => publicUrl(url, false)).toThrow('does not hold'));
});

describe('a document', () => {
  let server: Server;
  let origin: string;
  beforeAll(async () => {
    server = createServer((request, response) => {
      if (request.url === '/good') return response.end('{"id":1}');
      if (request.url === '/huge') return response.end('x'.repeat(1_000_000));
      if (request.url === '/away') return response.writeHead(302, { location: '/good' }).end();
      return response.writeHead(404).end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => server.close());

  it('is read', async () => expect(await guardedGet(`${origin}/good`, 'x', true)).toBe('{"id":1}'));
  it.each(['/huge', '/away', '/missing'])('is not taken from %s', async (path) => {
    await expect(guardedGet(origin + path, 'x', true)).rejects.toMatchObject({ code: 'unavailable' });
  });
  it('is not fetched where a name leads inside', async () => {
    await expect(guardedGet('https://localhost/actor', 'x', false)).rejects.toMatchObject({
      code: 'unavailable',
    });
  });
});
