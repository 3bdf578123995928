/** Two people look, because somebody with the same name and birth date has joined. Welsh, a draft. */
import type { Draft, Text } from '../text.ts';

export const review: Draft<Text['review']> = {
  title: 'Rhaid i berson edrych',
  lead: 'Mae rhywun â’ch enw a’ch dyddiad geni wedi ymuno. Gall hynny fod yn chi, neu’n rhywun arall. Ni chaiff neb ddyfalu yma, felly mae dau berson gyda’r cofrestrydd yn edrych arno.',
  ask: 'Gadael i ddau berson edrych',
  kept: 'Mae’r hyn a ddangosoch yn aros wedi’i selio gyda’r cofrestrydd, am bythefnos ar y mwyaf. Yna fe’i dileir.',
  waiting: (day: string) =>
    `Mae ganddyn nhw nawr. Dewch yn ôl i’r dudalen hon ymhen diwrnod neu ddau; tan ${day} ni chollir dim.`,
  now: 'Beth allwch chi ei wneud nawr',
  words: 'Os ymunoch o’r blaen, mae eich pedwar gair yn ei ddatrys ar unwaith.',
  useWords: 'Teipio fy ngeiriau',
  route: 'Gall ffordd arall o ddangos pwy ydych chi ei ddatrys hefyd.',
  useRoute: 'Ffordd arall',
  look: 'Edrych eto',
  different: 'Maen nhw’n dweud eich bod yn rhywun newydd. Gallwch ymuno nawr.',
  goOn: 'Ymuno',
  same: 'Maen nhw’n dweud eich bod wedi ymuno o’r blaen. Dewch yn ôl gyda’ch pedwar gair, neu gofynnwch am ailosod.',
  more: 'Mae angen mwy na’r hyn a ddangosoch: dogfen, neu rywun sy’n tystio drosoch. Dechreuwch eto mewn ffordd arall.',
};
