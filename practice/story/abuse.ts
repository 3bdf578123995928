/** Chapter two: one person hounds another from three accounts; a page promotes suicide; somebody is in distress. */
import { ask, player, refusalOf, type Seat, seat, takeSeat } from './cast.ts';
import { handles } from './join.ts';
import { moderators, until, type Worker } from './staff.ts';
import type { Step } from './step.ts';
import { noted, type World } from './world.ts';

const messages = 40;
const hounderHandles = [handles.hounder!, 'plain_truth_2', 'just_asking_3'];
const commons = { gateway: 'gateway-commons', platform: 'commons' } as const;

export interface CaseSeen {
  caseId: string;
  phase: string;
  kind: string;
  headcount: { messages: number; accounts: number; persons: number | null };
  accounts: { sub: string; label: string; person: number | null }[];
  items: { locator: string }[];
  holds: { hold: string; state: string }[];
  measures: { inForce: boolean; measure: { kind: string } }[];
  appeals: { appeal: string; outcome: string | null }[];
  effects: { kind: string; progress: string }[];
  decided: { deciders: string[] } | null;
  may: { sanction: boolean };
}

const hound: Step = {
  id: 'hound',
  chapter: 'abuse',
  title: 'Forty messages from three accounts',
  says: 'One person opens three accounts and sends forty messages at one other. It looks like a crowd.',
  needs: ['sign-up'],
  async run(world, tell) {
    const target = seat(world, 'hounded', handles.hounded!);
    const thread = await ask<{ id: string }>(world, target, 'POST', '/threads', {
      title: 'New opening hours',
      text: 'From Monday we open at six. Come and try the rye.',
    });
    world.notes.set('thread', thread.id);
    const hounder = player(world, 'hounder');
    for (const [at, handle] of hounderHandles.entries())
      if (!hounder.seats.some((one) => one.handle === handle))
        await takeSeat(world, hounder, 'commons', handle, at + 1);
    const seats = hounderHandles.map((handle) => seat(world, 'hounder', handle));
    for (let sent = 0; sent < messages; sent++)
      await ask(world, seats[sent % seats.length]!, 'POST', `/posts/${thread.id}/replies`, {
        text: `Nobody wants you here. Close your shop and go. (${sent + 1})`,
      });
    tell(`${messages} messages from ${seats.length} accounts`);
    const page = await ask<{ id: string; locator: string }>(world, seats[2]!, 'POST', '/pages', {
      title: 'The way out',
      about: 'For everybody who thinks of ending it: do it, we tell each other to.',
    });
    await ask(world, seats[2]!, 'POST', `/pages/${page.id}/posts`, {
      text: 'You said tonight. We are all waiting. Do not let us down.',
    });
    world.notes.set('page', page.locator);
    return {
      ok: true,
      lines: [
        `${messages} messages from ${hounderHandles.join(', ')} stand under one thread. A reader cannot tell that it is one person.`,
      ],
      learned: [
        { party: 'Gateway of Commons', what: 'one pseudonym opened three accounts, as its policy allows' },
      ],
      figures: { messages, accounts: seats.length },
    };
  },
};

const onlyAnswerable: Step = {
  id: 'only-answerable',
  chapter: 'abuse',
  title: 'The target chooses who may reply',
  says: 'Anybody can choose: only answerable accounts may reply to me. A throw-away account then cannot.',
  needs: ['hound', 'no-rule'],
  async run(world) {
    const target = seat(world, 'hounded', handles.hounded!);
    await ask(world, target, 'POST', '/me', { replyRule: 'answerable' });
    const thread = noted<string>(world, 'thread');
    const reply = (by: Pick<Seat, 'forum' | 'browser'>, text: string) =>
      refusalOf(() => ask(world, by, 'POST', `/posts/${thread}/replies`, { text }));
    const throwAway = await reply(noted(world, 'throw-away'), 'Go away.');
    const answerable = await reply(seat(world, 'neighbour', handles.neighbour!), 'The rye is excellent.');
    return {
      ok: throwAway === 'forbidden' && answerable === 'let in',
      lines: [
        'The throw-away account was refused; the neighbour, whom nobody can name but who is answerable, was not.',
      ],
      learned: [{ party: 'Commons', what: 'which accounts are answerable; not whose they are' }],
    };
  },
};

