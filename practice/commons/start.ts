/** Starts one practice forum. Refuses to in production: its sign-up without a check is for comparison only. */
import { type Clock, realClock } from '@answerable/kit/clock';
import { refuseInProduction } from '@answerable/kit/config';
import { openDatabase } from '@answerable/kit/database';
import { createJournal, type Journal } from '@answerable/kit/journal';
import type { Running } from '@answerable/kit/run';
import { serve } from '@answerable/kit/serve';
import { forumApp } from './app.ts';
import { type ForumConfig, forumConfig } from './config.ts';
import { openIdClients } from './openid.ts';
import { type ForumTables, migrations } from './schema.ts';
import { forumStore } from './store.ts';

export interface Parts {
  clock?: Clock;
  journal?: Journal;
}

/** Serves until close(). Throws ConfigRefused in production, PortTaken. */
export async function start(input: ForumConfig, brought: Parts = {}): Promise<Running> {
  const config = forumConfig.parse(input);
  refuseInProduction('The practice forum', config.mode);
  const openid = await openIdClients(config);
  const { db, close } = await openDatabase<ForumTables>({ url: config.databaseUrl, migrations });
  const store = forumStore(db);
  await store.beginWith({ rule: config.rule ?? 'answerable', forUk: false, geography: 'GB' });
  const app = forumApp({
    config,
    clock: brought.clock ?? realClock,
    journal: brought.journal ?? createJournal(config.name),
    db,
    store,
    openid,
  });
  const served = await serve(app, { host: config.host, port: config.port }).catch(async (error) => {
    await close();
    throw error;
  });
  return {
    origin: config.origin,
    async close() {
      await served.close();
      await close();
    },
  };
}
