/** What this does not hide. */
export const limits = {
  title: 'What this does not hide',
  lead: 'The mathematics hides your name and keeps your accounts apart. It cannot hide what you show yourself.',
  items: [
    ['How you write', 'Style, spelling and the times you post can give you away.'],
    ['What you post', 'Photos, places, friends and stories that only you would know.'],
    ['The name you choose', 'The same handle at two places joins them.'],
    ['Your network address', 'Places and your provider can see it. Tor Browser hides it.'],
    [
      'When you do things',
      'Joining and signing up within a minute, while few people do, can be matched. Waiting a day helps.',
    ],
    ['This device', 'Whoever can unlock it can use this wallet. Let it forget you when others use it.'],
    [
      'The code of this page',
      'You trust whoever served it the first time. “About this code”, below, says how it is checked after that.',
    ],
  ] as [string, string][],
  state: 'If a state is after you',
  stateText: 'Then guardians can be forced, and this is the wrong tool. Use Tor and people you trust.',
  open: (t: number, n: number) =>
    `And ${t} of ${n} guardians together can open one account. That is its purpose; the public log shows every time.`,
};
