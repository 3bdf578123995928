/** People who work at the desk, with a browser each: they come in, and work one case after the other. */
import { reasonsOf } from '@answerable/desk/testing/desk-world';
import { conductFinding } from '@answerable/desk/testing/example-case';
import { type Answer, visitor } from '../gateway/caller.ts';

const html = { accept: 'text/html' };
const firstOf = 20;
/** Of so many decisions one is a suspension; in the others something is hidden. */
const suspensionEvery = 4;
const suspensionMs = 30 * 86_400_000;

type Visit = ReturnType<typeof visitor>;

export interface Moderator {
  visit: Visit;
  headers: Record<string, string>;
}

/** The set-up of a desk from its printed link to its end; the browser of its admin. */
export async function setUp(
  desk: string,
  link: string,
  platform: { origin: string; connectorToken: string },
): Promise<Visit> {
  const visit = visitor();
  const token = new URL(link).searchParams.get('token') ?? '';
  await send(visit, `${desk}/set-up`, { token, title: 'Forum', address: 'forum.example.org', name: 'Robin' });
  const { text } = await visit(`${desk}/set-up/forum`);
  const csrf = /name="csrf" value="([\w-]+)"/.exec(text)?.[1] ?? '';
  const service = { size: 'small', countries: 'United Kingdom', functions: 'posts', risks: 'harassment' };
  await send(visit, `${desk}/set-up/platform`, { csrf, kind: 'answerable', ...platform }, 200);
  const more = { childrenLikely: 'no', moderators: 'several' };
  await send(visit, `${desk}/set-up/service`, { csrf, ...service, ...more });
  await send(visit, `${desk}/set-up/end`, { csrf });
  return visit;
}

/** Somebody whom `admin` invites, and who comes in. */
export async function comeIn(desk: string, admin: Visit, name: string): Promise<Visit> {
  const { csrf = '' } = await me(desk, admin);
  const { text } = await send(admin, `${desk}/people`, { csrf, name, roles: 'moderator' }, 200);
  const visit = visitor();
  await send(visit, `${desk}/join`, { token: /\/join\?token=([\w-]+)/.exec(text)?.[1] ?? '' });
  return visit;
}

export async function joinAs(desk: string, visit: Visit): Promise<Moderator> {
  const { csrf = '' } = await me(desk, visit);
  return { visit, headers: { 'x-csrf-token': csrf, 'content-type': 'application/json' } };
}

async function me(desk: string, visit: Visit): Promise<{ csrf?: string }> {
  return JSON.parse((await visit(`${desk}/me`, { headers: { accept: 'application/json' } })).text);
}

async function send(
  visit: Visit,
  address: string,
  fields: Record<string, string>,
  status = 303,
): Promise<Answer> {
  const answer = await visit(address, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(fields).toString(),
  });
  if (answer.status !== status) throw new Error(`${new URL(address).pathname} was answered ${answer.status}`);
  return answer;
}

/** Milliseconds of each step. */
export interface Worked {
  queue: number;
  open: number;
  claim: number;
  decide: number;
}

/**
 * One case, from the queue to its decision; undefined if there is none, or a colleague was quicker. `authorOf` says
 * whose an item is; `begins` hears of a suspension just before it is sent, and says whether there is one.
 */
export async function workCase(
  desk: string,
  { visit, headers }: Moderator,
  n: number,
  given: { authorOf(locator: string): string | undefined; begins(sub: string): boolean },
): Promise<Worked | undefined> {
  const took: Worked = { queue: 0, open: 0, claim: 0, decide: 0 };
  const timed = async (step: keyof Worked, work: Promise<Answer>) => {
    const begun = performance.now();
    const answer = await work;
    took[step] = performance.now() - begun;
    return answer;
  };
  const post = (path: string, body: object) =>
    visit(desk + path, { method: 'POST', headers, body: JSON.stringify(body) });
  const listed = await timed('queue', visit(`${desk}/?with=nobody`, { headers: html }));
  const ids = [...new Set([...listed.text.matchAll(/\/cases\/([\w-]{22})"/g)].map(([, id]) => id!))];
  const caseId = ids[Math.floor(Math.random() * Math.min(firstOf, ids.length))];
  if (listed.status !== 200 || !caseId) return undefined;
  const opened = await timed('open', visit(`${desk}/cases/${caseId}`, { headers: html }));
  const locator = /post\/b\d+/.exec(opened.text)?.[0] ?? '';
  const author = given.authorOf(locator);
  if (opened.status !== 200 || !author) throw new Error(`a case page was answered ${opened.status}`);
  const claimed = await timed('claim', post(`/cases/${caseId}/claim`, {}));
  if (claimed.status !== 200) return undefined;
  const suspended = n % suspensionEvery === 0 && given.begins(author) ? author : undefined;
  const until = new Date(Date.now() + suspensionMs).toISOString().slice(0, 10);
  const measure = suspended
    ? { kind: 'sanction', sub: suspended, holds: 'account', step: 'suspend', until }
    : { kind: 'hide-item', target: locator };
  const decision = { path: 'conduct', measures: [measure], reasons: reasonsOf() };
  const body = { assessment: conductFinding([locator]), decision };
  const decided = await timed('decide', post(`/cases/${caseId}/decision`, body));
  if (decided.status !== 200) throw new Error(`a decision was answered ${decided.status}: ${decided.text}`);
  return took;
}
