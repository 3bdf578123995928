/** Four words. Welsh, a draft. */
import type { Draft, Text } from '../text.ts';

export const words: Draft<Text['words']> = {
  title: 'Eich pedwar gair',
  lead: 'Os collwch chi’r ddyfais hon, mae’r geiriau hyn a phrawf newydd o bwy ydych chi yn dod â phopeth yn ôl: yr un cyfrifon, yr un safle.',
  paper: 'Ysgrifennwch nhw ar bapur. Ni all neb chwilio amdanyn nhw i chi, ac ni ddylai neb arall eu gweld.',
  show: 'Dangos fy mhedwar gair',
  shown: 'Maen nhw’n cael eu dangos yr un tro hwn.',
  list: 'Eich geiriau, yn eu trefn',
  written: 'Rwyf wedi eu hysgrifennu',
  print: 'Argraffu',
  skip: 'Nid nawr',
  confirmTitle: 'Gadewch i ni wirio',
  confirmLead: 'Teipiwch y geiriau o’ch papur, neu ticiwch y blwch.',
  confirm: 'Cadw’r geiriau hyn',
  tick: 'Rwyf wedi cymharu fy mhapur â’r sgrin, air am air',
  different: 'Nid dyna’r gair ar eich rhestr. Edrychwch ar eich papur eto, neu ewch yn ôl i weld y geiriau.',
  seeAgain: 'Gweld y geiriau eto',
  skipTitle: 'Heb eiriau?',
  skipText: (wait: string) =>
    `Os collwch chi’r ddyfais hon wedyn, bydd angen ailosod: aros ${wait}, a chyfrifon newydd ym mhobman. Gallwch osod geiriau yn nes ymlaen, ar y ddyfais hon.`,
  skipYes: 'Mynd ymlaen heb eiriau',
  skipNo: 'Mynd yn ôl at fy ngeiriau',
  kept: 'Mae eich geiriau wedi’u gosod.',
  signIn: 'I osod geiriau, profwch unwaith eto mai chi sydd yno.',
  nth: (n: number) => ['Gair cyntaf', 'Ail air', 'Trydydd gair', 'Pedwerydd gair'][n] ?? 'Gair',
  unknown: (word: string) => `Nid yw “${word}” yn un o’n geiriau ni.`,
  near: 'Ai hwn oedd gennych mewn golwg',
};
