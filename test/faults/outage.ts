/**
 * The database goes away under a running network and comes back: every connection is ended and none is let in,
 * as when the server is restarted. Meanwhile each service says that it cannot, and stays up; afterwards all of
 * it goes on by itself.
 */
import { withConnection } from '@answerable/kit/database';
import { rolesWithDatabase } from '@answerable/practice-constellation/configs';
import { type RoleName, roleNames } from '@answerable/practice-constellation/network';
import { createBrowser } from '@answerable/practice-people/browser';
import { enrolAs, signUpAt } from '@answerable/practice-people/visit';
import { describe, expect, inject, it } from 'vitest';
import { addresses, readAddresses } from './addresses.ts';
import type { Who } from './network.ts';
import type { Stage } from './stage.ts';
import { reportOf } from './stage.ts';
import { bodyOf } from './sweep.ts';

const roundsOfLoss = 4;
const inFlight = 24;
const everybodyWell = roleNames.map((role) => [role, 200]);

/** What needs the database, by who is asked; nobody has to be known for it. */
const questions: readonly (readonly [RoleName, string])[] = [
  ['registrar', '/records/buckets/a'],
  ['logbook', `/entries/by-key/${'A'.repeat(22)}`],
  ['guardian-1', `/cases/${'A'.repeat(22)}/approval`],
  ['desk', `/receipts/${'A'.repeat(22)}`],
  ['commons', '/settings'],
  ['lantern', '/settings'],
];

interface Call {
  name: string;
  ask(accept: string): Promise<Response>;
}
const answering = ['registrar', 'keeper-1', 'guardian-1', 'gateway-commons', 'desk', 'logbook'] as const;

export function outage(stage: () => Stage): void {
  const databases = () =>
    rolesWithDatabase.map((role) => new URL(stage().network.roles[role].databaseUrl!).pathname.slice(1));
  const administer = <T>(work: (run: (text: string, values?: unknown[]) => Promise<unknown>) => Promise<T>) =>
    withConnection(inject('postgresAdminUrl'), work);
  const allow = (yes: boolean) =>
    administer(async (run) => {
      for (const name of databases()) await run(`alter database "${name}" allow_connections ${yes}`);
    });
  const endAll = () =>
    administer((run) =>
      run('select pg_terminate_backend(pid) from pg_stat_activity where datname = any($1)', [databases()]),
    );
  const ask = async (role: RoleName, path: string) => {
    const response = await fetch(stage().network.roles[role].origin + path, {
      headers: { accept: 'application/json' },
    });
    const { code } = (await response.json()) as { code?: string };
    return code ?? response.status;
  };
  const askAll = () => Promise.all(questions.map(async ([role, path]) => [role, await ask(role, path)]));

  /** Every address that there is, each with a message that it would read, made while all is well. */
  async function callsOf(role: RoleName): Promise<Call[]> {
    const { origin } = stage().network.roles[role];
    const headersOf = (who?: Who) => (who ? stage().headersOf(who) : {});
    const calls = readAddresses
      .filter(([at]) => at === role)
      .map(([, path, who]): Call => {
        const url = origin + path.replace('*', 'A'.repeat(22));
        return { name: path, ask: (accept) => fetch(url, { headers: { accept, ...headersOf(who) } }) };
      });
    for (const address of addresses.filter((one) => one.role === role && one.message)) {
      const { route, path, method = 'POST', who, fetch: send = () => fetch } = address;
      const message = await address.message!(stage());
      const body = JSON.stringify(
        bodyOf(stage(), address, (await address.refresh?.(stage(), message)) ?? message),
      );
      const url = origin + (path?.(stage()) ?? route);
      const ask = (accept: string) => {
        const headers = { 'content-type': 'application/json', accept, ...headersOf(who) };
        return send(stage())(url, { method, headers, body, redirect: 'manual' });
      };
      calls.push({ name: route, ask });
    }
    return calls;
  }
  /** What is wrong with the answers, a line each. */
  async function faultsIn(calls: readonly Call[], accept: string): Promise<string[]> {
    const faults: string[] = [];
    for (const { name, ask } of calls) {
      const { status, headers, body } = await ask(accept);
      await body?.cancel();
      if (status >= 500 && status !== 503) faults.push(`${name}: ${status}`);
      if (status === 503 && !headers.get('retry-after'))
        faults.push(`${name}: does not say when to come again`);
    }
    return faults;
  }

  const health = () =>
    Promise.all(
      roleNames.map(async (role) => [
        role,
        (await fetch(`${stage().network.roles[role].origin}/health`)).status,
      ]),
    );

  describe('the database', () => {
    it('away: everybody says so and stays up; back: everybody goes on', async () => {
      const before = await askAll();
      const calls = await Promise.all(answering.map(async (role) => [role, await callsOf(role)] as const));
      await allow(false);
      try {
        await endAll();
        expect(await askAll()).toEqual(questions.map(([role]) => [role, 'unavailable']));
        for (const [role, asked] of calls)
          for (const accept of ['application/json', 'text/html'])
            expect.soft([role, accept, await faultsIn(asked, accept)]).toEqual([role, accept, []]);
        // The log does not grow now, and says that it does not.
        expect((await health()).filter(([, status]) => status !== 200 && status !== 503)).toEqual([]);
      } finally {
        await allow(true);
      }
      await expect.poll(askAll).toEqual(before);
      await expect.poll(health).toEqual(everybodyWell);
    });

    it('cut off again and again in the middle of work: every answer is clear, every yes is true', async () => {
      const { network, post, sub, headersOf } = stage();
      const { origin } = network.roles.desk;
      const headers = { 'content-type': 'application/json', ...headersOf('connector') };
      const body = JSON.stringify(reportOf(`post/${post}`, sub));
      const receipts: string[] = [];
      const refused = new Set<string>();
      for (let round = 0; round < roundsOfLoss; round += 1) {
        const sent = Array.from({ length: inFlight }, () =>
          fetch(`${origin}/reports`, { method: 'POST', headers, body }),
        );
        await new Promise((resolve) => setTimeout(resolve, 15 * round));
        await endAll();
        for (const response of await Promise.all(sent)) {
          const said = (await response.json()) as { receipt?: string; code?: string };
          if (said.receipt) receipts.push(said.receipt);
          else refused.add(String(said.code));
        }
      }
      expect([...refused].filter((code) => code !== 'unavailable')).toEqual([]);
      for (const receipt of receipts) expect(await ask('desk', `/receipts/${receipt}`)).toBe(200);
      await expect.poll(health).toEqual(everybodyWell);
    });

    it('afterwards somebody joins, is logged, and signs up', async () => {
      const wallet = stage().newWallet();
      expect(await enrolAs({ person: 'newcomer' }, wallet)).toMatchObject({ end: 'joined' });
      const page = await signUpAt(
        { signInUrl: `${stage().network.roles.lantern.origin}/sign-in/gateway` },
        wallet,
        { handle: 'after_all' },
        createBrowser(),
      );
      expect(page.status).toBe(200);
    });
  });
}
