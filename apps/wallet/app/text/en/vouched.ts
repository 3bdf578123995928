/** Somebody vouches: the code, and the wait. Then: two people look. */
export const vouched = {
  title: 'Somebody vouches for you',
  lead: 'You need no documents. Somebody who knows you, at a council, a refuge, a library, a school or a GP surgery, can say who you are.',
  steps: [
    'Go to them. They must be with you.',
    'Let them see this code on your screen. They type it.',
    'They read to you what they wrote. They sign.',
  ],
  never: 'Never tell this code to anybody by telephone or message. Who types it says who you are.',
  begin: 'Show my code',
  code: 'Your code',
  letters: (code: string) => [...code.replace('-', '')].join(' '),
  waiting: 'Waiting for them to sign. Keep this open.',
  over: 'This code is over. Ask for a new one when they are with you.',
  again: 'New code',
  stop: 'Not now',
  somebody: 'Somebody vouches for me',
  other: 'I have no passport or driving licence',
};
