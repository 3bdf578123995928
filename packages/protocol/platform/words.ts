/** A platform policy in plain words, for people who read pages, wallets and terminals. Pure. */
import { type AfterClaim, type PlatformPolicy, platformPolicyHash, type Room } from '../platform-policy.ts';
import { ukLimit, ukRows } from './where.ts';

export interface Section {
  title: string;
  lines: string[];
}

const actWords = {
  read: 'read',
  post: 'post',
  reply: 'reply to somebody you do not know',
  message: 'send a message',
  upload: 'upload a picture or a file',
} as const;
const standingWords = {
  open: 'Anybody can',
  answerable: 'With an account that a person stands behind, unknown to all, you can',
  named: 'Under your own name you can',
} as const;
const fieldWords: Record<PlatformPolicy['disclose'][number], string> = {
  over_13: 'whether you are over 13',
  over_16: 'whether you are over 16',
  over_18: 'whether you are over 18',
  residence: 'whether you live in the UK',
  assurance: 'how surely your identity was checked (not who you are)',
  reset_recent: 'whether you lost your wallet and started over lately',
  name: 'your name, if you chose to put it into your wallet',
};
const stepWords = { warn: 'a warning', restrict: 'a restriction', suspend: 'a suspension', bar: 'a bar' };
export const afterClaimWords: Record<AfterClaim, string> = {
  'stays-open': 'stay as they are',
  'read-only': 'can read and no more',
  locked: 'are locked, with everything in them kept',
};

export const days = (count: number): string => (count === 1 ? '1 day' : `${count} days`);
const list = (words: readonly string[]): string =>
  words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;

/** What can be done in a room, least asked first. */
export function roomLines({ acts }: Pick<Room, 'acts'>): string[] {
  return (['open', 'answerable', 'named'] as const).flatMap((standing) => {
    const these = (Object.keys(actWords) as (keyof typeof actWords)[]).filter(
      (act) => acts[act] === standing,
    );
    return these.length === 0
      ? []
      : [`${standingWords[standing]} ${list(these.map((act) => actWords[act]))}.`];
  });
}

export const fieldInWords = (field: PlatformPolicy['disclose'][number]): string => fieldWords[field];

/** `groundTitles`: of the trust policy, by id; without it grounds are named as the file names them. */
export function explainPolicy(
  policy: PlatformPolicy,
  groundTitles: Readonly<Record<string, string>> = {},
): Section[] {
  const { claim, clocks, forWhom, ladder } = policy;
  const grounds = policy.grounds.map((id) => groundTitles[id] ?? id);
  const sections: Section[] = [
    { title: 'Accounts', lines: accountLines(policy) },
    {
      title: 'What the place learns',
      lines: ['the name you choose to be seen under', ...policy.disclose.map((field) => fieldWords[field])],
    },
    ...(policy.rooms ?? []).map((room) => ({ title: room.title, lines: roomLines(room) })),
    { title: 'For whom', lines: whomLines(forWhom) },
    {
      title: 'When an account can be opened',
      lines: grounds.length === 0 ? ['Never: no ground is named.'] : grounds,
    },
  ];
  if (ladder)
    sections.push({
      title: 'What follows a breach',
      lines: ladder.map(({ step, daysMax }) =>
        daysMax === null
          ? `${stepWords[step]}`
          : step === 'bar'
            ? `a bar, looked at again after ${days(daysMax)} at the latest`
            : `${stepWords[step]} of at most ${days(daysMax)}`,
      ),
    });
  if (clocks)
    sections.push({
      title: 'How soon',
      lines: [
        `A report is decided within ${clocks.decideHours} hours, one of an intimate image within ${clocks.intimateImageHours}.`,
        `A decision can be appealed against for ${days(clocks.appealDays)}; the answer comes within ${days(clocks.appealAnswerDays)}.`,
      ],
    });
  sections.push({
    title: 'How long things are kept',
    lines: [`What holds a closed account is kept for ${days(policy.retention?.closedDays ?? 365)}.`],
  });
  if (claim)
    sections.push({
      title: 'Accounts from before',
      lines: [
        `They can be attached to a person until the end of ${claim.until}, and keep name, posts and followers.`,
        `After that day accounts that nobody attached ${afterClaimWords[claim.afterwards]}.`,
      ],
    });
  return sections;
}

function accountLines(policy: PlatformPolicy): string[] {
  const { accountsMax } = policy;
  return [
    accountsMax === 1
      ? 'One person can have one account here.'
      : `One person can have up to ${accountsMax} accounts here.`,
    ...(policy.sanctionsHoldThePerson
      ? ['A sanction can hold the whole person; it then shows which accounts are theirs.']
      : ['A sanction holds one account, and never the person with their other accounts.']),
    ...(policy.resetNeedsModerator
      ? ['Who lost their wallet and started over lately waits for a moderator.']
      : []),
    ...(policy.relayAddress ? ['The place gets an e-mail address made for it alone.'] : []),
    ...(policy.vouched === 'refused' ? ['People for whom somebody vouched are not taken in.'] : []),
  ];
}

function whomLines(whom: PlatformPolicy['forWhom']): string[] {
  if (whom === undefined || whom === 'everybody') return ['For everybody, wherever they are.'];
  const rows = whom.signs.map(({ sign, counts }) => {
    const { looksAt, saysUk, limit } = ukRows[sign];
    return `We look at ${looksAt}. It says “in the United Kingdom” if ${saysUk}; it counts ${counts === 'alone' ? 'alone' : 'together with another'}. ${limit}`;
  });
  return [
    'For people who are in the United Kingdom. For everybody else every act is open.',
    ...rows,
    whom.otherwise === 'uk'
      ? 'Where nothing says where somebody is, they count as being in the United Kingdom.'
      : 'Where nothing says where somebody is, they count as being elsewhere.',
    ukLimit,
  ];
}

/** Serial and hash, as one line. */
export const namedInWords = (policy: PlatformPolicy): string =>
  `policy ${policy.serial ?? 'without a number'} of ${policy.title}, ${platformPolicyHash(policy)}`;
