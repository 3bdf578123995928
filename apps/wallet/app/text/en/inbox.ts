/** Messages from a place. */
export const inbox = {
  title: (place: string) => `Messages from ${place}`,
  standing: {
    good: 'Good standing',
    warned: 'You were warned',
    restricted: 'You are restricted',
    suspended: 'You are suspended',
    barred: 'You are barred',
    closed: 'This account is closed',
  },
  until: (day: string) => `until ${day}`,
  review: (day: string) => `to be looked at again by ${day}`,
  none: 'No messages.',
  kinds: {
    statement: 'Statement of reasons',
    'appeal-outcome': 'Outcome of your appeal',
    hearing: 'You are asked',
    help: 'Help',
    notice: 'Notice',
  },
  appeal: 'Appeal',
  appealLead: 'Somebody who did not make the decision will hear you. They do not learn who you are.',
  appealUntil: (day: string) => `You can appeal until ${day}.`,
  track: 'What is it about?',
  tracks: {
    normal: 'The decision is wrong',
    journalism: 'It was journalism',
    'intimate-image': 'An intimate image of me',
  },
  grounds: 'Why is the decision wrong?',
  send: 'Send',
  appealed: 'Your appeal was sent. The answer will be here.',
  reply: 'Your answer',
  replyLead: 'You are heard before anything is decided. Say as much or as little as you want.',
  replied: 'Your answer was sent.',
  /** Said beside words for help, in every language but English. */
  crisis:
    'Words about help stay English here. Others must first be reviewed by somebody who works in crisis care; the English ones are not reviewed yet either.',
  getInTouch: 'Please get in touch',
  leaveAlone: 'Please leave me alone',
  wished: {
    'get-in-touch': 'Somebody will read this and write to you here.',
    'leave-alone': 'Nobody will write to you about this again. You can change your mind.',
  },
  empty: 'Please write something first.',
  other: 'Another place or account',
  choose: 'Choose a place',
};
