/**
 * What goes on at once: people come in with proofs that were prepared, others sign in, the platform sends reports
 * of what they wrote, moderators decide, and who is suspended is shut out. Each load runs until it is stopped.
 */
import { call } from '../gateway/caller.ts';
import { type Account, type Admission, signIn, userinfo } from '../gateway/people.ts';
import { workCase } from './moderator.ts';
import type { Together } from './operator.ts';

const pollMs = 2;
const emptyMs = 20;
const effectiveTimeoutMs = 60_000;
/** One report in so many is about something that was reported before. */
const againEvery = 10;

const inFlight = { admissions: 8, signIns: 8, reports: 2 };
const inRush = { admissions: 64, signIns: 32, reports: 8 };
export type InFlight = typeof inFlight;

export interface Done {
  kind: 'admission' | 'sign-in' | 'report' | 'queue page' | 'case page' | 'claim' | 'decision' | 'effective';
  ms: number;
}

export interface Loads {
  /** proofs that wait to be sent */
  prepared: Admission[];
  /** what was done since the last call */
  take(): Done[];
  inFlight(): InFlight;
  /** From now on as many at once as in a rush. */
  rush(): void;
  /** Stopped, or one of them failed. */
  isOver(): boolean;
  /** Ends all; throws what went wrong in any. */
  stop(): Promise<void>;
}

interface Known {
  account: Account;
  accessToken: string;
}

export function startLoads(place: Together, accounts: Account[]): Loads {
  const prepared: Admission[] = [];
  let done: Done[] = [];
  let isOver = false;
  const known = new Map<string, Known>();
  const authors = new Map<string, string>();
  const shut = new Set<Account>();
  const note = (kind: Done['kind'], ms: number) => void done.push({ kind, ms });
  const waitFor = <T>(find: () => T | undefined): Promise<T | undefined> => until(find, () => isOver);

  const admissions = async () => {
    const next = await waitFor(() => prepared.shift());
    if (!next) return;
    const begun = performance.now();
    await next.post();
    note('admission', performance.now() - begun);
    accounts.push(next.account);
  };

  let at = 0;
  const signIns = async () => {
    const account = accounts[at++ % accounts.length]!;
    if (shut.has(account)) return;
    const begun = performance.now();
    try {
      const { sub, accessToken } = await signIn(place, account);
      note('sign-in', performance.now() - begun);
      if (!shut.has(account)) known.set(sub, { account, accessToken });
    } catch (error) {
      if (!shut.has(account)) throw error;
    }
  };

  let reported = 0;
  const reports = async () => {
    const subs = await waitFor(() => (known.size > 0 ? [...known.keys()] : undefined));
    if (!subs) return;
    reported += 1;
    const isAgain = reported % againEvery === 0;
    const locator = `post/b${isAgain ? reported - 1 : reported}`;
    const author = authors.get(locator) ?? subs[reported % subs.length]!;
    authors.set(locator, author);
    const begun = performance.now();
    await report(place, locator, author);
    note('report', performance.now() - begun);
  };

  let worked = 0;
  const works = place.moderators.map((moderator) => async () => {
    const done = await workCase(place.desk, moderator, worked++, {
      authorOf: (locator) => authors.get(locator),
      begins(sub) {
        const who = known.get(sub);
        if (!who) return false;
        known.delete(sub);
        shut.add(who.account);
        const effective = watch(sub, who.accessToken);
        effective.catch(() => {});
        watched.push(effective);
        return true;
      },
    });
    if (!done) return void (await pause(emptyMs));
    note('queue page', done.queue);
    note('case page', done.open);
    note('claim', done.claim);
    note('decision', done.decide);
  });

  /** From the decision sent to: access token refused, and the platform told that the session ended. */
  const watched: Promise<void>[] = [];
  const watch = async (sub: string, accessToken: string) => {
    const begun = performance.now();
    const isRefused = async () => (await userinfo(place, accessToken)).status === 401;
    while (!(await isRefused()) || !place.platform.toldAt.has(sub)) {
      if (performance.now() - begun > effectiveTimeoutMs) throw new Error('a suspension was not effective');
      await pause(pollMs);
    }
    note('effective', performance.now() - begun);
  };

  const again = async (work: () => Promise<void>) => {
    try {
      while (!isOver) await work();
    } finally {
      isOver = true;
    }
  };
  const all: Promise<void>[] = [];
  const several = (n: number, work: () => Promise<void>) => {
    for (let i = 0; i < n; i += 1) {
      const one = again(work);
      // Heard by stop(), also what fails long before it.
      one.catch(() => {});
      all.push(one);
    }
  };
  let now: InFlight = { admissions: 0, signIns: 0, reports: 0 };
  const raise = (wanted: InFlight) => {
    several(wanted.admissions - now.admissions, admissions);
    several(wanted.signIns - now.signIns, signIns);
    several(wanted.reports - now.reports, reports);
    now = wanted;
  };
  raise(inFlight);
  for (const work of works) several(1, work);
  return {
    prepared,
    inFlight: () => now,
    rush: () => raise(inRush),
    isOver: () => isOver,
    take: () => {
      const taken = done;
      done = [];
      return taken;
    },
    async stop() {
      isOver = true;
      const ends = [...(await Promise.allSettled(all)), ...(await Promise.allSettled(watched))];
      for (const end of ends) if (end.status === 'rejected') throw end.reason;
    },
  };
}

async function until<T>(find: () => T | undefined, isOver: () => boolean): Promise<T | undefined> {
  for (;;) {
    const found = find();
    if (found !== undefined || isOver()) return found;
    await pause(emptyMs);
  }
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** All at once, as with a few reports. */
export async function sendPictures(
  { desk, connectorToken }: Together,
  pictures: readonly Buffer[],
): Promise<void> {
  const headers = { authorization: `Bearer ${connectorToken}`, 'content-type': 'application/octet-stream' };
  const send = async (picture: Buffer) => {
    const { status, text } = await call(`${desk}/media`, { method: 'POST', headers, body: picture });
    if (status !== 201) throw new Error(`a picture was answered ${status}: ${text}`);
  };
  await Promise.all(pictures.map(send));
}

async function report({ desk, connectorToken }: Together, locator: string, author: string): Promise<void> {
  const item = {
    platform: 'forum',
    kind: 'post',
    locator,
    author,
    text: `Words of ${locator}, as long as a post of this kind often is. `.repeat(4),
    language: 'en',
    posted: new Date(Date.now() - 3_600_000).toISOString(),
  };
  const { status, text } = await call(`${desk}/reports`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${connectorToken}` },
    body: JSON.stringify({
      capacity: 'user',
      reasons: ['abuse'],
      characteristics: [],
      items: [item],
      statement: 'Please look at this; it has gone on for some days.',
      goodFaith: true,
      wishesToBeTold: true,
    }),
  });
  if (status !== 201) throw new Error(`a report was answered ${status}: ${text}`);
}
