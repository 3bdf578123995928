/** Who tries to come back as this person: cards on the home screen, and the page on which to look. */
const times = (n: number) => (n === 1 ? 'once' : n === 2 ? 'twice' : `${n} times`);

export const wayBack = {
  triesTitle: 'Somebody tried your four words',
  tries: (n: number, last: string | null) =>
    `${times(n).replace(/^./, (letter) => letter.toUpperCase())} since you last looked${last ? `, the last time on ${last}` : ''}. It was not the right words.`,
  triesMean:
    'If that was you, all is well. If not, somebody can sign in as you where you prove who you are: change the password there. They still need your four words, and can try only a few times.',
  returnsTitle: 'Somebody came back with your four words',
  returns: (n: number, last: string | null) =>
    n === 1
      ? `${last ? `On ${last}. ` : ''}If that was you, on another device, all is well.`
      : `${n} times${last ? `, the last time on ${last}` : ''}. If that was you, on other devices, all is well.`,
  returnsMean:
    'If it was not you, somebody has your words and your secret, and can act as you. Take their device off your list, make new words, and tell somebody you trust.',
  seen: 'I have seen it',
  resetTitle: 'Somebody asked to start over in your name',
  reset: (asked: string, ends: string) =>
    `It was asked for on ${asked}. If nobody stops it, it can happen from ${ends} on: then what is on this device counts no more.`,
  resetMean: 'If that was not you, stop it. You can do that from any of your devices, as often as it takes.',
  resetMine: 'It was me: let it go on',
  title: 'Is somebody trying to come back as you?',
  lead: 'This device asks now. Only who has your secret can ask.',
  look: 'Look again',
  noReset: 'Nobody has asked to start over in your name.',
  noTries: (since: string | null) =>
    since ? `Nobody has tried your four words since ${since}.` : 'Nobody has tried your four words.',
  triesSince: (n: number, since: string | null) =>
    `Your four words were tried ${times(n)}${since ? ` since ${since}` : ''}, and not by who knew them.`,
  left: (n: number) =>
    n === 0
      ? 'No tries are left: nobody can guess any more.'
      : `${n} ${n === 1 ? 'try is' : 'tries are'} left.`,
  noWords: 'You have no four words, so there is nothing to guess. Only a reset could take your place.',
  unsure: 'Too few keepers answer just now to say whether your words were tried. Look again later.',
  cardTitle: 'Four words',
  cardKeep: 'Keep this where nobody else looks. Fold it along the line, with the words inside.',
  cardFold: 'Fold here',
  cardOrder: 'In this order:',
  cardBack: [
    'If your phone or computer is lost: open the page you used, on any device, and choose “I have been here before”.',
    'Sign in as you did the first time. Then type these words.',
    'On a computer of others, have it forget you when you are done.',
    'Nobody who works there will ever ask you for the words. Who asks for them is not honest.',
  ],
  cardAddress: 'The address of the page, if you want it here:',
};
