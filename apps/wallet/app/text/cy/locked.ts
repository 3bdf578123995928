/** The locked wallet. Welsh, a draft. */
import type { Draft, Text } from '../text.ts';

export const locked: Draft<Text['locked']> = {
  title: 'Wedi’i chloi',
  passkey: 'Agor gyda chyfrinallwedd',
  passphrase: 'Cyfrinymadrodd',
  open: 'Agor',
  opening: 'Agor…',
  wait: (time: string) => `Gallwch roi cynnig arall arni ymhen ${time}.`,
  help: 'Ni allaf ei hagor',
  words:
    'Mae eich pedwar gair a phrawf newydd o bwy ydych chi yn dod â phopeth yn ôl. Rhoddir y waled hon o’r neilltu fel y mae nes gwneud hynny; os dewch o hyd i’r gyfrinallwedd neu’r cyfrinymadrodd yn gyntaf, gallwch ei thynnu allan eto.',
  wordsGo: 'Defnyddio fy mhedwar gair',
  aside: 'Rhoddwyd waled wedi’i chloi o’r neilltu ar y ddyfais hon.',
  asideGo: 'Ei thynnu allan eto',
};
