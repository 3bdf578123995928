/**
 * Three organisations with a folder each, as on three machines: they take invitations up and run what is theirs,
 * here on loopback and in one process, in production mode and with referees only. Nothing of one reaches another
 * but what they would send or say.
 */

import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { realClock } from '@answerable/kit/clock';
import { quoteName, withConnection } from '@answerable/kit/database';
import { freePort } from '@answerable/kit/free-port';
import type { Started } from '@answerable/kit/processes';
import { foundNetwork } from 'answerable/network/found';
import { cardPath, type Home, makeHome } from 'answerable/network/home';
import { initNetwork } from 'answerable/network/init';
import { type Invitation, readInvitation } from 'answerable/network/invitation';
import { runHome } from 'answerable/network/run';
import { type Desk, signFirstPolicy } from 'answerable/network/sign';
import { inject } from 'vitest';
import type {} from '../../../packages/kit/testing/test-database.ts';

export const names = ['harbour', 'mill', 'orchard'] as const;
export type Name = (typeof names)[number];

export interface Organisations {
  folder: string;
  homes: Record<Name, Home>;
  /** what was said at each machine */
  said: Record<Name, string[]>;
  invitation(name: Name): Invitation;
  /** The person at this machine, who agrees to everything unless told otherwise. */
  desk(name: Name, agrees?: Desk['agrees']): Desk;
  run(name: Name): Promise<void>;
  stop(name: Name): Promise<void>;
  /** The whole afternoon. */
  found(): Promise<void>;
  close(): Promise<void>;
}

type Written = { organisations: { name: string; roles: Record<string, string> }[] } & Record<string, unknown>;

/** `change`: what is written otherwise in the plan. */
export async function gatherOrganisations(
  change: (plan: Written) => void = () => {},
): Promise<Organisations> {
  const folder = mkdtempSync(join(tmpdir(), 'answerable-founding-'));
  const planPath = join(folder, 'network.json');
  initNetwork(planPath, join(folder, 'invitations'));
  const plan = JSON.parse(readFileSync(planPath, 'utf8')) as Written;
  for (const { roles } of plan.organisations)
    for (const role of Object.keys(roles)) roles[role] = `http://localhost:${await freePort()}`;
  change(Object.assign(plan, { clocks: { recordSeconds: 0.2, logSeconds: 0.2 } }));
  writeFileSync(planPath, JSON.stringify(plan));
  initNetwork(planPath, join(folder, 'invitations'));
  const adminUrl = inject('postgresAdminUrl');
  const prefix = `founding_${randomBytes(4).toString('hex')}`;
  const path = (name: Name) => join(folder, 'invitations', name, 'invitation.json');
  const read = (name: Name) => readInvitation(path(name), '2000-01-01');
  const homes = Object.fromEntries(
    names.map((name) => [name, makeHome(join(folder, name), read(name), 4700).home]),
  ) as Record<Name, Home>;
  const said = Object.fromEntries(names.map((name) => [name, [] as string[]])) as Record<Name, string[]>;
  const running = new Map<Name, Started>();
  const stop = async (name: Name) => {
    await running.get(name)?.close();
    running.delete(name);
  };
  const desk = (name: Name, agrees: Desk['agrees'] = async () => true): Desk => ({
    say: (text) => said[name].push(text),
    agrees: (text, hash) => {
      said[name].push(text);
      return agrees(text, hash);
    },
    pollMs: 100,
  });
  return {
    folder,
    homes,
    said,
    invitation: read,
    desk,
    stop,
    async run(name) {
      running.set(
        name,
        await runHome(homes[name], {
          mode: 'production',
          separate: false,
          databaseAdminUrl: adminUrl,
          databasePrefix: `${prefix}_${name}`,
          say: (line) => said[name].push(line),
        }),
      );
    },
    async found() {
      const cards = [cardPath(homes.mill), cardPath(homes.orchard)];
      const conducted = foundNetwork(homes.harbour, cards, desk('harbour'));
      const signed = until(() => said.harbour.includes('Signed here. Waiting for the others.')).then(() =>
        Promise.all((['mill', 'orchard'] as const).map((name) => signFirstPolicy(homes[name], desk(name)))),
      );
      await Promise.all([conducted, signed]);
    },
    async close() {
      for (const name of names) await stop(name);
      await withConnection(adminUrl, async (run) => {
        for (const name of names)
          for (const role of homes[name].roles) {
            const quoted = quoteName(`${prefix}_${name}_${role}`);
            await run(`drop database if exists ${quoted} with (force)`);
            await run(`drop role if exists ${quoted}`);
          }
      });
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((done) => setTimeout(done, 50));
}

export const today = (): Date => realClock.now();
