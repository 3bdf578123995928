/** The wallet's own code: what runs here, how it can be checked, and what cannot. */
export const code = {
  title: 'About this code',
  lead: 'This wallet is a program. Whoever can change the program can read what you type into it. So each release is listed in a public log before it is served, and you can compare.',
  looking: 'Looking at the host and at the public log…',
  good: 'What runs here is in the public log.',
  facts: {
    version: 'Version',
    release: 'Release',
    index: 'Entry in the public log',
    checked: 'Last checked',
    kept: 'Kept on this device',
  },
  keptYes: 'yes: no other code runs here until it is in the log too',
  keptNo: 'no: each visit loads it anew',
  next: (version: string) =>
    `A newer release, ${version}, was checked and is in the log. It runs from the next start on.`,
  unreached:
    'The wallet’s host or the public log did not answer, so nothing could be checked just now. What is on this device works. Joining, signing in, new words and messages need the network.',
  again: 'Check now',

  refusedTitle: 'An update was refused',
  firstTitle: 'This code could not be checked',
  refusedKept: 'The release on this device goes on. You can use it as before.',
  refusedFirst:
    'No release is kept on this device yet, so nothing here can vouch for what you see. Do not enter anything that matters. Come back later, or use another device.',
  refusedLink: 'What happened, and what to do',
  why: {
    unlogged: 'The host serves code that is not in the public log.',
    older: 'The host serves an older release than the one on this device.',
    altered: 'The host serves a file that is not the one its release lists.',
    log: 'The public log does not hold: it is not signed as it must be, or it lost what was in it before.',
    policy: 'The host serves a trust policy that does not follow from the one on this device.',
    manifest: 'The host does not say which files its release has.',
  },
  whatToDo: 'What you can do',
  doItems: [
    'Go on with the release on this device. Nothing of the other one has run here.',
    'Do not clear the data of this site, and do not reload with the Shift key: both would fetch what was refused.',
    'Tell whoever runs this wallet. It can be a mistake: code that was served before it was listed.',
    'If it stays like this for days, open the wallet at another host or on another device with your four words.',
  ],

  compareTitle: 'Compare it yourself',
  compare:
    'Open this page on another device, on another network: the release must be the same. On a computer, this command fetches everything a visitor gets and compares it with the log and with the sources:',

  restTitle: 'What this cannot do',
  rest: [
    [
      'The first visit',
      'The first time you came, the code came from the host alone. A host that lied then can go on lying. Comparing on another device is what shows it.',
    ],
    [
      'The host can replace the guard',
      'A small program in your browser, the guard, answers in place of the host. Browsers replace it without asking when the host has another one. The wallet then locks and warns you, if it is open and is given the time. It cannot prevent it.',
    ],
    [
      'The browser can forget',
      'When space is short, or you clear the data of this site, the kept code is gone with everything else. The next visit is a first one. So is one in a private window.',
    ],
    ['Reloading with Shift', 'It goes around the guard and asks the host.'],
    [
      'Logged is not the same as good',
      'The log shows that everybody is served the same code, and that it can be read. It does not read it for you.',
    ],
  ] as [string, string][],

  alarmTitle: 'Stop: the guard of this wallet is being replaced',
  alarmLead:
    'The host has put another program in the place of the one that protects this wallet. It is not listed.',
  alarmItems: [
    'Close this tab now, and all others of this wallet.',
    'Do not unlock it, and do not type your four words here again, whatever a page asks.',
    'Your accounts are not lost. On another device, at a wallet you have checked, your words bring them back.',
    'Make new words there, and remove this device. Tell whoever runs this wallet.',
  ],
  alarmMore:
    'The wallet has locked itself. It could not stop the browser from taking the other program. If this wallet was not locked with a passkey or your words, that program may have read what is on this device.',
  alarmBefore: (day: string) =>
    `On ${day} somebody put another guard in place of this wallet’s. If the wallet was not locked then, go to another device, make new words there, and remove this one.`,
};
