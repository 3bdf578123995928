/** What this does not hide. */
export const limits = {
  title: 'What this does not hide',
  lead: 'The mathematics hides your name and keeps your accounts apart. It cannot hide what you show yourself.',
  items: [
    [
      'How you write',
      'Style, favourite words, spelling and mistakes are like a fingerprint. Who knows your writing, or has a machine that does, may know you again.',
    ],
    [
      'What you post',
      'A photo shows rooms, faces and views, and often holds the place and the phone inside the file. Stories that only you would know name you too.',
    ],
    [
      'The name you choose',
      'The same name at two places joins them. The wallet proposes a new one each time.',
    ],
    [
      'Your network address',
      'Places, this network’s services and your provider can see it: where you are, and that two accounts come from one home. Tor Browser hides it.',
    ],
    [
      'When you do things',
      'Who joins and signs up within the hour, or posts here whenever another account posts there, can be matched. You can choose to wait before you first go somewhere.',
    ],
    [
      'How few you are',
      'Among a hundred people somebody can be guessed by a fact or two. The wallet says how many there are before you answer a place.',
    ],
    [
      'That you joined',
      'Whoever checked who you are knows that you joined, and when; not where you went. The service at a place’s door knows which of the accounts there are one person’s; the place learns it when it bars the person.',
    ],
    [
      'This device',
      'Whoever can unlock it can use this wallet, unless you add a passphrase. Let it forget you when others use it.',
    ],
    [
      'That you were at this page',
      'The browser may keep the address in its history, also after “Leave quickly”, and “Back” may lead here. Close the tab; a private window forgets more. Who runs the Wi-Fi can see which site it was.',
    ],
    [
      'The code of this page',
      'You trust whoever served it the first time. “About this code”, below, says how it is checked after that.',
    ],
  ] as [string, string][],
  state: 'If you face a state, use something else',
  stateText:
    'A state can force guardians, the registrar and whoever checked who you are, and can watch the network. Then this is the wrong tool: it ties a real person to every account on purpose. Use Tor, no account that began with your name, and people you trust.',
  open: (t: number, n: number) =>
    `And ${t} of ${n} guardians together can open one account. That is its purpose; the public log shows every time.`,
};
