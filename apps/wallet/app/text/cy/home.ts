/** The home screen. Welsh, a draft. */
import type { Draft, Text } from '../text.ts';

export const home: Draft<Text['home']> = {
  title: 'Eich waled',
  done: 'Rydych chi wedi ymuno.',
  has: 'Beth sydd gennych chi',
  person: 'Tystysgrif sy’n dweud: un person go iawn.',
  renewal: 'Mae’n adnewyddu ei hun. Nid oes rhaid profi pwy ydych chi eto.',
  wordsSet: 'Mae eich pedwar gair wedi’u gosod.',
  wordsMissing:
    'Nid oes gennych bedwar gair eto. Os collwch chi’r ddyfais hon, byddwch yn colli’ch cyfrifon.',
  wordsGo: 'Gosod fy mhedwar gair',
  wordsNew: 'Gwneud geiriau newydd',
  accountsText:
    'Nid yw eich cyfrifon wedi’u rhestru yma. Dim ond lleoedd rydych newydd eu defnyddio sydd isod, nes i chi gau’r tab hwn neu gloi’r waled. I fewngofnodi, ewch i’r lle ei hun.',
  messages: 'Negeseuon gan le',
  messagesText:
    'Ble rydych chi’n sefyll, rhesymau dros benderfyniad, a sut i apelio. Dim ond nawr mae’r waled yn gofyn i’r lle.',
  place: 'Lle',
  slot: 'Pa gyfrif',
  read: 'Darllen negeseuon',
  recent: 'Lleoedd rydych newydd eu defnyddio',
  opened: 'A agorwyd un o’m cyfrifon?',
  openedText:
    'Mae’r waled yn darllen y log cyhoeddus cyfan ac yn edrych drosti’i hun. Nid oes neb yn dysgu eich bod wedi chwilio am rywbeth.',
  openedGo: 'Cael gwybod',
  device: 'Y ddyfais hon',
  deviceOpen:
    'Mae’n agor ohoni’i hun nawr. Gallwch ddewis ei bod yn gofyn am gyfrinallwedd neu gyfrinymadrodd.',
  deviceAsks: 'Mae’n gofyn cyn agor, ac yn cloi ohoni’i hun.',
  deviceKept:
    'Gall y porwr hwn glirio’r hyn y mae’r waled yn ei gadw, Safari ar ôl saith diwrnod heb ymweliad.',
  deviceGo: 'Agor a chloi',
  deviceText:
    'Ar gyfrifiadur y mae eraill yn ei ddefnyddio, gadewch iddo’ch anghofio pan fyddwch wedi gorffen.',
  forget: 'Anghofio’r ddyfais hon',
  waiting: (place: string) => `Mae ${place} yn aros am eich ateb.`,
  waitingGo: 'Edrych arno',
  more: 'Mwy',
  attributes: {
    over_13: 'Dros 13',
    over_16: 'Dros 16',
    over_18: 'Dros 18',
    residence: 'Gwlad lle rydych chi’n byw',
    assurance: 'Sut y profoch chi pwy ydych chi',
    reset_recent: 'Wedi dechrau o’r newydd yn y ddwy flynedd ddiwethaf',
    name: 'Enw a ddangosir i leoedd',
  },
  values: {
    yes: 'ydw',
    no: 'nac ydw',
    unknown: 'heb ei ddweud',
    gb: 'Y Deyrnas Unedig',
    elsewhere: 'gwlad arall',
    referee: 'tystiodd canolwr drosoch',
    medium: 'dogfennau, wedi’u gwirio’n dda',
    high: 'dogfennau, wedi’u gwirio’n dda iawn',
    '': 'gwag',
  },
};
