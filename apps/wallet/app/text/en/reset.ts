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
  waiting: (day: string) => `It ends on ${day}. Come back then and prove who you are again.`,
  waitingWhy:
    'Until then any device that you still have can stop it. That is what the wait is for: nobody can take your place behind your back.',
  stopTitle: 'Is somebody trying to come back as you?',
  stop: 'Stop the reset',
  stopped: 'It is stopped. Nothing has changed for you.',
  still: 'I may still find my words',
};
