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
  document: 'Document',
  noDocument: 'none',
  documents: {
    passport: 'Passport',
    'driving-licence': 'Driving licence',
    'identity-card': 'Identity card',
    'residence-permit': 'Residence permit',
  },
  documentLine: (kind: string, issuer: string, number: string) => `${kind}, ${issuer}, number ${number}`,
  vouchedBy: (organisation: string, kind: string, known: string) =>
    `${organisation} (${kind}), which vouched for you: ${known}`,
  organisations: {
    council: 'council',
    refuge: 'refuge',
    library: 'library',
    school: 'school or college',
    surgery: 'GP surgery',
  },
  known: {
    'registered there': 'you are registered there',
    'supported there': 'you are supported there',
    'known for two years': 'you have been known there for two years',
    'checked there': 'you were checked there',
  },
  assurance: 'How surely',
  assurances: { referee: 'on their word', medium: 'checked', high: 'checked closely' },
  exactly: 'Word for word as it is sealed',
  next: 'Next: your four words',
  first: (place: string) => `Go on to ${place} first`,
  firstText: 'Your four words come after it. Until they are set, your accounts live on this device alone.',
  otherWays: 'You can also show who you are another way:',
};
