/** The person's own record, and leaving. */
export const record = {
  title: 'Your record',
  lead: 'This is everything the registrar keeps about you. Only somebody with your secret can see this page: signing in as you is not enough.',
  loading: 'Asking the registrar, and checking what it says…',
  live: 'Your record is in order.',
  suspended: 'Your record is suspended.',
  suspendedText:
    'Nothing is renewed for now, and what you have stops working when its time is over. Nothing of yours is deleted. If this is wrong, tell the registrar; two people look at it.',
  ended: (day: string) => `Your record was ended on ${day}.`,
  endedText:
    'To come back, prove who you are and type your four words. You will be the same person as before.',
  reasons: {
    death: 'A death was reported.',
    fraud: 'A fraud was reported.',
    'own-wish': 'You asked for it.',
  },
  kept: 'What is kept',
  joined: 'Joined',
  routes: 'Showed who you are',
  route: (purpose: string, route: string, day: string) =>
    `${day}: ${purpose}, by ${route === 'referee' ? 'somebody who vouched' : route}`,
  purposes: { join: 'to join', return: 'to come back', reset: 'to start over' },
  words: 'Four words',
  wordsSet: (times: number) => (times === 1 ? 'set' : `set ${times} times`),
  wordsMissing: 'not set',
  resets: 'Started over',
  never: 'never',
  resetsSome: (n: number, last: string) => `${n === 1 ? 'once' : `${n} times`}, last on ${last}`,
  identifiers: 'Codes to find you again',
  identifiersSome: (n: number) =>
    `${n}. They are made of your documents and sign-ins so that you cannot have two records. Nobody can read your name in them.`,
  name: 'Name, birth date, documents',
  seals: {
    logged: (t: number, n: number) =>
      `Sealed. ${t} of ${n} guardians must agree before anybody can read them. The wallet has just checked that the public log holds this very seal.`,
    'not-logged-yet': () => 'Sealed. The public log will hold this seal in a few minutes.',
    erased: () => 'Erased.',
  },
  notKept: 'What the registrar does not have',
  notKeptText:
    'Your name in clear, where you have accounts, what you are called there, what you write, and your four words.',
  take: 'Take it along',
  takeText:
    'One file with all of this, the sealed part and its proof. You can keep it, and whoever you show it to can check it. It does not open anything.',
  save: 'Save as a file',
  print: 'Print this page',
  saved: 'The file is saved.',
  showName: 'Your name',
  showNameText:
    'Places do not see your name. Some have rooms where people write under it. If you want that, show once more who you are: your name is then in your credential until the next one, in a few weeks at most. You say for each account whether the place is told. What it was told it cannot be made to forget.',
  showNameGo: 'Put my name in my credential',
  devices: 'Your devices',
  leave: 'End my record',
  leaveTitle: 'End your record',
  leaveLead: 'You can leave. Please read first what that does and what it does not do.',
  leaves: 'What ends',
  leavesList: [
    'You get no more credentials, so you can make no new accounts.',
    'Your accounts at every place on the list, if you close them here first.',
  ],
  stays: 'What stays, and for how long',
  staysIdentity: (length: string) =>
    `Your sealed name, for ${length}. Until then you can still be answerable for what you did before. Then it is erased.`,
  staysTags: (length: string) =>
    `The codes to find you again, and what your four words open, for ${length}: as long as a ban can last. So nobody can end and join again to get rid of one.`,
  staysPlaces: 'What you wrote, at the places where you wrote it. Ask them.',
  staysBack:
    'Until then you can come back as the same person, with a proof of who you are and your four words.',
  wait: (days: number) =>
    `You ask now, wait ${days} days, and then say it once more. Until then any of your devices can stop it. So nobody can do this to you in a moment when your device was open.`,
  closeFirst: 'Close my accounts',
  closeText:
    'The wallet asks every place on the list at once. Somebody who watches all of them could see that.',
  closing: 'Closing…',
  closedNone: 'You have no open account anywhere on the list.',
  closedSome: (places: string) => `Closed: ${places}.`,
  closedSilent: (names: string) => `These did not answer; try again later: ${names}.`,
  ask: 'Ask to end my record',
  asked: (day: string) => `Somebody asked on ${day} to end this record.`,
  confirmFrom: (day: string) =>
    `If that was you, come back from ${day} on, and say it once more under “End my record”.`,
  lapses: (day: string) => `If nobody does by ${day}, it lapses.`,
  notYou: 'If that was not you, stop it now, make new words, and look at your devices.',
  stop: 'Stop it',
  stopped: 'Stopped. Your record goes on.',
  confirm: 'End my record now',
  done: 'Your record is ended.',
  doneText:
    'This device still holds your secret, for coming back or for looking at what is left. You can let it forget you.',
  removedTitle: 'This device was removed',
  removedText:
    'Another device of yours removed this one, so everything here was erased. If that was not you, come back with your four words and look at your devices.',
  homeText: 'Everything that is kept about you, your devices, and how to leave.',
  homeGo: 'Look at my record',
};
