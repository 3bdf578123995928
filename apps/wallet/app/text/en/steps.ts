/** What a long action is at. */
export const steps = {
  evidence: 'Checking your proof of who you are',
  credential: 'Making your credential',
  log: 'Your record is being written in the public log',
  keepers: 'Asking the keepers',
  proof: 'Making the proof',
  reading: 'Reading the public log',
  working: 'Working…',
  done: 'Done',
};
