/** Coming back. */
export const recall = {
  title: 'Come back',
  lead: 'Two things bring everything back: who you are, and your four words.',
  one: (evidence: string) => `First sign in at ${evidence}, as you did when you joined.`,
  two: 'Then type your four words here. They never leave this device.',
  go: 'Sign in',
  wordsTitle: 'Type your four words',
  wordsLead: 'From your paper, in order.',
  budget: (all: number, day: number) =>
    `Take your time. There are ${all} tries in all, at most ${day} a day, and each needs a fresh sign-in. A wrong try costs one of them and nothing else. When you get it right, the count starts anew.`,
  triesLeft: (n: number) => (n === 1 ? 'One try is left.' : `${n} tries are left.`),
  today: (n: number) => (n === 1 ? 'One of them today.' : `${n} of them today.`),
  try: 'Come back',
  again: 'Sign in for another try',
  missing: 'This word is missing.',
  lost: 'I have lost my words',
  doneTitle: 'You are back',
  done: 'Same accounts, same standing. Your place was kept.',
  on: 'Go on',
  others: (n: number) =>
    n === 1
      ? 'Before you, somebody else tried your words once, and was wrong.'
      : `Before you, somebody else tried your words ${n} times, and was wrong.`,
  othersMean:
    'If you know who that was, or it was you on another device, all is well. If not, somebody can sign in as you where you prove who you are: change the password there.',
  keepersTitle: 'Who did not help',
  silent: (keeper: string) => `${keeper} did not answer. The others were enough.`,
  wrong: (keeper: string) => `${keeper} gave a wrong answer. It was noticed, and the others were enough.`,
  declined: (keeper: string) => `${keeper} refused. The others were enough.`,
};
