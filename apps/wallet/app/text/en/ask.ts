/** A place asks. */
export const ask = {
  title: (place: string) => `${place} asks`,
  whoTitle: 'Who asks',
  place: 'Place',
  through: 'Through',
  address: 'Your answer goes to',
  checked:
    'The wallet has checked it: this address and this signature are in the rules of the network. Nobody else can get your answer.',
  cameFrom: 'You did not come from there just now? Then say no.',
  learnTitle: 'What it learns',
  learnPerson: 'That you are one real person, who has no more accounts here than the rules allow.',
  learnAttribute: (name: string, value: string) => `${name}: ${value}`,
  learnBlank: (name: string) => `${name}: nothing yet, you have no credential.`,
  learnHandle: 'The name you choose below.',
  learnHandleThere: 'The name and the e-mail address that you give its server yourself, afterwards.',
  learnKept: (gateway: string) =>
    `${gateway} keeps what your wallet shows with your account and does not tell the server. Whoever runs both can look there.`,
  learnClaims: (name: string) => `The name “${name}”, which it knows already.`,
  learnRelay: 'An e-mail address made for this place only. Mail to it is thrown away.',
  flags: {
    over_13: { yes: 'That you are 13 or older.', no: 'That you are younger than 13.' },
    over_16: { yes: 'That you are 16 or older.', no: 'That you are younger than 16.' },
    over_18: { yes: 'That you are 18 or older.', no: 'That you are younger than 18.' },
    reset_recent: {
      yes: 'That you started over in the last two years.',
      no: 'That you did not start over in the last two years.',
    },
    residence: {
      gb: 'That you live in the United Kingdom.',
      elsewhere: 'That you live outside the United Kingdom.',
      unknown: 'That you did not say where you live.',
    },
    name: { '': 'Your name is asked for; it is blank, so nothing is shown.' },
  } as Record<string, Record<string, string>>,
  neverTitle: 'What it never learns',
  neverName: 'Your name.',
  neverDocuments: 'Your birth date and your documents.',
  neverElsewhere: 'Your accounts at other places.',
  neverContact: 'Your e-mail address and your phone number.',
  neverContactThere:
    'Your e-mail address and your phone number, unless you give them to the server yourself.',
  holdsTitle: 'If you break its rules',
  holds:
    'If it bars you, it bars the person: all your accounts here, not those elsewhere. Its people may then see which of its accounts are yours.',
  moderator: 'You started over lately, so one of its moderators looks before you can write.',
  vouchedRefused: 'It does not take in people for whom somebody vouched. Its public rules say so.',
  roomsTitle: 'What you can do there',
  claims: (name: string) =>
    `You attach the account “${name}” from before. It keeps its name, its posts and its followers, and you answer for it.`,
  claimsNotMine: 'It is not yours? Then say no.',
  claimsName: (name: string) => `You go in as “${name}”, the name that the account has.`,
  claimsLeft: (name: string) => `Then “${name}” is not attached to you.`,
  wayClaims: (name: string) => `I attach “${name}”`,
  openTitle: 'Who could open this account',
  open: (t: number, n: number) => `Only ${t} of these ${n} together, in public, one account at a time:`,
  openGrounds: 'On these grounds only',
  countsTitle: 'How often that happens',
  counting: 'The wallet is counting, in the public log…',
  notCounted: 'The log cannot be read just now, so there are no numbers.',
  opened: (n: number) =>
    n === 0
      ? 'In the last year no account was opened, in the whole network.'
      : n === 1
        ? 'In the last year one account was opened, in the whole network.'
        : `In the last year ${n.toLocaleString('en-GB')} accounts were opened, in the whole network.`,
  refusedOnce: (least: number, most: number) =>
    most === 0
      ? 'No request was refused.'
      : least === most
        ? `${most} ${most === 1 ? 'request was' : 'requests were'} refused.`
        : `Between ${least} and ${most} requests were refused: guardians count each for themselves.`,
  countsUntil: (day: string) => `Refusals are told once a quarter, so far up to ${day}.`,
  silent: (names: string) => `Not told by ${names}.`,
  countsSource: (n: number) =>
    `Your wallet counted this itself, in all ${n.toLocaleString('en-GB')} entries of the public log. Openings that are held back are not in it yet.`,
  fewTitle: 'Few people are here yet',
  few: (people: number, here: number | null) =>
    `${people === 0 ? 'Nobody has joined this network yet' : `${people === 1 ? 'One person has' : `${people} people have`} joined this network`}${here === null || people === 0 ? '' : here === 0 ? '; nobody is here yet' : `; ${here} of them ${here === 1 ? 'is' : 'are'} here`}. Among so few you can be guessed, by when you come and what you show. Waiting a few days helps a little.`,
  waitTitle: 'Wait before I first go anywhere',
  waitText:
    'Who joins and signs up at once can be matched by the time. If you choose to wait, this wallet makes no new account before then.',
  waitFor: 'How long',
  waitDays: (n: number) => (n === 1 ? 'Until tomorrow' : `${n} days`),
  waitGo: 'Wait',
  waiting: (day: string) => `You chose to wait. This wallet makes no new account before ${day}.`,
  waitingText: 'Come back to the place after that. If you have an account here, you can sign in now.',
  waitingStop: 'I do not want to wait any longer',
  waitingSure: 'I know that my account may then be matched with the time I joined.',
  waitingEnd: 'Stop waiting',
  wayTitle: 'How do you want to go in?',
  wayNew: 'I am new here',
  wayOld: 'I have an account here',
  namedThere: 'You choose your name at the server, when you make the account with your invite code.',
  handle: 'Name to be seen under',
  handleHint: '3 to 30 letters a–z, digits or _. A name you use nowhere else keeps you apart.',
  handleWrong: 'Use 3 to 30 letters a–z, digits or _.',
  handleElsewhere:
    'You have used this name at another place. Who knows both can tell that you are one person. Press Continue again to use it all the same.',
  handleOther: 'Another name',
  slotTitle: 'More than one account here',
  slot: 'Which account',
  nth: (n: number) =>
    ['My first account', 'My second account', 'My third account'][n - 1] ?? `My account number ${n}`,
  go: 'Continue',
  no: 'No',
  going: (place: string) => `Taking you back to ${place}…`,
  join: 'You need to join first. It takes about a minute; then you come back here.',
  none: 'No place is waiting for an answer. Go to the place and sign in there.',
  noneTitle: 'Nothing to answer',
  refusedTitle: (place: string) => `${place} said no`,
  readReasons: 'Read the reasons',
  signInInstead: 'Sign in to that account',
  goOn: 'Go on with these rules',
  newInstead: 'Make a new account',
};
