import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { releaseManifest, sha256Of } from '@answerable/protocol/wallet-release';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answerTo } from './answers.ts';
import { buildWallet } from './build.ts';
import { readBuilt } from './built-files.ts';
import { startWalletHost, type WalletHost } from './host.ts';

const firstLoadBytesMax = 350 * 1024;
/** With it browsers would replace every guard that is out there: never lightly. spec/wallet-release.md says why. */
const guardSha256 = 'wvxs_Px3-4xTA95loaFXNkeXT9rk9NkMhipc_IYFnZg';
const buildTimeoutMs = 60_000;

let host: WalletHost;
let home: string;
beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'wallet-host-'));
  host = await startWalletHost({
    mode: 'practice',
    port: 0,
    policyPath: join(home, 'trial-1.policy'),
    frameAncestors: ['http://localhost:4600'],
  });
}, buildTimeoutMs);
afterAll(async () => {
  await host.close();
  rmSync(home, { recursive: true, force: true });
});
const get = (path: string, init?: RequestInit) => fetch(host.origin + path, init);

describe('the wallet’s host', () => {
  it('serves a page that may run our code only, and be framed by whom the config names', async () => {
    const response = await get('/');
    expect(response.status).toBe(200);
    const policy = response.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self' 'wasm-unsafe-eval';");
    expect(policy).toContain('frame-ancestors http://localhost:4600');
    expect(policy).not.toMatch(/unsafe-inline|'unsafe-eval'|\*/);
    const page = await response.text();
    expect(page).not.toMatch(/https?:|<style|<script>|\son\w+=/);
    expect(policy).toContain("require-trusted-types-for 'script'");
    expect(response.headers.get('cross-origin-opener-policy')).toBe('same-origin');
    expect(response.headers.get('permissions-policy')).toContain('camera=()');
    expect(response.headers.get('strict-transport-security')).toBeNull();
  });

  it('over TLS asks browsers to stay there', () => {
    const site = { files: new Map(), policy: undefined, mode: 'production', frameAncestors: [] } as const;
    const { headers } = answerTo({ method: 'GET', url: '/' }, { ...site, secure: true });
    expect(headers['strict-transport-security']).toMatch(/^max-age=\d{8}$/);
    expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
  });

  it('lists every file that it serves, and no other', async () => {
    const manifest = releaseManifest.parse(await (await get('/release.json')).json());
    expect(manifest.files.map(({ path }) => path).sort()).toEqual(
      [...readBuilt(await buildWallet()).keys()].filter((path) => path !== '/release.json').sort(),
    );
    for (const { path, bytes, sha256 } of manifest.files) {
      const body = new Uint8Array(await (await get(path)).arrayBuffer());
      expect([body.length, sha256Of(body)], path).toEqual([bytes, sha256]);
    }
  });

  it('has the guard that it always had', async () => {
    const guard = await get('/guard.js');
    expect(guard.headers.get('cache-control')).toContain('immutable');
    expect(sha256Of(new Uint8Array(await guard.arrayBuffer()))).toBe(guardSha256);
  });

  it('can be installed: a name that says little, icons of every kind, one place to start', async () => {
    const app = await (await get('/manifest.webmanifest')).json();
    expect(app).toMatchObject({
      name: 'Wallet',
      display: 'standalone',
      start_url: '/',
      scope: '/',
      lang: 'en',
    });
    const icons = app.icons as { src: string; type: string; purpose: string; sizes: string }[];
    expect(icons.map(({ purpose, sizes }) => `${purpose} ${sizes}`)).toEqual(
      expect.arrayContaining(['any 192x192', 'any 512x512', 'maskable 512x512']),
    );
    for (const { src, type } of icons) expect((await get(src)).headers.get('content-type')).toBe(type);
  });

  it('refuses as everything here refuses: a problem, and nothing of what was asked', async () => {
    for (const [path, status, code] of [
      ['/secret-place', 404, 'not_found'],
      ['/policy.json', 503, 'not_ready'],
    ] as const) {
      const response = await get(path);
      expect(response.headers.get('content-type')).toBe('application/problem+json');
      const problem = await response.json();
      expect(problem).toMatchObject({ status, code, type: `urn:answerable:refusal:${code}` });
      expect(JSON.stringify(problem)).not.toContain(path);
    }
    const method = await get('/', { method: 'PUT' });
    expect([method.status, method.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
  });

  it('has no policy until there is one, and never a broken one', async () => {
    expect((await get('/policy.json')).status).toBe(503);
    expect((await get('/health')).status).toBe(503);
    writeFileSync(join(home, 'trial-1.policy'), '{"policy": half');
    expect((await get('/policy.json')).status).toBe(503);
  });

  it('answers nothing that is not there, however it is written', async () => {
    for (const path of ['/package.json', '/assets/', '/..%2fhost.ts', '/%2e%2e/host.ts', '//etc/passwd'])
      expect((await get(path)).status, path).toBe(404);
    expect((await get('/', { method: 'POST' })).status).toBe(405);
  });

  it('is small: everything of a first load, compressed', async () => {
    const files = readBuilt(await buildWallet());
    // Another language is fetched by who chooses it.
    const first = [...files].filter(([path]) => !/\/cy-[^/]*\.js$/.test(path)).map(([, file]) => file);
    const bytes = first.reduce((sum, { gzip, body }) => sum + (gzip ?? body).length, 0);
    expect(bytes).toBeLessThan(firstLoadBytesMax);
    const script = [...files].find(([path]) => path.endsWith('.js'))![0];
    const packed = await get(script, { headers: { 'accept-encoding': 'gzip' } });
    expect(packed.headers.get('cache-control')).toContain('immutable');
    expect(gunzipSync(files.get(script)!.gzip!).equals(files.get(script)!.body)).toBe(true);
    expect(brotliDecompressSync(files.get(script)!.brotli!).equals(files.get(script)!.body)).toBe(true);
    const best = await get(script, { headers: { 'accept-encoding': 'gzip, br' } });
    expect([packed, best].map(({ headers }) => headers.get('content-encoding'))).toEqual(['gzip', 'br']);
  });

  it('names nobody outside in all that it serves', async () => {
    for (const [path, { body, type }] of readBuilt(await buildWallet())) {
      if (!/javascript|html|css/.test(type)) continue;
      const hosts = [...body.toString('utf8').matchAll(/https?:\/\/([a-z0-9.-]+)/g)].map((found) => found[1]);
      const loaded = hosts.filter(
        (name) => !['www.w3.org', 'www.bbc.co.uk', 'json-schema.org'].includes(name ?? ''),
      );
      expect(loaded, path).toEqual([]);
    }
  });

  it('in production nobody may frame it', async () => {
    const config = {
      mode: 'production',
      port: 0,
      policyPath: 'x',
      frameAncestors: ['http://localhost:1'],
    } as const;
    await expect(startWalletHost({ ...config, frameAncestors: [...config.frameAncestors] })).rejects.toThrow(
      'frame',
    );
  });

  it('a port that is taken is said so', async () => {
    const port = Number(new URL(host.origin).port);
    await expect(startWalletHost({ mode: 'practice', port, policyPath: 'x' })).rejects.toThrow(
      'already in use',
    );
  });
});
