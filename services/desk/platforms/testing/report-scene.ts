/** What tests of reports share: the case that has something, and every word in the database. For tests only. */
import { createHmac } from 'node:crypto';
import { withConnection } from '@answerable/kit/database';
import type { DeskWorld, Moderator } from '../../testing/desk-world.ts';

export const name = 'town';
export const webhookSecret = 'secret-of-the-webhook';
export const hub = (body: string, secret = webhookSecret): string =>
  `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;

/** The waiting case that has this item, as its page shows it; undefined if there is none. */
export async function caseWith(who: Moderator, locator: string) {
  const { body } = await who.get('/');
  for (const { caseId } of body.cases) {
    const view = (await who.get(`/cases/${caseId}`)).body;
    if (view.items.some((one: { locator: string }) => one.locator === locator)) return view;
  }
  return undefined;
}

export const cases = async (who: Moderator): Promise<number> => (await who.get('/')).body.cases.length;

export const everything = (world: DeskWorld): Promise<string> =>
  withConnection(world.databaseUrl, async (run) => {
    const tables = await run("select tablename from pg_tables where schemaname = 'public'");
    const rows = [];
    for (const { tablename } of tables) rows.push(...(await run(`select t::text from "${tablename}" t`)));
    return JSON.stringify(rows);
  });
