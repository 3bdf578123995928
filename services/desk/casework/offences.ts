/**
 * What must be found of an offence before anybody is held to be outside the law. Which offences there are, and
 * how each element is asked, stands in the law packs; here is the least that no pack can leave out, so that the
 * transition can refuse by itself. Who speaks of their own distress encourages nobody.
 */
import { Refusal } from '@answerable/protocol/refusal';
import type { Assessment } from './decision.ts';
import type { CaseRules } from './event.ts';

type ConductFinding = Extract<Assessment, { about: 'conduct' }>;

const encouraging = ['capable', 'intended', 'aimedAtAnother'];
const least: Readonly<Record<string, readonly string[]>> = {
  'encouraging-suicide': encouraging,
  'encouraging-self-harm': encouraging,
  threat: ['conveysThreat', 'fearMeant'],
  harassment: ['course', 'harassing', 'oughtToKnow'],
  'stirring-up-hatred': ['threatening', 'hatredMeant', 'againstAGroup'],
  'intimate-image': ['showsSomebody', 'withoutConsent', 'noReasonableBelief'],
  other: ['conduct', 'stateOfMind'],
};

/** Elements without which `offence` is not made out; undefined for one that only a pack knows. */
export const leastElements = (offence: string): readonly string[] | undefined => least[offence];

/**
 * Refuses `reasons_missing` where something is called illegal and not every element of the offence is shown.
 * Cases from before there were law packs know the elements of encouraging only, and stay as they were.
 */
export function requireElements(rules: CaseRules, { limb, offence, elements }: ConductFinding): void {
  if (limb !== 'illegal') return;
  const needed = rules.packs
    ? (leastElements(offence ?? '') ?? [])
    : offence === 'encouraging-suicide'
      ? encouraging
      : null;
  if (needed === null) return;
  const named = offence !== null && Object.keys(elements).length > 0;
  const shown = Object.values(elements).every((one) => one === 'yes');
  if (!named || !shown || needed.some((id) => elements[id] !== 'yes'))
    throw new Refusal('reasons_missing', 'assessment.elements');
}