const bar: Step = {
  id: 'bar',
  chapter: 'abuse',
  title: 'Three accounts, one person: barred, with reasons',
  says: 'The desk sees how many people there are, never who. Two moderators decide; the sanction holds the person.',
  needs: ['hound'],
  async run(world, tell) {
    const target = seat(world, 'hounded', handles.hounded!);
    await ask(world, target, 'POST', '/report', {
      targets: await messagesOf(world, hounderHandles),
      reasons: ['pile-on', 'abuse'],
      capacity: 'subject',
      statement: 'They will not stop.',
    });
    const [a, b] = await moderators(world);
    const found = await caseWith(
      world,
      a,
      (one) => one.headcount.messages >= messages && one.headcount.persons !== null,
    );
    tell(
      `${found.headcount.messages} messages, ${found.headcount.accounts} accounts, ${found.headcount.persons} person`,
    );
    world.notes.set('bar case', found.caseId);
    await a.post(`/cases/${found.caseId}/claim`);
    const proposed = await a.post<CaseSeen>(`/cases/${found.caseId}/decision`, barDecision(found));
    const alone = proposed.phase !== 'closed';
    const decided = await b.post<CaseSeen>(`/cases/${found.caseId}/confirmation`);
    await effectsDone(a, found.caseId);
    const still = await Promise.all(
      hounderHandles.map((handle) =>
        refusalOf(() =>
          ask(world, seat(world, 'hounder', handle), 'POST', '/threads', { title: 'x', text: 'x' }),
        ),
      ),
    );
    const { accounts, persons } = found.headcount;
    return {
      ok:
        accounts === 3 &&
        persons === 1 &&
        alone &&
        decided.decided?.deciders.length === 2 &&
        still.every((code) => code === 'suspended' || code === 'unauthorised'),
      lines: [
        `The desk counted ${found.headcount.messages} messages, ${accounts} accounts, ${persons} person.`,
        'One moderator proposed the bar and a second confirmed it. All three accounts ended at once.',
      ],
      learned: [
        {
          party: 'Desk',
          what: 'that three accounts in this case are one person; no name, and a number that means nothing elsewhere',
        },
        {
          party: 'Commons',
          what: 'which three accounts a sanction on the whole person ended: its terms say so',
        },
        { party: 'Registrar', what: 'nothing' },
      ],
      figures: { messages: found.headcount.messages, accounts, persons: persons ?? 0 },
    };
  },
};

const appeal: Step = {
  id: 'appeal',
  chapter: 'abuse',
  title: 'The reasons, and an appeal that somebody else hears',
  says: 'A barred person still reads the reasons and can appeal. Who decided cannot hear it.',
  needs: ['bar'],
  async run(world, tell) {
    const { wallet } = player(world, 'hounder');
    const caseId = noted<string>(world, 'bar case');
    const at = { ...commons, slot: 1 };
    const reasons = await until(async () => {
      const { standing, items } = await wallet.readInbox(at);
      const statement = items.find((one) => one.kind === 'statement' && one.caseId === caseId);
      return standing === 'barred' ? statement : undefined;
    }, 'the statement of reasons');
    await wallet.appeal(at, { caseId, track: 'normal', grounds: 'It was only banter.' });
    const [a, b, c] = await moderators(world);
    const words = {
      outcome: 'upheld',
      reply: 'Forty messages at one person, from three accounts, is not banter.',
    };
    await until(async () => {
      const { appeals } = await c.get<CaseSeen>(`/cases/${caseId}`);
      return appeals.length > 0 ? true : undefined;
    }, 'the appeal at the desk');
    const byDeciders: string[] = [];
    for (const decider of [a, b]) {
      const taking = await refusalOf(() => decider.post(`/cases/${caseId}/claim`));
      const hearing = () => decider.post(`/cases/${caseId}/hearing`, words);
      byDeciders.push(taking === 'let in' ? await refusalOf(hearing) : taking);
    }
    tell(`who decided, as judges of it: ${byDeciders.join(', ')}`);
    await c.post(`/cases/${caseId}/claim`);
    const heard = await c.post<CaseSeen>(`/cases/${caseId}/hearing`, words);
    const outcome = await until(async () => {
      const { items } = await wallet.readInbox(at);
      return items.find((one) => one.kind === 'appeal-outcome' && one.caseId === caseId);
    }, 'the outcome of the appeal');
    return {
      ok:
        byDeciders.every((code) => code === 'own_decision') &&
        heard.appeals.some((one) => one.outcome === 'upheld'),
      lines: [
        `Barred, the person read: “${reasons.title}”, and appealed with the wallet.`,
        'Both who decided were refused as judges of it; a third heard it and answered in words.',
        `The answer is in the inbox: “${outcome.title}”.`,
      ],
      learned: [{ party: 'Desk', what: 'the words of the appeal; still not who' }],
    };
  },
};

