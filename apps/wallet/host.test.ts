import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildWallet } from './build.ts';
import { readBuilt } from './built-files.ts';
import { startWalletHost, type WalletHost } from './host.ts';

const firstLoadBytesMax = 350 * 1024;
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
    const bytes = [...files.values()].reduce((sum, { gzip, body }) => sum + (gzip ?? body).length, 0);
    expect(bytes).toBeLessThan(firstLoadBytesMax);
    const script = [...files].find(([path]) => path.endsWith('.js'))![0];
    const packed = await get(script, { headers: { 'accept-encoding': 'gzip' } });
    expect(packed.headers.get('cache-control')).toContain('immutable');
    expect(gunzipSync(files.get(script)!.gzip!).equals(files.get(script)!.body)).toBe(true);
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
