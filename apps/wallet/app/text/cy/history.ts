/** What was shown to whom, if somebody wants it kept. Welsh, a draft. */
import type { Draft, Text } from '../text.ts';

export const history: Draft<Text['history']> = {
  title: 'Fy hanes',
  lead: 'Os dewiswch gyfrinymadrodd ar ei gyfer, mae’r waled yn cadw pa leoedd a atebsoch, beth welson nhw, a’ch cyfrifon. Hebddo ni all neb ddarllen dim yma, ac ni all neb ddweud pa un o’r ddau ydyw.',
  passphrase: 'Cyfrinymadrodd yr hanes',
  open: 'Agor',
  start: 'Dechrau hanes newydd',
  startLead:
    'O hyn ymlaen mae’r cyfrinymadrodd hwn yn ei agor. Ni all neb ddarllen bellach beth bynnag a gadwyd o’r blaen, os cadwyd rhywbeth. Dewiswch gyfrinymadrodd gwahanol i un y waled.',
  startPassphrase: 'Cyfrinymadrodd newydd',
  startHint: 'O leiaf 6 nod. Ni all neb chwilio amdano i chi.',
  startGo: 'Dechrau',
  started: 'Mae hanes newydd yn dechrau nawr.',
  accounts: 'Eich cyfrifon',
  noAccounts: 'Dim wedi’u nodi eto.',
  find: 'Chwilio am fy nghyfrifon',
  findLead:
    'Mae’r waled yn gofyn i bob lle ar unwaith am bob cyfrif y gallech ei gael yno. O’ch cyfeiriad rhwydwaith gallen nhw ddyfalu bod y cyfrifon hyn yn perthyn i’w gilydd. Ar ffôn newydd mae hyn yn dod â’r rhestr yn ôl.',
  standings: 'Gweld sut maen nhw’n sefyll',
  standingsLead: 'Mae hyn yn gofyn i’r lleoedd uchod, y naill ar ôl y llall.',
  read: 'Negeseuon, rhesymau ac apêl',
  answers: 'Beth a ddangoswyd i bwy',
  ways: { new: 'Cyfrif newydd', 'sign-in': 'Wedi mewngofnodi', found: 'Wedi’i ganfod eto' },
  saw: (what: string) => `gwelodd: ${what}`,
  nothing: 'Dim wedi’i nodi eto.',
  export: 'Cadw fel ffeil',
  exportLead: 'Nid yw’r ffeil wedi’i chloi. Cadwch hi lle na all neb ddod o hyd iddi.',
  erase: 'Dileu’r hanes',
  erased: 'Ni all neb ei ddarllen bellach.',
  close: 'Cau’r hanes',
};