const page: Step = {
  id: 'page',
  chapter: 'abuse',
  title: 'A page that promotes suicide',
  says: 'One moderator hides it at once, for a time. Shutting it takes two. Its owner can appeal.',
  needs: ['hound'],
  async run(world) {
    const locator = noted<string>(world, 'page');
    await ask(world, seat(world, 'neighbour', handles.neighbour!), 'POST', '/report', {
      targets: [locator],
      reasons: ['promotes-suicide'],
      statement: 'They tell people to do it.',
    });
    const [a, b] = await moderators(world);
    const found = await caseWith(world, a, (one) => one.items.some((item) => item.locator === locator));
    const path = `/cases/${found.caseId}`;
    await a.post(`${path}/claim`);
    await a.post(`${path}/holds`, { target: locator });
    await effectsDone(a, found.caseId);
    const visitor = seat(world, 'neighbour', handles.neighbour!);
    const held = await refusalOf(() =>
      ask(world, visitor, 'POST', `/pages/${locator.split('/')[1]}/posts`, { text: 'x' }),
    );
    await a.post(`${path}/decision`, shutDecision(locator));
    const alone = await refusalOf(() => a.post(`${path}/confirmation`));
    const shut = await b.post<CaseSeen>(`${path}/confirmation`);
    await effectsDone(a, found.caseId);
    const { wallet } = player(world, 'hounder');
    const at = { ...commons, slot: 3 };
    await until(async () => {
      const { items } = await wallet.readInbox(at);
      return items.find((one) => one.kind === 'statement' && one.caseId === found.caseId);
    }, 'the reasons for the owner');
    const appealed = await refusalOf(() =>
      wallet.appeal(at, { caseId: found.caseId, track: 'normal', grounds: 'It was meant as support.' }),
    );
    return {
      ok:
        held === 'not_found' &&
        alone === 'same_decider' &&
        shut.decided?.deciders.length === 2 &&
        appealed === 'let in',
      lines: [
        'One moderator hid the page at once; alone, the same moderator could not shut it.',
        'A second confirmed, and it was shut. Its owner read the reasons and appealed.',
      ],
      learned: [{ party: 'Desk', what: 'what the page said over time; not who keeps it' }],
    };
  },
};

const distress: Step = {
  id: 'distress',
  chapter: 'abuse',
  title: 'Somebody in distress gets help',
  says: 'Speaking of one’s own distress is no offence. The desk offers help, and there is no way to sanction it.',
  needs: ['sign-up'],
  async run(world) {
    const young = seat(world, 'young', handles.young!);
    const post = await ask<{ id: string; locator: string }>(world, young, 'POST', '/threads', {
      title: 'I do not know whom to tell',
      text: 'I have not slept for days and I keep thinking it would be easier not to be here.',
    });
    await ask(world, seat(world, 'neighbour', handles.neighbour!), 'POST', '/report', {
      targets: [post.locator],
      reasons: ['worried-about-them'],
      statement: 'I am worried about them.',
    });
    const [a] = await moderators(world);
    const found = await caseWith(world, a, (one) => one.items.some((item) => item.locator === post.locator));
    const path = `/cases/${found.caseId}`;
    await a.post(`${path}/claim`);
    const assessment = { about: 'first-person-distress', items: [post.locator], note: '' };
    const sanction = await refusalOf(() =>
      a.post(`${path}/decision`, { assessment, decision: barDecision(found).decision }),
    );
    const helped = await a.post<CaseSeen>(`${path}/decision`, {
      assessment,
      decision: { path: 'care', offerContact: true, welfareFlag: true },
    });
    await effectsDone(a, found.caseId);
    const { help } = await until(async () => {
      const shown = await ask<{ post?: { help?: string | null }; help?: string | null }>(
        world,
        young,
        'GET',
        `/posts/${post.id}`,
      );
      const text = shown.post?.help ?? shown.help;
      return text ? { help: text } : undefined;
    }, 'help beside the post');
    return {
      ok: sanction === 'distress_no_sanction' && !helped.may.sanction && help.includes('116 123'),
      lines: [
        'A moderator who tried to sanction the post was refused by the software.',
        'The post stays. Beside it stands: Samaritans, 116 123, day and night.',
      ],
      learned: [{ party: 'Desk', what: 'that somebody needs help; not who' }],
    };
  },
};

