/**
 * One practice network in this process for the tests of bad input, with everybody's way in: tokens, sessions of
 * people who work there, a member of a forum. Real services, real PostgreSQL, addresses on loopback.
 */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { callJson } from '@answerable/kit/http-client';
import { loadOrCreateSigningKey } from '@answerable/kit/keys';
import { policySource } from '@answerable/kit/policy-source';
import { sharedSecret } from '@answerable/practice-constellation/configs';
import { launch } from '@answerable/practice-constellation/launch';
import { type Network, type RoleName, roleNames } from '@answerable/practice-constellation/network';
import { createBrowser } from '@answerable/practice-people/browser';
import type { TrustPolicy } from '@answerable/protocol/trust-policy';
import { memoryStore, type WalletState } from '@answerable/wallet/engine/state';
import { createWallet, type Wallet } from '@answerable/wallet/engine/wallet';
import { inject } from 'vitest';
import { z } from 'zod';

/** Whose word a request brings along. */
export type Who =
  | 'operator'
  | 'domain'
  | 'connector'
  | 'admin'
  | 'moderator'
  /** their browser, sent by a page that does not know the session's token */
  | 'moderator-astray'
  | 'judge-astray'
  | 'judge'
  | 'officer'
  | 'member'
  /** the platform's own server, at its gateway */
  | 'platform'
  /** who has the machine of the gateway */
  | 'machine';
export type DeviceWallet = Wallet & { state(): Promise<WalletState> };

export interface FaultNetwork {
  network: Network;
  policy: TrustPolicy;
  /** headers that say who asks */
  headersOf(who: Who): Record<string, string>;
  /** secret signing key of a party, as only the party itself has it */
  keyOf(role: RoleName): Uint8Array;
  newWallet(): DeviceWallet;
  /** every line of every journal so far */
  journals(): string;
  close(): Promise<void>;
}

const pollMs = 100;

export async function startFaultNetwork(): Promise<FaultNetwork> {
  const dataDir = mkdtempSync(join(tmpdir(), 'answerable-faults-'));
  const network = await launch({
    dataDir,
    ports: 'free',
    separate: false,
    databaseAdminUrl: inject('postgresAdminUrl'),
    databasePrefix: `faults_${randomBytes(4).toString('hex')}`,
  });
  const source = policySource(network.policyPath);
  const headers = await waysIn(network);
  const journalOf = (role: RoleName) => {
    try {
      return readFileSync(join(network.roles[role].dataDir, 'journal.log'), 'utf8');
    } catch {
      return '';
    }
  };
  return {
    network,
    policy: source.current(),
    headersOf: (who) => headers[who],
    keyOf: (role) => loadOrCreateSigningKey(join(network.roles[role].dataDir, 'keys', 'signing.key')).seed,
    newWallet() {
      const store = memoryStore();
      const wallet = createWallet({
        policy: source.current(),
        policyHash: source.hash(),
        fetch,
        clock: { now: () => new Date() },
        store,
        origin: network.roles.wallet.origin,
        pollMs,
      });
      return { ...wallet, state: async () => (await store.load())! };
    },
    journals: () => roleNames.map(journalOf).join(''),
    async close() {
      await network.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

async function waysIn(network: Network): Promise<Record<Who, Record<string, string>>> {
  const { tokens } = network;
  const moderator = await session(network, 'desk', {
    name: 'Moderator A',
    roles: ['moderator', 'appeals'],
  });
  const judge = await session(network, 'guardian-1', { name: 'Panel' });
  const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
  return {
    operator: bearer(tokens.operator),
    domain: bearer(sharedSecret(tokens, 'domain commons')),
    connector: bearer(tokens.connector),
    platform: bearer(sharedSecret(tokens, 'platform commons')),
    machine: bearer(sharedSecret(tokens, 'machine commons')),
    admin: bearer(tokens.platformAdmin),
    moderator,
    'moderator-astray': { cookie: moderator.cookie! },
    judge,
    'judge-astray': { cookie: judge.cookie! },
    officer: await session(network, 'authority', { name: 'Officer' }),
    member: await member(network),
  };
}

async function session(network: Network, at: RoleName, staff: object): Promise<Record<string, string>> {
  const { origin } = network.roles[at];
  const { path } = await callJson(`${origin}/operator/sign-in-links`, {
    body: staff,
    headers: { authorization: `Bearer ${network.tokens.operator}` },
    schema: z.object({ path: z.string() }),
  });
  const entered = await fetch(origin + path, { redirect: 'manual' });
  const cookie = entered.headers.get('set-cookie')?.split(';')[0] ?? '';
  const { csrf } = await callJson(`${origin}${at === 'desk' ? '/me' : '/api/session'}`, {
    headers: { cookie },
    schema: z.object({ csrf: z.string() }),
  });
  return { cookie, 'x-csrf-token': csrf };
}

/** Somebody with a throw-away account at Commons, while it has no rule. */
async function member(network: Network): Promise<Record<string, string>> {
  const { origin } = network.roles.commons;
  const setRule = (rule: string) =>
    callJson(`${origin}/admin/settings`, {
      body: { rule },
      headers: { authorization: `Bearer ${network.tokens.platformAdmin}` },
      schema: z.unknown(),
    });
  await setRule('no-rule');
  const answer = await createBrowser().fetch(`${origin}/sign-up`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ handle: 'somebody_1', email: 'somebody@example.org' }),
  });
  await setRule('answerable');
  return { cookie: answer.headers.get('set-cookie')?.split(';')[0] ?? '' };
}
