/** Back from the proof. */
export const enrolled = {
  title: 'Welcome back',
  lead: 'This takes a few seconds. Please leave this page open.',
  joinedTitle: 'You have joined',
  sealed: (t: number, n: number) =>
    `This is what was sealed about you. Not even the registrar can read it any more: only ${t} of ${n} guardians together can open it. Your wallet has checked it.`,
  name: 'Name',
  birthDate: 'Date of birth',
  evidence: 'Proved by',
  next: 'Next: your four words',
  first: (place: string) => `Go on to ${place} first`,
  firstText: 'Your four words come after it. Until they are set, your accounts live on this device alone.',
  otherWays: 'You can also show who you are another way:',
};
