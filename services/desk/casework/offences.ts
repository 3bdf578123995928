/**
 * What must be found of an offence before anybody is held to be outside the law. Which offences there are, and
 * how each element is asked, stands in the law packs; here is the least that no pack can leave out, so that the
 * transition can refuse by itself. Who speaks of their own distress encourages nobody.
 */
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
