/** What a sanction by hand will do, and what one is doing, in the words that the people at the console read. */
import type { SanctionEffect } from '@answerable/protocol/report/sanction';
import type { PlatformConfig } from '../config.ts';
import type { SanctionSeen } from '../sanctions/find-sanctions.ts';

export const stepWords = {
  warn: ['Warn', 'nothing changes there; they read why'],
  restrict: ['Restrict', 'they can sign in and read, and do less'],
  suspend: ['Suspend', 'they are signed out, and let in again on a day'],
  bar: ['Bar', 'they are signed out and not let in; it does not end by itself'],
} as const;
type Step = keyof typeof stepWords;
export const holdsWords = {
  account: 'this account and no other',
  person: 'the person, with every account they have there',
} as const;

export interface ToBeDone {
  step: Step;
  holds: 'person' | 'account';
  from: string | undefined;
  until: string | null;
}

/** Everything that follows, a line each. */
export function whatFollows(
  { step, holds, from, until }: ToBeDone,
  { kind, connector, policy: { title } }: PlatformConfig,
): string[] {
  const when = from === undefined ? 'At once' : `On ${from}, when the day begins (UTC)`;
  const whose = holds === 'person' ? 'every account that this person has' : 'the account';
  const shuts = step === 'suspend' || step === 'bar';
  return [
    ...(from === undefined ? [] : [`Until ${from} nothing changes for them. They read your reason today.`]),
    step === 'warn'
      ? `${when}: the warning stands beside ${whose} at ${title}. They can go on as before.`
      : step === 'restrict'
        ? `${when}: ${whose} at ${title} is restricted, until ${until}. They can still sign in.`
        : `${when}: ${whose} at ${title} is signed out. ${
            step === 'suspend'
              ? `They can sign in again on ${until}.`
              : `They cannot sign in any more. It does not end by itself; on ${until} somebody should look at it again.`
          }`,
    ...(holds === 'person' && shuts ? ['They cannot make another account there meanwhile.'] : []),
    ...(holds === 'person' && step !== 'warn'
      ? [`${title} can see by it which accounts are one person’s: its policy says so.`]
      : []),
    ...(step === 'warn' || kind === 'bluesky' ? [] : [actedBy(connector, title)]),
    'They read your reason in their wallet, word for word, and can appeal at the desk.',
  ];
}

const actedBy = (connector: PlatformConfig['connector'], title: string): string =>
  connector
    ? `${title} is told by its connector. What that cannot do is listed under “Not done”.`
    : `${title} has no connector here: what must be done in it besides, somebody does there.`;

/** What follows when one is ended, a line each. */
export const whatEndingDoes = ({ step, phase }: Pick<SanctionSeen, 'step' | 'phase'>): string[] => [
  phase === 'scheduled'
    ? 'It never begins. Whoever it was to hold notices nothing but your words.'
    : step === 'suspend' || step === 'bar'
      ? 'They can sign in again at once, unless something else holds them.'
      : step === 'restrict'
        ? 'They can do as before at once, unless something else holds them.'
        : 'The warning does not stand beside their account any more.',
  'The platform is told, where a connector told it before.',
  'They read your reason in their wallet, word for word.',
];

export function stateInWords({ phase, lifted }: Pick<SanctionSeen, 'phase' | 'lifted'>): string {
  if (lifted) return 'was taken back';
  return { scheduled: 'has not begun', begun: 'holds', over: 'is over' }[phase];
}

const actWords: Record<SanctionEffect['tellings'][number]['what'], string> = {
  'sign-out': 'sign out',
  'suspend-account': 'shut the account',
  'restore-account': 'open the account again',
  'restrict-account': 'restrict the account',
  'end-restriction': 'end the restriction',
};
/** What a platform was to do. */
export const actInWords = (what: string): string =>
  (actWords as Record<string, string>)[what] ?? what.replaceAll('-', ' ');
const tellingStates = {
  done: 'done',
  waits: 'waits',
  'by-hand': 'left to a person',
  needless: 'was not needed any more',
} as const;

/** Of several accounts the one that most needs somebody is told of. */
const urgency = ['by-hand', 'waits', 'done', 'needless'] as const;

/** Each thing that a platform was told, once: two lines of one kind would show that there are two accounts. */
export function toldInWords(tellings: SanctionEffect['tellings']): string[] {
  const most = [...tellings].sort((a, b) => urgency.indexOf(a.state) - urgency.indexOf(b.state));
  return (Object.keys(actWords) as (keyof typeof actWords)[]).flatMap((kind) => {
    const one = most.find(({ what }) => what === kind);
    if (!one) return [];
    return [
      [`to ${actWords[kind]} there: ${tellingStates[one.state]}`, one.words].filter(Boolean).join('. '),
    ];
  });
}
