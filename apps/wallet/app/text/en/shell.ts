/** The frame around every screen. */
export const shell = {
  name: 'Wallet',
  skip: 'Skip to the content',
  home: 'Home',
  limits: 'What this does not hide',
  code: 'About this code',
  exit: 'Leave quickly',
  exitHint: 'Or press Escape twice',
  practice: 'Practice: nobody here is real, and nothing here counts.',
  loading: 'One moment…',
  back: 'Back',
  again: 'Try again',
  unaudited: 'Unaudited, pre-standard cryptography. Do not rely on it where your safety depends on it.',
  menu: 'Wallet',
  language: 'Language',
  /** Shown in every language but English. */
  draft: 'A draft: nobody has reviewed these words yet.',
};
