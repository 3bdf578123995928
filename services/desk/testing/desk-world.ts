/** A desk with its own database between fake neighbours, and people who use it: for tests of the desk only. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type PracticeClock, practiceClock } from '@answerable/kit/clock';
import { silentJournal } from '@answerable/kit/journal';
import { testDatabase } from '@answerable/kit/testing/test-database';
import type { ItemSnapshot, Report } from '@answerable/protocol/report/report';
import type { StaffRole } from '../casework/event.ts';
import type { DeskConfig } from '../config.ts';
import type { CaseView } from '../deciding/case-view.ts';
import { type RunningDesk, start } from '../start.ts';
import {
  connectorToken,
  domainToken,
  fakeNeighbours,
  type Neighbours,
  signInToken,
} from './fake-neighbours.ts';

export interface Answer {
  status: number;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into whatever came back
  body: any;
}

export interface Moderator {
  get(path: string): Promise<Answer>;
  post(path: string, body?: unknown): Promise<Answer>;
  /** a form as a browser sends it */
  form(path: string, fields: Record<string, string>): Promise<Response>;
  cookie: string;
  csrf: string;
}

export interface DeskWorld {
  desk: RunningDesk;
  config: DeskConfig;
  origin: string;
  clock: PracticeClock;
  neighbours: Neighbours;
  databaseUrl: string;
  policyPath: string;
  signIn(name: string, roles?: StaffRole[], queues?: string[]): Promise<Moderator>;
  /** as the platform; without `token` as anybody */
  report(items: ItemSnapshot[], more?: Partial<Report>, token?: string): Promise<Answer>;
  /** the one waiting case that has this item */
  caseOf(who: Moderator, locator: string): Promise<CaseView>;
  holder(what: 'appeals' | 'replies' | 'wishes', body: unknown): Promise<Answer>;
  /** stops the desk and starts another on the same database */
  restart(): Promise<void>;
  close(): Promise<void>;
}

export async function deskWorld(
  name: string,
  more: Partial<DeskConfig> = {},
  forum = 'commons',
): Promise<DeskWorld> {
  const database = await testDatabase(name);
  const neighbours = await fakeNeighbours();
  const clock = practiceClock(new Date('2026-11-23T08:00:00.000Z'));
  const dataDir = mkdtempSync(join(tmpdir(), 'answerable-desk-'));
  const policyPath = join(dataDir, 'practice-1.policy');
  const config: DeskConfig = {
    name: 'desk',
    mode: 'practice',
    host: '127.0.0.1',
    port: 0,
    origin: 'http://localhost:1',
    dataDir,
    databaseUrl: database.url,
    policyPath,
    platform: { name: forum, title: 'Commons', origin: neighbours.platform.origin, connectorToken },
    gateway: { origin: neighbours.gateway.origin, token: domainToken },
    signInToken,
    tickSeconds: 0.1,
    ...more,
  };
  const world = {
    desk: await start(config, { clock, journal: silentJournal }),
    config,
    clock,
    neighbours,
    databaseUrl: database.url,
    policyPath,
    get origin() {
      return world.desk.origin;
    },
    signIn: (who: string, roles: StaffRole[] = ['moderator'], queues?: string[]) =>
      signIn(world.desk.origin, { name: who, roles, ...(queues ? { queues } : {}) }),
    report: (items: ItemSnapshot[], also: Partial<Report> = {}, token?: string) =>
      send(`${world.desk.origin}/reports`, reportOf(items, also), token),
    async caseOf(who: Moderator, locator: string): Promise<CaseView> {
      const { body } = await who.get('/');
      for (const { caseId } of body.cases) {
        const view: CaseView = (await who.get(`/cases/${caseId}`)).body;
        if (view.items.some((item) => item.locator === locator)) return view;
      }
      throw new Error(`no waiting case has ${locator}`);
    },
    holder: (what: 'appeals' | 'replies' | 'wishes', body: unknown) =>
      send(`${world.desk.origin}/holder/${what}`, body, domainToken),
    async restart() {
      await world.desk.close();
      world.desk = await start(config, { clock, journal: silentJournal });
    },
    async close() {
      await world.desk.close();
      await neighbours.close();
      await database.drop();
    },
  };
  return world;
}

export function snapshot(locator: string, author: string | null, text = `Words of ${locator}`): ItemSnapshot {
  const kind = locator.startsWith('page/') ? 'page' : 'post';
  return {
    platform: 'commons',
    kind,
    locator,
    author,
    text,
    language: 'en',
    posted: '2026-11-23T07:00:00.000Z',
  };
}

function reportOf(items: ItemSnapshot[], more: Partial<Report>): Report {
  return {
    capacity: 'user',
    reasons: ['abuse'],
    characteristics: [],
    items,
    statement: 'Please look.',
    goodFaith: true,
    wishesToBeTold: true,
    ...more,
  };
}

async function send(url: string, body: unknown, token?: string): Promise<Answer> {
  const headers: Record<string, string> = { 'content-type': 'application/json' };
  if (token) headers.authorization = `Bearer ${token}`;
  return answerOf(await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) }));
}

async function answerOf(response: Response): Promise<Answer> {
  const text = await response.text();
  return { status: response.status, body: text.startsWith('{') ? JSON.parse(text) : text };
}

/** The way in without a browser: a link from the operator, its cookie, the session's token. */
export async function signIn(origin: string, staff: object): Promise<Moderator> {
  const { body } = await send(`${origin}/operator/sign-in-links`, staff, signInToken);
  const opened = await fetch(origin + body.path, { redirect: 'manual' });
  const cookie = opened.headers.get('set-cookie')?.split(';')[0] ?? '';
  const headers = { cookie, accept: 'application/json' };
  const { csrf } = (await answerOf(await fetch(`${origin}/me`, { headers }))).body;
  return {
    cookie,
    csrf,
    get: async (path) => answerOf(await fetch(origin + path, { headers })),
    post: async (path, body = {}) =>
      answerOf(
        await fetch(origin + path, {
          method: 'POST',
          headers: { ...headers, 'x-csrf-token': csrf, 'content-type': 'application/json' },
          body: JSON.stringify(body),
        }),
      ),
    form: (path, fields) =>
      fetch(origin + path, {
        method: 'POST',
        headers: { cookie },
        redirect: 'manual',
        body: new URLSearchParams({ csrf, ...fields }),
      }),
  };
}

export const reasonsOf = (more: object = {}) => ({
  ground: '3.1 Do not hound people',
  explanation: 'Forty messages at one person are hounding.',
  facts: 'Forty messages within one hour from three accounts.',
  clause: '3.1',
  category: 'STATEMENT_CATEGORY_CYBER_VIOLENCE',
  ...more,
});
