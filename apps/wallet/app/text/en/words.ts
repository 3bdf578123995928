/** Four words. */
export const words = {
  title: 'Your four words',
  lead: 'If you lose this device, these words and a new proof of who you are bring everything back: the same accounts, the same standing.',
  paper:
    'Write them on paper, or print the card. Nobody can look them up for you, nobody else should see them, and nobody who works here will ever ask for them. Do not keep them in a photo or a message.',
  show: 'Show my four words',
  shown: 'They are shown this once.',
  list: 'Your words, in order',
  written: 'I have written them down',
  print: 'Print a card',
  skip: 'Not now',
  confirmTitle: 'Let us check',
  confirmLead: 'Type the words from your paper, or tick the box.',
  confirm: 'Keep these words',
  tick: 'I have compared my paper with the screen, word by word',
  different: 'That is not the word on your list. Look at your paper again, or go back to see the words.',
  seeAgain: 'See the words again',
  skipTitle: 'Without words?',
  skipText: (wait: string) =>
    `If you then lose this device, you need a reset: a wait of ${wait}, and new accounts everywhere. You can set words later, on this device.`,
  skipYes: 'Go on without words',
  skipNo: 'Go back to my words',
  kept: 'Your words are set.',
  signIn: 'To set words, prove once more that it is you.',
  nth: (n: number) => `${['First', 'Second', 'Third', 'Fourth'][n] ?? ''} word`,
  unknown: (word: string) => `“${word}” is not one of our words.`,
  near: 'Did you mean',
};
