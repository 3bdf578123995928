/** Words and devices lost. */
export const reset = {
  title: 'When the words are lost',
  lead: 'Without words nobody can bring your old secret back, neither you nor we. You can start again, slowly:',
  one: (wait: string) =>
    `You prove who you are and wait ${wait}. A device you still have can stop it, so that nobody can do this in your name.`,
  two: 'After that you have a new secret. Your old accounts stay behind.',
  three:
    'For two years places can see that there was a reset, and may ask a moderator first. It works once in two years.',
  go: 'Prove who I am and start the wait',
  waitingTitle: 'The wait has begun',
  waiting: (wait: string) => `It takes ${wait}. Come back after it and prove who you are again.`,
  stopTitle: 'Did somebody ask for a reset in your name?',
  stopText: 'This device still has your secret, so it can stop a reset.',
  stop: 'Stop the reset',
  stopped: 'Any reset that was waiting is stopped.',
  still: 'I may still find my words',
};
