/** Words and devices lost. Welsh, a draft. */
import type { Draft, Text } from '../text.ts';

export const reset: Draft<Text['reset']> = {
  title: 'Pan fydd y geiriau ar goll',
  lead: 'Heb eiriau ni all neb ddod â’ch hen gyfrinach yn ôl, na chi na ni. Gallwch ddechrau eto, yn araf:',
  one: (wait: string) =>
    `Rydych chi’n profi pwy ydych chi ac yn aros ${wait}. Gall dyfais sydd gennych o hyd ei atal, fel na all neb wneud hyn yn eich enw.`,
  two: 'Wedyn mae gennych gyfrinach newydd. Mae eich hen gyfrifon yn aros ar ôl.',
  three:
    'Am ddwy flynedd gall lleoedd weld y bu ailosod, a gallan nhw ofyn i gymedrolwr yn gyntaf. Mae’n gweithio unwaith mewn dwy flynedd.',
  go: 'Profi pwy ydw i a dechrau aros',
  waitingTitle: 'Mae’r aros wedi dechrau',
  waiting: (day: string) => `Mae’n dod i ben ar ${day}. Dewch yn ôl bryd hynny a phrofwch pwy ydych chi eto.`,
  waitingWhy:
    'Tan hynny gall unrhyw ddyfais sydd gennych o hyd ei atal. Dyna bwrpas yr aros: ni all neb gymryd eich lle y tu ôl i’ch cefn.',
  stopTitle: 'A oes rhywun yn ceisio dod yn ôl fel chi?',
  stop: 'Atal yr ailosod',
  stopped: 'Fe’i hataliwyd. Nid oes dim wedi newid i chi.',
  still: 'Efallai y dof o hyd i’m geiriau',
};