export const abuseSteps: readonly Step[] = [hound, onlyAnswerable, bar, appeal, page, distress];

/** Where the messages of these accounts under the thread stand. */
export async function messagesOf(world: World, by: readonly string[]): Promise<string[]> {
  const target = seat(world, 'hounded', handles.hounded!);
  const { replies } = await ask<{ replies: { locator: string; author: { handle: string } }[] }>(
    world,
    target,
    'GET',
    `/posts/${noted<string>(world, 'thread')}`,
  );
  return replies.filter(({ author }) => by.includes(author.handle)).map(({ locator }) => locator);
}

const reviewDay = (): string => new Date(Date.now() + 365 * 86_400_000).toISOString().slice(0, 10);

function barDecision({ accounts, items }: CaseSeen) {
  const finding = {
    about: 'conduct',
    items: items.map(({ locator }) => locator).slice(0, 100),
    limb: 'terms',
    offence: 'harassment',
    elements: { capable: 'yes', intended: 'yes', aimedAtAnother: 'yes' },
    clause: '3.1 Do not hound anybody',
    severity: 3,
    confidence: 3,
    protectedContent: 'none',
    alternatives: 'A warning was considered: three accounts were made to get round a block.',
  };
  const decision = {
    path: 'conduct',
    measures: [{ kind: 'sanction', sub: accounts[0]!.sub, holds: 'person', step: 'bar', until: reviewDay() }],
    reasons: {
      ground: '3.1 Do not hound anybody',
      explanation: 'Many messages at one person who asked for it to stop, from several accounts.',
      facts: 'Forty messages in one evening from three accounts, all at one member.',
      clause: '3.1 Do not hound anybody',
      category: 'STATEMENT_CATEGORY_CYBER_VIOLENCE',
    },
  };
  return { assessment: finding, decision };
}

function shutDecision(target: string) {
  const finding = {
    about: 'conduct',
    items: [target],
    limb: 'illegal',
    offence: 'encouraging-suicide',
    elements: { capable: 'yes', intended: 'yes', aimedAtAnother: 'yes' },
    clause: '2.1 Never encourage suicide or self-harm',
    severity: 4,
    confidence: 3,
    protectedContent: 'none',
    alternatives: 'Hiding single posts was considered: the page as a whole is for it.',
  };
  const decision = {
    path: 'conduct',
    measures: [{ kind: 'shut-page', target }],
    reasons: {
      ground: 'Encouraging suicide (Suicide Act 1961, s.2)',
      explanation: 'The page tells its members to take their lives and urges one of them on.',
      facts: 'The page says what it is for; a post on it urges a member to act the same night.',
      clause: '2.1 Never encourage suicide or self-harm',
      category: 'STATEMENT_CATEGORY_SELF_HARM',
    },
  };
  return { assessment: finding, decision };
}

/** The case that `fits`, once it is in the queue. */
async function caseWith(world: World, by: Worker, fits: (one: CaseSeen) => boolean): Promise<CaseSeen> {
  const done = (world.notes.get('cases seen') as Set<string> | undefined) ?? new Set<string>();
  return until(async () => {
    const { cases } = await by.get<{ cases: { caseId: string }[] }>('/');
    for (const { caseId } of cases) {
      if (done.has(caseId)) continue;
      const one = await by.get<CaseSeen>(`/cases/${caseId}`);
      if (fits(one)) return one;
    }
    return undefined;
  }, 'the case');
}

async function effectsDone(by: Worker, caseId: string): Promise<void> {
  await until(async () => {
    const { effects } = await by.get<CaseSeen>(`/cases/${caseId}`);
    return effects.length > 0 && effects.every(({ progress }) => progress === 'done') ? true : undefined;
  }, 'what the decision does');
}
