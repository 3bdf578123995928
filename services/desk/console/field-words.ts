/** What a refusal points at, in words, and where on the case page it stands. */
const fields: Record<string, readonly [words: string, id?: string]> = {
  assessment: ['what you found', 'deciding'],
  'assessment.items': ['which items it is about', 'about-items'],
  'assessment.clause': ['the clause', 'field-clause'],
  'assessment.elements': ['the elements of the offence: each must be shown', 'elements'],
  'assessment.severity': ['the severity', 'select-severity'],
  'assessment.alternatives': ['why something lighter would not do', 'field-alternatives'],
  'decision.measures': ['what is to be done: choose at least one measure', 'measures'],
  'decision.measures.0.until': ['until when', 'select-term'],
  'decision.reasons.ground': ['the rule or law', 'field-ground'],
  'decision.reasons.explanation': ['why it goes against it', 'field-explanation'],
  'decision.reasons.facts': ['what happened', 'field-facts'],
  'decision.reasons.clause': [
    'the clause of the terms: its number comes first, and it stands today',
    'field-clause',
  ],
  'instead.measures': ['what takes the place of the decision', 'measures'],
  reply: ['your answer', 'hearing-reply'],
  rests: ['evidence: the platform itself has not shown anything by this account', 'measures'],
  until: ['a day in the future', 'select-term'],
  why: ['why'],
};

export function fieldWords(pointer: string): { words: string; id: string | undefined } {
  // One measure of several is looked for where all of them stand.
  const [words, id] = fields[pointer] ?? fields[pointer.replace(/\.\d+\./, '.0.')] ?? [pointer];
  return { words, id };
}
