/** Before proving who one is. */
export const join = {
  title: 'Join',
  one: (evidence: string, registrar: string) =>
    `You prove once who you are, at ${evidence}. ${registrar} sees your name there, and never where you go.`,
  oneOfSeveral: (registrar: string) =>
    `You prove once who you are. ${registrar} sees your name then, and never where you go.`,
  two: 'Your wallet gets a credential: one real person, nothing else. It stays on this device.',
  three: (t: number, n: number) =>
    `Places never see your name. Only ${t} of ${n} guardians together can open one account, and only in public.`,
  how: 'How do you want to show who you are?',
  openidNeeds:
    'You sign in or make an account there, and show a document such as a passport or a driving licence.',
  go: 'Prove who I am',
  going: 'Taking you there…',
  notNow: 'Not now',
  who: 'Who are the guardians?',
  whoLead: (t: number) => `These organisations. Any ${t} of them must agree, and the public log shows it:`,
};
