/** What changes between two policies of one platform, in plain words, gravest first. Pure. */
import { type Act, acts, type PlatformPolicy, standings } from '../platform-policy.ts';
import { ladder } from '../report/sanction.ts';
import { everyRoom } from './standing-needed.ts';
import { afterClaimWords, days, fieldInWords } from './words.ts';

export interface Change {
  /** 3: takes something from people; 2: asks more; 1: gives, or is small */
  gravity: 1 | 2 | 3;
  forWhom: 'everybody' | 'visitors' | 'new accounts' | 'accounts from before';
  says: string;
  /** Holders of accounts are held to it only after agreeing at their next presentation. */
  consent: boolean;
}

const actNames: Record<Act, string> = {
  read: 'reading',
  post: 'posting',
  reply: 'replying to strangers',
  message: 'sending messages',
  upload: 'uploading',
};

export function changesBetween(before: PlatformPolicy, now: PlatformPolicy): Change[] {
  const changes = [
    ...grounds(before, now),
    ...disclosures(before, now),
    ...numbers(before, now),
    ...roomChanges(before, now),
    ...claims(before, now),
    ...steps(before, now),
    ...rest(before, now),
  ];
  return changes.sort((a, b) => b.gravity - a.gravity || Number(b.consent) - Number(a.consent));
}

const change = (
  gravity: Change['gravity'],
  forWhom: Change['forWhom'],
  says: string,
  consent = false,
): Change => ({ gravity, forWhom, says, consent });

const added = <T>(before: readonly T[], now: readonly T[]): T[] => now.filter((one) => !before.includes(one));

const grounds = (before: PlatformPolicy, now: PlatformPolicy): Change[] => [
  ...added(before.grounds, now.grounds).map((id) =>
    change(
      3,
      'everybody',
      `An account can also be opened on the ground “${id}”, once its holder has agreed.`,
      true,
    ),
  ),
  ...added(now.grounds, before.grounds).map((id) =>
    change(1, 'new accounts', `No new account can be opened on the ground “${id}”.`),
  ),
];

const disclosures = (before: PlatformPolicy, now: PlatformPolicy): Change[] => [
  ...added(before.disclose, now.disclose).map((field) =>
    change(3, 'everybody', `The place also learns ${fieldInWords(field)}, once the holder has agreed.`, true),
  ),
  ...added(now.disclose, before.disclose).map((field) =>
    change(1, 'everybody', `The place no longer asks ${fieldInWords(field)}.`),
  ),
];

function numbers(before: PlatformPolicy, now: PlatformPolicy): Change[] {
  const changes: Change[] = [];
  if (now.accountsMax < before.accountsMax)
    changes.push(
      change(
        2,
        'new accounts',
        `One person can have ${now.accountsMax}, not ${before.accountsMax}. Accounts that exist stay.`,
      ),
    );
  if (now.accountsMax > before.accountsMax)
    changes.push(
      change(1, 'new accounts', `One person can have ${now.accountsMax}, not ${before.accountsMax}.`),
    );
  if (now.sanctionsHoldThePerson && !before.sanctionsHoldThePerson)
    changes.push(
      change(
        3,
        'everybody',
        'A sanction can hold the whole person and shows which accounts are theirs.',
        true,
      ),
    );
  if (!now.sanctionsHoldThePerson && before.sanctionsHoldThePerson)
    changes.push(change(1, 'everybody', 'A sanction no longer holds the whole person.'));
  const [was, is] = [before.retention?.closedDays ?? 365, now.retention?.closedDays ?? 365];
  if (was !== is)
    changes.push(
      change(
        is > was ? 2 : 1,
        'everybody',
        `What holds a closed account is kept for ${days(is)}, not ${days(was)}.`,
        is > was,
      ),
    );
  return changes;
}

