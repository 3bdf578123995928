import { beforeEach, describe, expect, it } from 'vitest';
import { answerTo, type Site } from '../../answers.ts';
import { type CodeScene, codeScene, releaseOf } from '../../testing/code-scene.ts';
import type { CodeRecord, CodeShelf } from './code-record.ts';
import { checkCode } from './take-release.ts';

const wallet = 'http://localhost:4601';
const logbook = 'http://log.example:4640';

let scene: CodeScene;
let served: Site['files'];
let shelf: CodeShelf & { kept: Map<string, string>; now?: CodeRecord };
/** What the network does instead of answering. */
let away: (url: string) => boolean;

function memoryShelf(): typeof shelf {
  const kept = new Map<string, string>();
  const own: typeof shelf = {
    kept,
    record: async () => structuredClone(own.now),
    keepRecord: async (record) => {
      own.now = structuredClone(record);
    },
    keepFile: async (release, path, body) => void kept.set(`${release}${path}`, Buffer.from(body).toString()),
    dropAllBut: async (releases) => {
      for (const name of kept.keys())
        if (!['last', ...releases].includes(name.split('/')[0]!)) kept.delete(name);
    },
  };
  return own;
}

const network = (async (input: string | URL | Request) => {
  const url = new URL(String(input));
  if (away(url.href)) throw new TypeError('network');
  if (url.origin === logbook) {
    const bytes = scene.readLog(url.pathname.slice(1));
    return new Response(bytes && new Uint8Array(bytes), { status: bytes ? 200 : 404 });
  }
  const { status, body } = answerTo({ method: 'GET', url: url.pathname }, scene.site(served));
  return new Response(typeof body === 'string' ? body : new Uint8Array(body), { status });
}) as typeof fetch;
/** Moves the clock. */
let later: number;
const clock = { now: () => new Date(Date.now() + later) };
const check = (now = true) => checkCode({ shelf, fetch: network, clock, origin: wallet, now });

const release = (version: string, more: Record<string, string> = {}) =>
  releaseOf(
    version,
    new Map(
      Object.entries({ '/index.html': `page ${version}`, '/guard.js': 'guard', ...more }).map(
        ([path, text]) => [path, Buffer.from(text)] as const,
      ),
    ),
  );
const serve = ({ files }: ReturnType<typeof release>) => {
  served = files;
};
const page = () => shelf.kept.get(`${shelf.now!.releases[0].release}/index.html`);

const one = release('1.0.0');
const two = release('1.1.0', { '/assets/new.js': 'new' });

beforeEach(async () => {
  scene = await codeScene(wallet, logbook);
  shelf = memoryShelf();
  away = () => false;
  later = 0;
  serve(one);
  await scene.logRelease(one.manifest);
});

describe('a release of the wallet is taken', () => {
  it('first, if the log has it; then it is the one that runs', async () => {
    expect((await check()).end).toBe('taken');
    expect(page()).toBe('page 1.0.0');
    expect(shelf.now?.headers['content-security-policy']).toContain(`connect-src 'self' ${logbook}`);
    expect((await check()).end).toBe('current');
  });

  it('after another, if it stands behind it in the log; the one before stays for open pages', async () => {
    await check();
    serve(two);
    await scene.logRelease(two.manifest);
    expect((await check()).end).toBe('taken');
    expect(page()).toBe('page 1.1.0');
    expect(shelf.now?.releases.map(({ version }) => version)).toEqual(['1.1.0', '1.0.0']);
    expect(shelf.kept.size).toBe(7);
    serve(release('1.2.0'));
    await scene.logRelease(release('1.2.0').manifest);
    await check();
    expect(shelf.now?.releases.map(({ version }) => version)).toEqual(['1.2.0', '1.1.0']);
    expect([...shelf.kept.values()]).not.toContain('page 1.0.0');
  });

  it('and is not asked for in the log at every start, but every day', async () => {
    await check();
    const asked: string[] = [];
    away = (url) => url.startsWith(logbook) && asked.push(url) > 0;
    expect((await check(false)).end).toBe('current');
    expect(asked).toEqual([]);
    later = 25 * 3600 * 1000;
    expect((await check(false)).end).toBe('unreached');
    expect(asked).not.toEqual([]);
  });

  it('and only looked at where nothing may be kept', async () => {
    const outcome = await checkCode({ shelf: undefined, fetch: network, clock, origin: wallet });
    expect(outcome).toMatchObject({ end: 'current', release: { version: '1.0.0' } });
    expect(shelf.kept.size).toBe(0);
  });
});

