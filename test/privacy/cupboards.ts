/**
 * Opens the cupboards of every party: each row of each table, each file of its folder, its journal, and what
 * its metrics say. Texts are read as the thief reads them, through JSON, hex and base64, so that what is
 * packed is found too.
 */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { type Network, type RoleName, roleNames } from '@answerable/practice-constellation/network';
import { type Row, type Secret, steal } from '@answerable/practice-thief/loot';
import { read } from '@answerable/practice-thief/read';

export interface Cupboard {
  owner: RoleName;
  rows: Row[];
  /** Files other than the journal. */
  files: (Secret & { mode: number })[];
  journal: string;
  metrics: string;
  /** Everything of it as text, a value a line. */
  text: string;
  /** The same for what is packed: octets as latin1. */
  octets: string;
}

export type Cupboards = Record<RoleName, Cupboard>;

export async function openCupboards(network: Network): Promise<Cupboards> {
  const opened = await Promise.all(roleNames.map((name) => openOne(network, name)));
  return Object.fromEntries(opened.map((one) => [one.owner, one])) as Cupboards;
}

async function openOne({ roles }: Network, owner: RoleName): Promise<Cupboard> {
  const { databaseUrl, dataDir, origin } = roles[owner];
  const { rows, secrets, journals } = await steal([{ owner, databaseUrl, dataDir }]);
  const journal = journals.map(({ text }) => text).join('\n');
  const metrics = await (await fetch(`${origin}/metrics`)).text();
  const files = secrets.flatMap((one) => {
    const found = statSync(join(dataDir, one.file), { throwIfNoEntry: false });
    return found ? [{ ...one, mode: found.mode & 0o777 }] : [];
  });
  const values = [
    ...rows.map(({ value }) => value),
    ...files.map(({ content }) => content.toString('utf8')),
    ...journal.split('\n'),
    ...metrics.split('\n'),
  ];
  return { owner, rows, files, journal, metrics, ...readable(values) };
}

/** Values as one text and one run of octets to look for something in. */
export function readable(values: readonly unknown[]): { text: string; octets: string } {
  const texts: string[] = [];
  const octets: string[] = [];
  for (const value of values) {
    const found = read(value);
    texts.push(typeof value === 'string' ? value : JSON.stringify(value), ...found.texts);
    octets.push(...found.atoms);
  }
  return { text: texts.join('\n'), octets: octets.join('\n') };
}
