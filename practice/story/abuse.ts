/** Chapter two: one person hounds another from three accounts, is barred as a person, and appeals. */
import { ask, player, refusalOf, type Seat, seat, takeSeat } from './cast.ts';
import { barDecision, type CaseSeen, caseWith, effectsDone } from './desk-words.ts';
import { handles } from './join.ts';
import { moderators, until } from './staff.ts';
import type { Step } from './step.ts';
import { noted, type World } from './world.ts';

const messages = 40;
const hounderHandles = [handles.hounder!, 'plain_truth_2', 'just_asking_3'];
const commons = { gateway: 'gateway-commons', platform: 'commons' } as const;

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

export const abuseSteps: readonly Step[] = [hound, onlyAnswerable, bar, appeal];

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