describe('a release of the wallet is refused', () => {
  const stays = async (why: string) => {
    expect(await check()).toEqual({ end: 'refused', why });
    expect(page()).toBe('page 1.0.0');
    expect(shelf.now?.refused?.why).toBe(why);
    expect([...shelf.kept.values()]).not.toContain('page 1.1.0');
  };
  beforeEach(async () => {
    await check();
    serve(two);
  });

  it('that the log does not have; once it has, it is taken', async () => {
    await stays('unlogged');
    await scene.logRelease(two.manifest);
    expect((await check()).end).toBe('taken');
    expect(shelf.now?.refused).toBeUndefined();
  });

  it('of which one file is another', async () => {
    await scene.logRelease(two.manifest);
    const bent = release('1.1.0', { '/assets/new.js': 'bad' });
    served = new Map([...two.files, ['/assets/new.js', bent.files.get('/assets/new.js')!]]);
    await stays('altered');
  });

  it('of which one file is missing, or longer', async () => {
    await scene.logRelease(two.manifest);
    served = new Map([...two.files].filter(([path]) => path !== '/assets/new.js'));
    await stays('altered');
    const bent = release('1.1.0', { '/assets/new.js': 'new ' });
    served = new Map([...two.files, ['/assets/new.js', bent.files.get('/assets/new.js')!]]);
    await stays('altered');
  });

  it('that stands before the one that runs', async () => {
    await scene.logRelease(two.manifest);
    await check();
    serve(one);
    expect(await check()).toEqual({ end: 'refused', why: 'older' });
    expect(page()).toBe('page 1.1.0');
  });

  it('whose place the log tells wrongly', async () => {
    await scene.logRelease(two.manifest);
    const { readLog } = scene;
    scene.readLog = (path) => (path.startsWith('entries/') ? Buffer.from('{"index":0}') : readLog(path));
    await stays('log');
  });

  it('under a checkpoint that no witness has seen', async () => {
    await scene.logRelease(two.manifest);
    await scene.grow(false);
    await stays('log');
  });

  it('under a checkpoint older than one seen here', async () => {
    await scene.grow();
    serve(one);
    const before = new Map(scene.published);
    await scene.grow();
    await check();
    serve(two);
    for (const [path, bytes] of before) scene.published.set(path, bytes);
    await stays('log');
  });

  it('by another log', async () => {
    const other = await codeScene(wallet, logbook);
    await other.logRelease(one.manifest);
    await other.logRelease(two.manifest);
    scene.readLog = other.readLog;
    await stays('log');
  });

  it('under another trust policy', async () => {
    const other = await codeScene(wallet, logbook);
    await other.logRelease(two.manifest);
    scene = other;
    await stays('policy');
  });

  it.each<[string, string]>([
    ['is no JSON', '{'],
    ['lists nothing', '{"v":1,"version":"1.1.0","files":[]}'],
    [
      'lists no page to start with',
      JSON.stringify({ ...two.manifest, files: two.manifest.files.slice(0, 2) }),
    ],
    [
      'lists a file twice',
      JSON.stringify({ ...two.manifest, files: [...two.manifest.files, ...two.manifest.files] }),
    ],
    ['lists a path that climbs', JSON.stringify(two.manifest).replace('/guard.js', '/../guard.js')],
    ['says more than it should', JSON.stringify({ ...two.manifest, note: 'x' })],
  ])('whose manifest %s', async (_sin, text) => {
    const manifest = { ...two.files.get('/release.json')!, body: Buffer.from(text) };
    served = new Map([...two.files, ['/release.json', manifest]]);
    await stays('manifest');
  });

  it('never for a network that is not there: nothing changes', async () => {
    for (const part of ['release.json', 'policy.json', 'checkpoint', 'entries/']) {
      away = (url) => url.includes(part);
      expect(await check(), part).toEqual({ end: 'unreached' });
    }
    await scene.logRelease(two.manifest);
    away = (url) => url.includes('new.js');
    expect(await check()).toEqual({ end: 'unreached' });
    expect(page()).toBe('page 1.0.0');
    expect(shelf.now?.refused).toBeUndefined();
  });
});
