/**
 * Admissions over HTTP: a gateway in a process of its own on a real PostgreSQL; proofs and requests are prepared
 * outside the window, then each answer is posted and the whole of it is timed: proof verified, account recorded,
 * answer back.
 */
import { fork } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { browser } from '@answerable/gateway/testing/browser';
import { freePort, startNetwork } from '@answerable/gateway/testing/network';
import { answerAsNew } from '@answerable/gateway/testing/wallet';
import { startEmbeddedPostgres } from '@answerable/kit/embedded-postgres';
import { loadOrCreateSigningKey } from '@answerable/kit/keys';
import { provisionDatabases } from '@answerable/kit/provision';
import type { SignedAdmissionRequest } from '@answerable/protocol/admission/request';
import { row, spread } from './measure.mjs';

const warmUps = 10;
const serial = 60;
const together = 96;
const inFlight = 8;
const healthTimeoutMs = 30_000;
const token = 'a-token-of-the-bench-that-is-long-enough';

interface Prepared {
  post(): Promise<number>;
}

const folder = mkdtempSync(join(tmpdir(), 'answerable-bench-'));
const postgres = await startEmbeddedPostgres({ dataDir: join(folder, 'postgres') });
const urls = await provisionDatabases({
  adminUrl: postgres.adminUrl,
  secretsDir: join(folder, 'secrets'),
  services: ['gateway'],
});
const port = await freePort();
const origin = `http://localhost:${port}`;
const dataDir = join(folder, 'gateway');
mkdirSync(dataDir, { recursive: true });
const signingKey = loadOrCreateSigningKey(join(dataDir, 'keys', 'signing.key'));
const network = await startNetwork(folder, [{ name: 'gateway', origin, signingKey, platforms: ['forum'] }]);
const child = startGateway();
try {
  await healthy();
  const prepared: Prepared[] = [];
  for (let at = 0; at < warmUps + serial + together; at++) prepared.push(await prepare(at));
  for (const one of prepared.slice(0, warmUps)) await mustBeIn(one);
  const times: number[] = [];
  for (const one of prepared.slice(warmUps, warmUps + serial)) {
    const begun = performance.now();
    await mustBeIn(one);
    times.push(performance.now() - begun);
  }
  console.log(row('answerable: admission over HTTP, one after the other', spread(times)));
  const rest = prepared.slice(warmUps + serial);
  const begun = performance.now();
  await Promise.all(
    Array.from({ length: inFlight }, async () => {
      for (let one = rest.pop(); one; one = rest.pop()) await mustBeIn(one);
    }),
  );
  const perSecond = together / ((performance.now() - begun) / 1000);
  console.log(`  admissions a second, ${inFlight} in flight (n = ${together}): ${perSecond.toFixed(0)}`);
} finally {
  child.kill();
  await network.close();
  await postgres.erase();
  rmSync(folder, { recursive: true, force: true });
}

function startGateway() {
  const path = join(folder, 'gateway.json');
  const platform = {
    name: 'forum',
    clientId: 'forum',
    clientSecret: token,
    redirectUris: ['http://localhost:9/callback'],
    policy: {
      v: 1,
      platform: 'forum',
      title: 'The forum',
      accountsMax: 3,
      disclose: ['over_16', 'residence'],
      grounds: ['threat-to-life'],
      sanctionsHoldThePerson: true,
      resetNeedsModerator: true,
    },
  };
  const config = {
    name: 'gateway',
    title: 'Gateway',
    mode: 'practice',
    host: '127.0.0.1',
    port,
    origin,
    dataDir,
    databaseUrl: urls.gateway,
    policyPath: network.policyPath,
    walletOrigin: 'http://localhost:9',
    platforms: [platform],
    domainToken: token,
    desk: { origin: 'http://localhost:9' },
    operatorToken: token,
  };
  writeFileSync(path, JSON.stringify(config), { mode: 0o600 });
  const main = fileURLToPath(new URL('../services/gateway/main.ts', import.meta.url));
  const env = { ...process.env, ANSWERABLE_MODE: 'practice' };
  return fork(main, [path], { execArgv: ['--import', 'tsx'], env, stdio: 'ignore' });
}

async function healthy(): Promise<void> {
  const end = Date.now() + healthTimeoutMs;
  for (;;) {
    const ok = await fetch(`${origin}/health`).then(
      (response) => response.ok,
      () => false,
    );
    if (ok) return;
    if (Date.now() > end) throw new Error('the gateway did not start');
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

async function prepare(at: number): Promise<Prepared> {
  const visitor = browser();
  const query = new URLSearchParams({
    client_id: 'forum',
    response_type: 'code',
    scope: 'openid profile',
    redirect_uri: 'http://localhost:9/callback',
    state: 'state',
  });
  const { url } = await visitor.follow(`${origin}/oidc/auth?${query}`);
  const request = (await (await visitor.fetch(`${url}/request`)).json()) as SignedAdmissionRequest;
  const choice = { handle: `person_${at}`, checkpoint: network.log.checkpoint() };
  const answer = answerAsNew(network.enrol(), request, network.policy, choice);
  return {
    async post() {
      const response = await visitor.fetch(`${url}/answer`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', origin },
        body: JSON.stringify(answer),
      });
      await response.arrayBuffer();
      return response.status;
    },
  };
}

async function mustBeIn(one: Prepared): Promise<void> {
  const status = await one.post();
  if (status !== 200) throw new Error(`an admission was answered ${status}`);
}
