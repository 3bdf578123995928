/** Chapter two, the graver part: a page that promotes suicide, and somebody in distress. */
import { ask, player, refusalOf, seat } from './cast.ts';
import { barDecision, type CaseSeen, caseWith, effectsDone, shutDecision } from './desk-words.ts';
import { handles } from './join.ts';
import { moderators, until } from './staff.ts';
import type { Step } from './step.ts';
import { noted } from './world.ts';

const commons = { gateway: 'gateway-commons', platform: 'commons' } as const;

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
    const found = await caseWith(a, (one) => one.items.some((item) => item.locator === locator));
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
    const found = await caseWith(a, (one) => one.items.some((item) => item.locator === post.locator));
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

export const careSteps: readonly Step[] = [page, distress];
