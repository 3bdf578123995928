/** The locked wallet: it says nothing about what is inside. */
export const locked = {
  title: 'Locked',
  passkey: 'Open with a passkey',
  passphrase: 'Passphrase',
  open: 'Open',
  opening: 'Opening…',
  wait: (time: string) => `You can try again in ${time}.`,
  help: 'I cannot open it',
  words:
    'Your four words and a new proof of who you are bring everything back. This wallet is put away as it is until that is done; if you find the passkey or the passphrase first, you can take it out again.',
  wordsGo: 'Use my four words',
  aside: 'A locked wallet is put away on this device.',
  asideGo: 'Take it out again',
};
