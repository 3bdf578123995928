/** Was an account opened? */
export const notices = {
  title: 'Was one of my accounts opened?',
  none: 'No. None of your accounts was opened.',
  read: (n: number) => `The wallet read all ${n} entries of the public log, here on this device.`,
  some: (n: number) => (n === 1 ? 'One of your accounts was opened.' : `${n} of your accounts were opened.`),
  at: 'Place',
  by: 'Asked by',
  ground: 'Ground',
  agreed: 'Published by',
  entry: 'Entry in the log',
  late: 'A notice can be held back for a time. So “no” means: none whose notice is out.',
};