function roomChanges(before: PlatformPolicy, now: PlatformPolicy): Change[] {
  const titles = new Map([...(before.rooms ?? []), ...(now.rooms ?? [])].map(({ id, title }) => [id, title]));
  const actsIn = (policy: PlatformPolicy, id: string) =>
    policy.rooms ? policy.rooms.find((room) => room.id === id)?.acts : everyRoom;
  return [...titles].flatMap(([id, title]) => {
    const [old, next] = [actsIn(before, id), actsIn(now, id)];
    if (!next) return [change(3, 'everybody', `The room “${title}” is no longer there.`)];
    if (!old) return [change(1, 'everybody', `There is a new room, “${title}”.`)];
    return acts.flatMap((act): Change[] => {
      const [was, is] = [old[act], next[act]];
      if (was === is) return [];
      if (is === undefined) return [change(3, 'everybody', `In “${title}”, ${actNames[act]} ends.`)];
      if (was === undefined)
        return [change(1, 'everybody', `In “${title}”, ${actNames[act]} begins: ${is}.`)];
      const harder = standings.indexOf(is) > standings.indexOf(was);
      const whom = was === 'open' || is === 'open' ? 'visitors' : 'everybody';
      return [change(harder ? 2 : 1, whom, `In “${title}”, ${actNames[act]} is ${is}, not ${was}.`)];
    });
  });
}

function claims({ claim: was }: PlatformPolicy, { claim: is }: PlatformPolicy): Change[] {
  if (!was && is)
    return [
      change(
        is.afterwards === 'stays-open' ? 2 : 3,
        'accounts from before',
        `They attach to a person until the end of ${is.until}; after it those that did not ${afterClaimWords[is.afterwards]}.`,
      ),
    ];
  if (was && !is) return [change(1, 'accounts from before', 'They need not attach to a person any more.')];
  if (!was || !is) return [];
  return [
    ...(was.until === is.until
      ? []
      : [
          change(
            is.until < was.until ? 3 : 1,
            'accounts from before',
            `They have until the end of ${is.until} to attach to a person, not ${was.until}.`,
          ),
        ]),
    ...(was.afterwards === is.afterwards
      ? []
      : [
          change(
            is.afterwards === 'stays-open' ? 1 : 3,
            'accounts from before',
            `Those that nobody attached then ${afterClaimWords[is.afterwards]}, and do not ${afterClaimWords[was.afterwards]}.`,
          ),
        ]),
  ];
}

function steps(before: PlatformPolicy, now: PlatformPolicy): Change[] {
  const daysOf = (policy: PlatformPolicy) =>
    new Map(policy.ladder?.map(({ step, daysMax }) => [step, daysMax]) ?? ladder.map((step) => [step, null]));
  const [old, next] = [daysOf(before), daysOf(now)];
  return ladder.flatMap((step): Change[] => {
    if (!next.has(step))
      return old.has(step) ? [change(1, 'everybody', `The step “${step}” is no longer taken.`)] : [];
    if (!old.has(step)) return [change(3, 'everybody', `The step “${step}” is new.`, true)];
    const [was, is] = [old.get(step) ?? null, next.get(step) ?? null];
    if (was === is) return [];
    const longer = is === null || (was !== null && is > was);
    const words = is === null ? 'has no longest time any more' : `lasts at most ${days(is)}`;
    return [change(longer ? 3 : 1, 'everybody', `The step “${step}” ${words}.`, longer)];
  });
}

function rest(before: PlatformPolicy, now: PlatformPolicy): Change[] {
  const differs = (field: keyof PlatformPolicy) =>
    JSON.stringify(before[field]) !== JSON.stringify(now[field]);
  const changes: Change[] = [];
  if (differs('title')) changes.push(change(1, 'everybody', `The place is called ${now.title}.`));
  if (differs('forWhom'))
    changes.push(
      now.forWhom === undefined || now.forWhom === 'everybody'
        ? change(2, 'visitors', 'The policy holds for everybody, wherever they are.')
        : change(2, 'visitors', 'Who counts as being in the United Kingdom is decided by another table.'),
    );
  if (differs('clocks'))
    changes.push(change(2, 'everybody', 'Times to decide, to appeal and to answer change.'));
  if (differs('relayAddress'))
    changes.push(
      now.relayAddress
        ? change(2, 'everybody', 'The place gets an e-mail address made for it alone.', true)
        : change(1, 'everybody', 'The place gets no e-mail address any more.'),
    );
  if (differs('vouched'))
    changes.push(
      change(
        now.vouched === 'refused' ? 2 : 1,
        'new accounts',
        now.vouched === 'refused'
          ? 'People for whom somebody vouched are not taken in.'
          : 'People for whom somebody vouched are taken in.',
      ),
    );
  if (differs('resetNeedsModerator'))
    changes.push(
      change(
        now.resetNeedsModerator ? 2 : 1,
        'everybody',
        now.resetNeedsModerator
          ? 'Who lost their wallet and started over lately waits for a moderator.'
          : 'Who started over lately need not wait for a moderator.',
      ),
    );
  return changes;
}
