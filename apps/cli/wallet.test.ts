/** `answerable wallet`, against a host and a log in memory that can lie. */
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { releaseHash } from '@answerable/protocol/wallet-release';
import { answerTo, type Site } from '@answerable/wallet/answers';
import { type CodeScene, codeScene, releaseOf } from '@answerable/wallet/testing/code-scene';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { walletVerb } from './wallet.ts';
import { type Verdict, verdictOn } from './wallet-verify.ts';

const servers: Server[] = [];
let address: string;
let scene: CodeScene;
/** What the host serves to whom. */
let filesFor: (headers: IncomingHttpHeaders) => Site['files'];

const release = (version: string, page = `page ${version}`) =>
  releaseOf(
    version,
    new Map([
      ['/index.html', Buffer.from(page)],
      ['/guard.js', Buffer.from('guard')],
    ]),
  );
const honest = release('1.0.0');

beforeAll(async () => {
  const log = await listen((url) => {
    const bytes = scene.readLog(url.slice(1));
    return { status: bytes ? 200 : 404, body: Buffer.from(bytes ?? []) };
  });
  address = await listen((url, headers) => answerTo({ method: 'GET', url }, scene.site(filesFor(headers))));
  scene = await codeScene(address, log);
  await scene.logRelease(honest.manifest);
});
afterAll(() => {
  for (const server of servers) server.close();
});
beforeEach(() => {
  filesFor = () => honest.files;
});

type Answer = { status: number; headers?: Record<string, string>; body: string | Buffer };
async function listen(answer: (url: string, headers: IncomingHttpHeaders) => Answer): Promise<string> {
  const server = createServer(({ url = '/', headers }, response) => {
    const said = answer(url, headers);
    response.writeHead(said.status, { ...said.headers, connection: 'close' }).end(said.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  servers.push(server);
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const look = (sources?: () => Promise<string>): Promise<Verdict> =>
  verdictOn(address, scene.policy.policy, sources);

describe('answerable wallet verify', () => {
  it('finds nothing wrong with a host that serves what the log has and the sources make', async () => {
    const verdict = await look(async () => releaseHash(honest.manifest));
    expect(verdict).toMatchObject({ served: true, log: true, newer: 0, sources: true, faults: [] });
    expect(verdict.entry).toBeGreaterThan(0);
  });

  it('tells a release that the log does not have', async () => {
    filesFor = () => release('1.0.1').files;
    expect((await look()).faults).toEqual(['the log has no such release']);
  });

  it('tells one file that is another, or gone', async () => {
    filesFor = () =>
      new Map([...release('1.0.0', 'another').files, ['/release.json', honest.files.get('/release.json')!]]);
    expect((await look()).faults).toEqual([
      '/index.html is not the file that the release lists',
      '/ is not the file that the release lists',
    ]);
    filesFor = () => new Map([...honest.files].filter(([path]) => path !== '/guard.js'));
    expect((await look()).faults).toEqual(['/guard.js is listed, and is not served']);
  });

  it.each<[string, (headers: IncomingHttpHeaders) => boolean, string]>([
    ['one browser', (headers) => /Firefox/.test(headers['user-agent'] ?? ''), '/index.html'],
    [
      'a browser that looks for a newer guard',
      (headers) => headers['service-worker'] === 'script',
      '/guard.js',
    ],
  ])('tells a host that serves %s something else', async (_who, isChosen, path) => {
    const other = releaseOf(
      '1.0.0',
      new Map([
        ['/index.html', Buffer.from('for you')],
        ['/guard.js', Buffer.from('for you')],
      ]),
    );
    const mixed = new Map([...other.files, ['/release.json', honest.files.get('/release.json')!]]);
    filesFor = (headers) => (isChosen(headers) ? mixed : honest.files);
    const { served, faults } = await look();
    expect(served).toBe(false);
    expect(faults).toContain(`${path} is not the file that the release lists`);
  });

  it('tells sources that make another release', async () => {
    const { sources, faults } = await look(async () =>
      releaseHash(release('1.0.0', 'other sources').manifest),
    );
    expect(sources).toBe(false);
    expect(faults).toHaveLength(1);
  });

  it('tells a log that was altered, and then vouches for nothing', async () => {
    const tile = [...scene.published.keys()].findLast((path) => path.startsWith('tile/entries'))!;
    const before = scene.published.get(tile)!;
    scene.published.set(
      tile,
      before.map((byte, i) => (i === 900 ? byte ^ 1 : byte)),
    );
    const { log, entry, faults } = await look().finally(() => scene.published.set(tile, before));
    expect([log, entry]).toEqual([false, null]);
    expect(faults[0]).toContain('the log does not hold');
  });

  it('says where a later release stands that the host does not serve', async () => {
    await scene.logRelease(release('1.1.0').manifest);
    expect(await look()).toMatchObject({ newer: 1, faults: [] });
  });

  it('tells a host without a manifest', async () => {
    filesFor = () => new Map();
    expect((await look()).faults[0]).toContain('no manifest');
  });
});

describe('answerable wallet', () => {
  it.each<[string, string[]]>([
    ['no step', []],
    ['a step that there is not', ['dance']],
    ['a step of every object', ['constructor']],
    ['no address', ['verify']],
    ['an address with a path', ['verify', 'https://wallet.example/app']],
    ['two addresses', ['verify', 'https://a.example', 'https://b.example']],
    ['no key', ['release']],
    ['no file for a key', ['key']],
    ['a folder that is not empty', ['build', '--out', '.']],
  ])('refuses %s with one sentence and status 2', async (_sin, args) => {
    const said: string[] = [];
    const spy = vi.spyOn(process.stderr, 'write').mockImplementation((text) => said.push(String(text)) > 0);
    const status = await walletVerb.run(args).finally(() => spy.mockRestore());
    expect(status).toBe(2);
    expect(said.join('')).toMatch(/^answerable wallet: [^\n]*\n$/);
  });

  it('has a page that names every step', () => {
    for (const word of ['build', 'key', 'release', 'verify', '--policy', 'exit status'])
      expect(walletVerb.manual).toContain(word);
  });
});
