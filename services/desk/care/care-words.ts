/** Alarms and looking in again, in words for the people who work here. */
import type {
  AfterDeathAsk,
  AfterDeathAsker,
  AlarmOutcome,
  AlarmRisk,
  AlarmStepKind,
  CareEvent,
  WelfareSight,
  WelfareWish,
} from '../casework/care.ts';

export const riskWords: Record<AlarmRisk, string> = {
  'the-author': 'the person who wrote it',
  'somebody-else': 'somebody else',
  'not-clear': 'not clear who',
};
export const stepWords: Record<AlarmStepKind, string> = {
  'called-emergency': 'Called the emergency services',
  'called-guardian': 'Called somebody on call',
  'wrote-to-person': 'Wrote to the person',
  'help-shown': 'Showed help beside what they wrote',
  'told-authority': 'Told an authority how to ask for an opening',
  'colleague-told': 'Told a colleague',
  other: 'Something else',
};
export const outcomeWords: Record<AlarmOutcome, string> = {
  'with-emergency-services': 'The emergency services have it in hand',
  safe: 'The person is safe, as far as we know',
  'not-reached': 'Nobody could be reached',
  died: 'Somebody has died',
  mistaken: 'It was a mistake: nobody was at risk',
  other: 'Something else',
};
export const sightWords: Record<WelfareSight, string> = {
  'still-here': 'Still here: they have written something since',
  answered: 'They answered',
  worried: 'I am worried',
  'cannot-tell': 'I cannot tell',
};
export const wishWords: Record<WelfareWish, string> = {
  'leave-alone': 'They asked to be left alone',
  'get-in-touch': 'They asked us to get in touch',
};

export const askerWords: Record<AfterDeathAsker, string> = {
  family: 'family',
  friend: 'a friend',
  coroner: 'a coroner or a coroner’s officer',
  police: 'a police liaison officer',
  'the-account-holder': 'the holder of the account',
  other: 'somebody else',
};
export const askWords: Record<AfterDeathAsk, string> = {
  memorial: 'keep the account as a memorial',
  preserve: 'keep what was written from being erased',
  'copy-for-coroner': 'a copy for the coroner',
  'quiet-thread': 'calm a thread, or stop people from being hounded',
  'this-is-a-mistake': 'this is a mistake: the person is alive',
  other: 'something else',
};

/** One line of a case's history. */
export function careWords(body: CareEvent): string {
  switch (body.kind) {
    case 'asked-after-death':
      return body.by === 'the-desk'
        ? 'Begun by the desk after a death.'
        : `Asked after a death (${askerWords[body.by]}): ${body.asks.map((one) => askWords[one]).join('; ')}.`;
    case 'preserved':
      return 'Kept from erasure.';
    case 'preservation-ended':
      return 'Not kept from erasure any more.';
    case 'alarm-raised':
      return `Alarm: somebody may die (${riskWords[body.risk]}). ${body.why}`;
    case 'alarm-step':
      return `${stepWords[body.step]}. ${body.note}`.trim();
    case 'alarm-ended':
      return `The alarm is over. ${outcomeWords[body.outcome]}. ${body.note}`;
    case 'welfare-due':
      return 'Time to look in on them again.';
    case 'welfare-wished':
      return `${wishWords[body.wish]}.`;
    case 'welfare-checked': {
      const wrote = body.words === null ? '' : ' Wrote to them.';
      const next =
        body.next === null ? ' No further look is planned.' : ` Again on ${body.next.slice(0, 10)}.`;
      return `Looked in. ${sightWords[body.seen]}. ${body.note}${wrote}${next}`;
    }
  }
}
