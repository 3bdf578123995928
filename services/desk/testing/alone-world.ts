/** A desk that stands alone, without gateway, policy or operator, and browsers without a window: for tests only. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type PracticeClock, practiceClock } from '@answerable/kit/clock';
import { openDatabase, withConnection } from '@answerable/kit/database';
import { silentJournal } from '@answerable/kit/journal';
import { testDatabase } from '@answerable/kit/testing/test-database';
import type { Kysely } from 'kysely';
import type { DeskFile } from '../config.ts';
import type { DeskTables } from '../schema.ts';
import { type RunningDesk, start } from '../start.ts';

type Fields = Record<string, string | readonly string[]>;

/** One browser profile: it keeps its cookie and finds the CSRF token on the page before. */
export interface Visit {
  get(path: string): Promise<Response>;
  page(path: string): Promise<{ status: number; text: string }>;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into whatever came back
  json(path: string): Promise<any>;
  /** a form, as a browser sends it */
  send(path: string, fields: Fields, headers?: Record<string, string>): Promise<Response>;
  post(path: string, body: unknown): Promise<Response>;
}

export interface AloneWorld {
  desk: RunningDesk;
  clock: PracticeClock;
  /** a new link of the set-up */
  link(): Promise<string>;
  visit(): Visit;
  rows(text: string): Promise<Record<string, unknown>[]>;
  within<T>(work: (db: Kysely<DeskTables>) => Promise<T>): Promise<T>;
  restart(): Promise<void>;
  close(): Promise<void>;
}

/** What Robin says of the forum, and of the service. */
export const forum = { title: 'Knit & Natter', address: 'knit.example.org', name: 'Robin' };
export const service = {
  size: 'small',
  countries: 'United Kingdom, ie',
  functions: ['posts', 'pictures'],
  risks: ['harassment'],
  childrenLikely: 'no',
  moderators: 'several',
};

/** Through the whole set-up, by hand; the visit of its admin. */
export async function setUpAlone(world: AloneWorld): Promise<Visit> {
  const visit = world.visit();
  const token = new URL(await world.link()).searchParams.get('token') ?? '';
  await visit.send('/set-up', { token, ...forum });
  await visit.send('/set-up/platform', { kind: 'by-hand' });
  await visit.send('/set-up/service', service);
  await visit.send('/set-up/end', {});
  return visit;
}

export async function aloneWorld(name: string, more: Partial<DeskFile> = {}): Promise<AloneWorld> {
  const database = await testDatabase(name);
  const clock = practiceClock(new Date('2026-11-23T08:00:00.000Z'));
  const dataDir = mkdtempSync(join(tmpdir(), 'answerable-alone-'));
  const config: DeskFile = {
    name: 'desk',
    mode: 'practice',
    host: '127.0.0.1',
    port: 0,
    origin: 'http://localhost:1',
    dataDir,
    databaseUrl: database.url,
    gateway: null,
    tickSeconds: 0.1,
    ...more,
  };
  const world = {
    desk: await start(config, { clock, journal: silentJournal }),
    clock,
    link: async () => (await world.desk.setUpLink()) ?? '',
    visit: () => visit(() => world.desk.origin),
    rows: (text: string) => withConnection(database.url, (run) => run(text)),
    async within<T>(work: (db: Kysely<DeskTables>) => Promise<T>): Promise<T> {
      const { db, close } = await openDatabase<DeskTables>({ url: database.url, migrations: [] });
      return work(db).finally(close);
    },
    async restart() {
      await world.desk.close();
      world.desk = await start(config, { clock, journal: silentJournal });
    },
    async close() {
      await world.desk.close();
      await database.drop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
  return world;
}

function visit(origin: () => string): Visit {
  let cookie = '';
  const ask = async (path: string, init: RequestInit = {}): Promise<Response> => {
    const headers = { cookie, ...(init.headers as Record<string, string>) };
    const answer = await fetch(origin() + path, { ...init, headers, redirect: 'manual' });
    cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? cookie;
    return answer;
  };
  const csrf = async (): Promise<string> => {
    for (const path of ['/me', '/set-up/forum']) {
      const text = await (await ask(path, { headers: { accept: 'application/json' } })).text();
      const found = /"csrf":"([\w-]+)"|name="csrf" value="([\w-]+)"/.exec(text);
      if (found) return found[1] ?? found[2] ?? '';
    }
    return '';
  };
  return {
    get: (path) => ask(path),
    async page(path) {
      const answer = await ask(path);
      return { status: answer.status, text: await answer.text() };
    },
    json: async (path) => (await ask(path, { headers: { accept: 'application/json' } })).json(),
    async send(path, fields, headers = {}) {
      const body = new URLSearchParams();
      const all = fields.csrf === undefined && cookie !== '' ? { csrf: await csrf(), ...fields } : fields;
      for (const [name, value] of Object.entries(all))
        for (const one of [value].flat()) body.append(name, one);
      return ask(path, { method: 'POST', headers, body });
    },
    post: (path, body) =>
      ask(path, {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept: 'application/json' },
        body: JSON.stringify(body),
      }),
  };
}
