/** Alarms and looking in again, in words for the people who work here. */
import type {
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

/** One line of a case's history. */
export function careWords(body: CareEvent): string {
  switch (body.kind) {
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
