/** The devices that hold this person's secret. */
export const devices = {
  title: 'Your devices',
  lead: 'Each device that holds your secret is listed here, under a name that only your devices can read.',
  here: 'This device',
  since: (day: string) => `since ${day}`,
  unknown: 'A device without a readable name',
  name: 'What is this device called?',
  nameHint: 'Something that helps you, and tells nobody else anything.',
  rename: 'Change the name',
  renamed: 'The name is changed.',
  remove: (name: string) => `Remove ${name}`,
  removeUnknown: 'Remove this device',
  sureUnknown: 'Remove this device?',
  sure: (name: string) => `Remove ${name}?`,
  does: 'It gets no more renewals. Its wallet erases itself, the next time it is open and looks in.',
  doesNot:
    'Removing cannot reach a device that stays switched off, or a copy that somebody made. Whoever copied your secret still has it. If you fear that, tell the places where you have accounts.',
  yes: 'Yes, remove it',
  no: 'Keep it',
  removed: 'It is removed.',
  strange: 'One that you do not know?',
  strangeText:
    'Remove it, then make new words. If you are not safe where you are, do this from somewhere else.',
};
