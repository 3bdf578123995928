/** How each role of an organisation is started: its own `start`, loaded only where it runs, its journal in its folder. */
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { createJournal, type Journal } from '@answerable/kit/journal';
import type { Started } from '@answerable/kit/processes';
import type { RoleName } from './plan.ts';

type Start = (
  config: never,
  parts: { journal: Journal },
) => Promise<Started & { setUpLink?: () => Promise<string | undefined> }>;

const starts: Record<RoleName, () => Promise<Start>> = {
  registrar: async () => (await import('@answerable/registrar/start')).start as Start,
  logbook: async () => (await import('@answerable/logbook/start')).start as Start,
  keeper: async () => (await import('@answerable/keeper/start')).start as Start,
  guardian: async () => (await import('@answerable/guardian/start')).start as Start,
  gateway: async () => (await import('@answerable/gateway/start')).start as Start,
  desk: async () => (await import('@answerable/desk/start')).start as Start,
  wallet: async () => (await import('@answerable/wallet/host')).startWalletHost as Start,
};

/** Starts one role in this process. A desk that nobody has set up says where that is done. */
export async function startRole(
  role: string,
  config: Record<string, unknown>,
): Promise<Started & { says?: string }> {
  const start = await starts[role as RoleName]();
  const path = join(String(config.dataDir), 'journal.log');
  const write = (line: string) => appendFileSync(path, line, { mode: 0o600 });
  const running = await start(config as never, { journal: createJournal(String(config.name), { write }) });
  const link = await running.setUpLink?.();
  const close = () => running.close();
  return link
    ? { close, says: `Set the desk up here; the address opens once, for a day: ${link}` }
    : { close };
}
