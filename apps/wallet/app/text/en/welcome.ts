/** The first screen. */
export const welcome = {
  title: 'Hello',
  lead: 'Some places want to know that there is one real person behind an account. With this wallet you can show that, and stay unknown to them.',
  join: 'Join',
  joinHint: 'You are new here. It takes about a minute.',
  back: 'I have been here before',
  backHint: 'New phone, other computer: bring your four words.',
  waiting: (place: string) => `${place} is waiting for you. When you have joined, you come back to it.`,
};
