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
    `You have ${all} tries in all, at most ${day} a day. The count starts anew when you get it right.`,
  triesLeft: (n: number) => (n === 1 ? 'One try is left.' : `${n} tries are left.`),
  today: (n: number) => (n === 1 ? 'One of them today.' : `${n} of them today.`),
  try: 'Come back',
  again: 'Sign in for another try',
  missing: 'All four words are needed.',
  lost: 'I have lost my words',
  doneTitle: 'You are back',
  done: 'Same accounts, same standing. Your place was kept.',
  on: 'Go on',
};
