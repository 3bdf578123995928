/** Chapter one: people join, under answerability, under the ban, and without a rule. */
import { withConnection } from '@answerable/kit/database';
import { callJson } from '@answerable/kit/http-client';
import { signInHeadless } from '@answerable/practice-identity-provider/headless';
import { people } from '@answerable/practice-identity-provider/people';
import { type Browser, createBrowser } from '@answerable/practice-people/browser';
import { enrolWithWords } from '@answerable/practice-people/visit';
import { z } from 'zod';
import { ask, type ForumName, player, refusalOf, takeSeat } from './cast.ts';
import type { Outcome, Step } from './step.ts';
import type { World } from './world.ts';

/** Who is there from the beginning; the newcomer comes later. */
export const firstPeople = [
  'hounded',
  'young',
  'survivor',
  'closeted',
  'whistleblower',
  'hounder',
  'neighbour',
] as const;
export const handles: Record<string, string> = {
  hounded: 'warm_crust',
  young: 'paper_kite',
  survivor: 'harbour_light',
  closeted: 'fern_and_stone',
  whistleblower: 'night_shift',
  hounder: 'straight_talk',
  neighbour: 'allotment_9',
};
const lanternHandles: Record<string, string> = {
  survivor: 'quiet_boat',
  closeted: 'blue_door',
  hounder: 'plain_words',
  young: 'asking_for_me',
};

export const nameOf = (id: string): string => {
  const person = people.find((one) => one.id === id)!;
  return `${person.givenName} ${person.familyName}`;
};

const enrol: Step = {
  id: 'enrol',
  chapter: 'join',
  title: 'Everybody proves once who they are',
  says: 'Each person proves who they are to the registrar, once. Their wallet makes the secret; the registrar never sees it.',
  needs: [],
  async run(world, tell) {
    await Promise.all(
      firstPeople.map(async (person) => {
        const who = player(world, person);
        if ((await who.wallet.look()).holds === 'credential') return;
        who.words = await enrolWithWords({ person }, who.wallet);
        tell(`${nameOf(person)} has a credential, a receipt in the log and four words`);
      }),
    );
    const held = await tablesOf(world, 'registrar');
    const ok = firstPeople.every((person) => !held.includes(nameOf(person)));
    return {
      ok,
      lines: [
        `${firstPeople.length} people joined, each with one record; the wallets verified their receipts in the public log.`,
        'No name stands in the registrar’s tables: identities are sealed so that only two of three guardians together can open one.',
      ],
      learned: [
        {
          party: 'Registrar',
          what: 'a name, while it enrols; then a record that says nothing about where it goes',
        },
        { party: 'Keepers', what: 'that somebody enrolled; no name' },
        { party: 'Log', what: 'one root over the day’s records' },
      ],
      figures: { people: firstPeople.length },
    };
  },
};

const signUp: Step = {
  id: 'sign-up',
  chapter: 'join',
  title: 'They sign up at Commons and at Lantern',
  says: 'Commons takes in people whom it cannot name. Lantern does too, and nothing joins the two.',
  needs: ['enrol'],
  async run(world, tell) {
    for (const person of firstPeople) {
      const who = player(world, person);
      if (!who.seats.some(({ forum }) => forum === 'commons'))
        await takeSeat(world, who, 'commons', handles[person]!);
      const quiet = lanternHandles[person];
      if (quiet && !who.seats.some(({ forum }) => forum === 'lantern'))
        await takeSeat(world, who, 'lantern', quiet);
      tell(`${handles[person]} is in`);
    }
    await ask(world, player(world, 'survivor').seats[0]!, 'POST', '/threads', {
      title: 'New in town',
      text: 'Which bakery opens early here?',
    });
    await ask(
      world,
      player(world, 'closeted').seats.find(({ forum }) => forum === 'lantern')!,
      'POST',
      '/threads',
      {
        title: 'How did you tell your family?',
        text: 'I am not ready, but I would like to read how others did.',
      },
    );
    const named = await namesIn(world, ['commons', 'lantern']);
    const crossing = await sharedSubjects(world);
    return {
      ok: named.length === 0 && crossing === 0,
      lines: [
        'Both forums see accounts that are answerable, and no name.',
        'No account of one forum has anything in common with an account of the other.',
      ],
      learned: [
        { party: 'Commons', what: 'a handle and “over 13, lives in the UK”; no name, no person' },
        { party: 'Lantern', what: 'a handle and “over 13”; not that the same person is at Commons' },
        { party: 'Gateways', what: 'one pseudonym per person, another at each forum' },
        { party: 'Registrar', what: 'nothing: it was not asked' },
      ],
      figures: { namesAtTheForums: named.length, sharedBetweenForums: crossing },
    };
  },
};

