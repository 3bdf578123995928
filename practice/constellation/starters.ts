/** How each role is started: its own `start`, loaded only where it runs, its journal in its own folder. */
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { createJournal, type Journal } from '@answerable/kit/journal';
import type { Started } from '@answerable/kit/processes';

type Start = (config: never, parts: { journal: Journal }) => Promise<Started>;

const services = {
  registrar: async () => (await import('@answerable/registrar/start')).start as Start,
  logbook: async () => (await import('@answerable/logbook/start')).start as Start,
  desk: async () => (await import('@answerable/desk/start')).start as Start,
  keeper: async () => (await import('@answerable/keeper/start')).start as Start,
  guardian: async () => (await import('@answerable/guardian/start')).start as Start,
  gateway: async () => (await import('@answerable/gateway/start')).start as Start,
  authority: async () => (await import('@answerable/authority/start')).start as Start,
  commons: async () => (await import('@answerable/practice-commons/start')).start as Start,
  wallet: async () => (await import('@answerable/wallet/host')).startWalletHost as Start,
  'identity-provider': async () =>
    (await import('@answerable/practice-identity-provider/start')).start as Start,
};

function serviceOf(name: string): keyof typeof services {
  if (name.startsWith('keeper-')) return 'keeper';
  if (name.startsWith('guardian-')) return 'guardian';
  if (name.startsWith('gateway-')) return 'gateway';
  if (name.includes('commons') || name.includes('lantern')) return 'commons';
  return name as keyof typeof services;
}

/** Starts one role in this process. */
export async function startRole(name: string, config: Record<string, unknown>): Promise<Started> {
  const start = await services[serviceOf(name)]();
  const path = join(String(config.dataDir), 'journal.log');
  const journal = createJournal(name, { write: (line) => appendFileSync(path, line, { mode: 0o600 }) });
  return start(config as never, { journal });
}
