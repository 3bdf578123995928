/** One line of a case's history in words. */

import { careWords } from '../care/care-words.ts';
import type { ConductMeasure, Decision, Measure } from '../casework/decision.ts';
import type { EventBody } from '../casework/event.ts';

const steps = { warn: 'a warning', restrict: 'a restriction', suspend: 'a suspension', bar: 'a bar' };
const outcomes = {
  upheld: 'The decision stands',
  varied: 'The decision was varied',
  overturned: 'Overturned',
};

const panelWords = { confirmation: 'the proposal', hold: 'the hold', appeal: 'the appeal' };
const complaintOutcomes = { upheld: 'upheld', partly: 'partly upheld', 'not-upheld': 'not upheld' };

export function eventWords(body: EventBody): string {
  switch (body.kind) {
    case 'opened':
      return `Opened as ${body.caseKind}.`;
    case 'reported':
      return `Reported (${body.reasons.join(', ')}) by ${body.capacity}, ${count(body.items.length, 'item')}.`;
    case 'reported-again':
      return `Reported once more by ${body.capacity}, after the decision.`;
    case 'complained':
      return `Complaint (${body.about}) by ${body.capacity}.`;
    case 'added-to':
      return 'Whoever reported has added something.';
    case 'queued':
      return 'Put into its queue.';
    case 'item-seen':
      return `The platform showed ${body.item.locator}.`;
    case 'persons-counted':
      return `Counted: ${count(new Set(body.persons.map((one) => one.person)).size, 'person')}.`;
    case 'distress-marked':
      return `Known as first-person distress from another case: ${body.items.join(', ')}.`;
    case 'claimed':
      return 'Taken.';
    case 'released':
      return 'Given back.';
    case 'handed-over':
      return `Handed over to ${body.to}: ${body.word}`;
    case 'escalated':
      return `Passed on: ${body.why}`;
    case 'refiled':
      return `Filed as ${body.to}: ${body.why}`;
    case 'noted':
      return `Note: ${body.note}`;
    case 'assessed':
      return assessmentWords(body.assessment);
    case 'proposed':
      return `Proposed, waits for a second person: ${decisionWords(body.decision)}`;
    case 'decided':
      return `Decided: ${decisionWords(body.decision)}`;
    case 'confirmed':
      return 'Confirmed by a second person.';
    case 'declined':
      return `Not confirmed: ${body.why}`;
    case 'held':
      return `Held ${body.target} until ${minutes(body.until)}, unless a second person confirms.`;
    case 'hold-confirmed':
      return `Hold confirmed, until ${minutes(body.until)}.`;
    case 'hold-lifted':
      return `Hold lifted. ${body.why}`;
    case 'hold-lapsed':
      return 'The hold lapsed by itself.';
    case 'held-elsewhere':
      return `${body.target} was held in another case until ${minutes(body.until)}.`;
    case 'panel-asked':
      return `Asked ${body.forum} about ${panelWords[body.about]}, answer due ${minutes(body.due)}.`;
    case 'panel-late':
      return 'The forum that was asked has not answered in time.';
    case 'erased':
      return 'The time of this case is over: what it said about people is erased.';
    case 'expired':
      return 'A sanction ended on its day.';
    case 'appealed':
      return `Appealed (${body.track}).`;
    case 'evidence-added':
      return `Evidence added to the appeal${body.media.length > 0 ? `, with ${count(body.media.length, 'picture')}` : ''}.`;
    case 'heard':
      return `Appeal heard. ${outcomes[body.outcome]}.`;
    default:
      return careWords(body);
  }
}

type Finding = Extract<EventBody, { kind: 'assessed' }>['assessment'];

function assessmentWords(finding: Finding): string {
  if (finding.about === 'first-person-distress')
    return 'Found: somebody’s own distress. Help, and no sanction.';
  if (finding.about === 'nothing') return 'Found: nothing against the rules.';
  const limb = finding.limb === 'illegal' ? 'illegal' : 'against the terms';
  return `Found: ${limb}, severity ${finding.severity} of 4, clause ${finding.clause}.`;
}

export function decisionWords(decision: Decision): string {
  if (decision.path === 'none') return 'nothing is done.';
  if (decision.path === 'care') return 'help is shown.';
  if (decision.path === 'complaint')
    return `the complaint is answered: ${complaintOutcomes[decision.outcome]}.`;
  return `${decision.measures.map(measureName).join('; ')}.`;
}

/** A measure in a few words, for moderators. */
export function measureName(measure: Measure | ConductMeasure): string {
  if (measure.kind === 'hide-item') return `${measure.target} is hidden`;
  if (measure.kind === 'shut-page') return `${measure.target} is shut`;
  if (measure.kind === 'show-help') return `help is shown at ${measure.target}`;
  const whose = measure.holds === 'person' ? 'the person' : 'one account';
  const until = measure.until
    ? measure.step === 'bar'
      ? `, review ${measure.until}`
      : `, until ${measure.until}`
    : '';
  return `${steps[measure.step]} for ${whose}${until}`;
}

export const minutes = (at: string): string => `${at.slice(0, 16).replace('T', ' ')} UTC`;
export const count = (n: number, word: string): string => `${n} ${word}${n === 1 ? '' : 's'}`;
