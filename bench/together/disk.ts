/** What lies on the disk of an operator's folder: of each database what lasts, and the journal. */
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { withConnection } from '@answerable/kit/database';

export interface Disk {
  /** bytes of the tables that stay as long as an account, and how many there are */
  accounts: { bytes: number; n: number };
  /** of the first sign-ins of a day */
  signIns: { bytes: number; n: number };
  /** of the whole database of the desk, and its cases */
  desk: { bytes: number; n: number };
  journal: { bytes: number; n: number };
}

const admin = 'answerable';
/** Line of postmaster.pid on which the port stands. */
const portLine = 3;

const lasting = ['account', 'person', 'presented'].map((name) => `pg_total_relation_size('${name}')`);

/** `folder` is the data folder, `place` where PostgreSQL keeps its own. */
export async function diskOf(folder: string, place: string): Promise<Disk> {
  const password = readFileSync(join(folder, 'postgres-admin.secret'), 'utf8').trim();
  const port = readFileSync(join(place, 'postmaster.pid'), 'utf8').split('\n')[portLine];
  const ask = (database: string, text: string) =>
    withConnection(`postgresql://${admin}:${password}@127.0.0.1:${port}/${database}`, async (run) => {
      const [found] = await run(`select ${text}`);
      return { bytes: Number(found?.bytes), n: Number(found?.n) };
    });
  const path = join(folder, 'journal.log');
  return {
    accounts: await ask(
      'answerable_gateway',
      `${lasting.join(' + ')} as bytes, (select count(*) from account) as n`,
    ),
    signIns: await ask(
      'answerable_gateway',
      `pg_total_relation_size('sign_in') as bytes, (select count(*) from sign_in) as n`,
    ),
    desk: await ask(
      'answerable_desk',
      'pg_database_size(current_database()) as bytes, (select count(*) from case_file) as n',
    ),
    journal: { bytes: statSync(path).size, n: readFileSync(path, 'utf8').split('\n').length - 1 },
  };
}
