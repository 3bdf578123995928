/** Was an account opened? */
export const notices = {
  title: 'Was one of my accounts opened?',
  none: 'No. None of your accounts was opened.',
  read: (n: number) =>
    `The wallet read all ${n.toLocaleString('en-GB')} entries of the public log, here on this device.`,
  some: (n: number) => (n === 1 ? 'One of your accounts was opened.' : `${n} of your accounts were opened.`),
  by: 'Asked by',
  ground: 'Ground',
  agreed: 'Published by',
  proofTitle: 'Proof',
  proofText: (index: number) =>
    `It stands in the public log, at place ${index}. The log is signed, and these witnesses have signed that they saw it so:`,
  entry: 'Entry in the log',
  seenBy: 'Seen by',
  save: 'Save the proof',
  saveText:
    'A file for a lawyer or a journalist. It holds without this wallet: anybody can check it with the keys in it and the rules of the network. It shows which account it was.',
  late: 'A notice can be held back for a time. So “no” means: none whose notice is out.',
  found: (n: number) => (n === 1 ? 'One of your accounts was opened' : `${n} of your accounts were opened`),
  foundText: 'Your wallet found it in the public log by itself.',
  foundGo: 'See which, who asked and why',
};
