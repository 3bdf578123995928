/** A computer that is not theirs. */
export const visit = {
  choose: 'This is not my computer',
  chooseHint: 'Nothing is kept here. Everything is gone when you close the tab.',
  title: 'A visit that leaves nothing',
  lead: 'The wallet keeps everything in the memory of this tab.',
  points: [
    'Leave this tab open until you are done. Other pages open in tabs of their own.',
    'Closing or reloading this tab ends it. Your four words bring you back next time.',
    'The browser itself may remember that it was at this address. A private window forgets that too.',
    'Who runs this computer can see the screen and what is typed. Do not use your four words on one you do not trust.',
  ],
  go: 'Go on like this',
  no: 'No, this is mine',
  band: 'A visit: nothing is kept on this computer.',
  end: 'End the visit',
  ended: 'The visit is over',
  endedLead: 'The wallet kept nothing here. Sign out of the other pages too, and close the window.',
  next: 'It goes on in a new tab.',
  nextGo: 'Open it',
};