const underTheBan: Step = {
  id: 'under-the-ban',
  chapter: 'join',
  title: 'The same people, had the motion become law',
  says: 'Under the ban each forum checks and keeps the name of everybody itself.',
  needs: [],
  async run(world, tell) {
    for (const person of firstPeople)
      for (const forum of ['commons-of-the-ban', 'lantern-of-the-ban'] as const) {
        await joinUnderTheBan(world, forum, person);
        tell(`${forum === 'commons-of-the-ban' ? 'Commons' : 'Lantern'} now holds ${nameOf(person)}`);
      }
    const named = await namesIn(world, ['commons-of-the-ban', 'lantern-of-the-ban']);
    return {
      ok: named.length === firstPeople.length,
      lines: [
        `The forums of the ban hold ${named.length} of ${firstPeople.length} real names in their tables.`,
      ],
      learned: [
        {
          party: 'Forums of the ban',
          what: 'name and birth date of everybody, the survivor’s and the young person’s too',
        },
      ],
      figures: { namesAtTheForums: named.length },
    };
  },
};

const noRule: Step = {
  id: 'no-rule',
  chapter: 'join',
  title: 'No rule: a throw-away account',
  says: 'Without a rule anybody signs up with any e-mail address. Then answerability is switched on, for people in the UK, and the next throw-away is refused.',
  needs: ['sign-up'],
  async run(world) {
    const browser = createBrowser();
    await setRule(world, { rule: 'no-rule' });
    const taken = await refusalOf(() =>
      ask(world, { forum: 'commons', browser }, 'POST', '/sign-up', {
        handle: 'nobody_77',
        email: 'nobody@example.org',
      }),
    );
    world.notes.set('throw-away', { forum: 'commons', browser });
    // The forum cannot tell from the address where somebody is: it asks.
    await setRule(world, { rule: 'answerable', forUk: true, geography: null });
    const next = (told: 'uk' | 'elsewhere', handle: string) =>
      refusalOf(() =>
        ask(world, { forum: 'commons', browser: createBrowser() }, 'POST', '/sign-up', {
          handle,
          email: 'other@example.org',
          told,
        }),
      );
    const inUk = await next('uk', 'nobody_78');
    const elsewhere = await next('elsewhere', 'visiteuse');
    await setRule(world, { rule: 'answerable', forUk: false, geography: 'GB' });
    const ok =
      ['let in', 'handle_taken'].includes(taken) &&
      inUk === 'forbidden' &&
      ['let in', 'handle_taken'].includes(elsewhere);
    return {
      ok,
      lines: [
        'With no rule, “nobody_77” signed up with an invented address.',
        'With answerability for people in the UK, the next throw-away in the UK was refused; somebody who lives elsewhere was not bound by the rule.',
      ],
      learned: [{ party: 'Commons', what: 'an e-mail address that nobody checked' }],
    };
  },
};

export const joinSteps: readonly Step[] = [enrol, signUp, underTheBan, noRule];

/** Changes the switches of Commons, as its administrator. */
export async function setRule(
  { network }: World,
  settings: { rule?: 'no-rule' | 'ban' | 'answerable'; forUk?: boolean; geography?: 'GB' | null },
): Promise<void> {
  await callJson(`${network.roles.commons.origin}/admin/settings`, {
    body: settings,
    headers: { authorization: `Bearer ${network.tokens.platformAdmin}` },
    schema: z.unknown(),
  });
}

/** Signs up where the forum itself checks and keeps the name; the browser that is then signed in. */
export async function joinUnderTheBan(world: World, forum: ForumName, person: string): Promise<Browser> {
  const browser = createBrowser();
  const { origin } = world.network.roles[forum];
  const provider = new URL(world.network.roles['identity-provider'].origin);
  const door = await browser.open(`${origin}/sign-in/identity`, (url) => url.origin === provider.origin);
  const back = await signInHeadless({ authorizationUrl: door.url, person, fetch: browser.fetch });
  await browser.open(back);
  return browser;
}

/** Every row of a role's database, as text. */
export async function tablesOf({ network }: World, role: keyof World['network']['roles']): Promise<string> {
  const url = network.roles[role].databaseUrl;
  if (!url) return '';
  return withConnection(url, async (run) => {
    const tables = await run(
      `select tablename as name from pg_tables where schemaname = 'public' and tablename <> 'migration'`,
    );
    const texts: string[] = [];
    for (const { name } of tables) {
      const rows = await run(`select to_jsonb(t)::text as row from "${String(name)}" t`);
      texts.push(...rows.map(({ row }) => String(row)));
    }
    return texts.join('\n');
  });
}

async function namesIn(world: World, forums: readonly ForumName[]): Promise<string[]> {
  const held = (await Promise.all(forums.map((forum) => tablesOf(world, forum)))).join('\n');
  return firstPeople.map(nameOf).filter((name) => held.includes(name));
}

/** How many identifiers of at least 20 letters stand in the tables of both forums. */
async function sharedSubjects(world: World): Promise<number> {
  const [one, other] = await Promise.all([tablesOf(world, 'commons'), tablesOf(world, 'lantern')]);
  const long = (text: string) => new Set(text.match(/"[A-Za-z0-9_-]{20,}"/g) ?? []);
  const there = long(other);
  return [...long(one)].filter((value) => there.has(value)).length;
}

export type { Outcome };
