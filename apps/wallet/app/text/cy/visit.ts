/** A computer that is not theirs. Welsh, a draft. */
import type { Draft, Text } from '../text.ts';

export const visit: Draft<Text['visit']> = {
  choose: 'Nid fy nghyfrifiadur i yw hwn',
  chooseHint: 'Ni chedwir dim yma. Mae popeth wedi mynd pan gaewch y tab.',
  title: 'Ymweliad nad yw’n gadael dim',
  lead: 'Mae’r waled yn cadw popeth yng nghof y tab hwn.',
  points: [
    'Gadewch y tab hwn ar agor nes byddwch wedi gorffen. Mae tudalennau eraill yn agor mewn tabiau eu hunain.',
    'Mae cau neu ail-lwytho’r tab hwn yn dod â’r ymweliad i ben. Mae eich pedwar gair yn dod â chi’n ôl y tro nesaf.',
    'Gall y porwr ei hun gofio iddo fod yn y cyfeiriad hwn. Mae ffenestr breifat yn anghofio hynny hefyd.',
    'Gall y sawl sy’n rhedeg y cyfrifiadur hwn weld y sgrin a’r hyn a deipir. Peidiwch â defnyddio’ch pedwar gair ar un nad ydych yn ymddiried ynddo.',
  ],
  go: 'Mynd ymlaen fel hyn',
  no: 'Na, fi biau hwn',
  band: 'Ymweliad: ni chedwir dim ar y cyfrifiadur hwn.',
  end: 'Dod â’r ymweliad i ben',
  ended: 'Mae’r ymweliad ar ben',
  endedLead: 'Ni chadwodd y waled ddim yma. Allgofnodwch o’r tudalennau eraill hefyd, a chaewch y ffenestr.',
  next: 'Mae’n parhau mewn tab newydd.',
  nextGo: 'Ei agor',
};
