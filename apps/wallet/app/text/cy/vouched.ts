/** Somebody vouches. Welsh, a draft. */
import type { Draft, Text } from '../text.ts';

export const vouched: Draft<Text['vouched']> = {
  title: 'Mae rhywun yn tystio drosoch',
  lead: 'Nid oes angen dogfennau arnoch. Gall rhywun sy’n eich adnabod, mewn cyngor, lloches, llyfrgell, ysgol neu feddygfa, ddweud pwy ydych chi.',
  steps: [
    'Ewch atyn nhw. Rhaid iddyn nhw fod gyda chi.',
    'Gadewch iddyn nhw weld y cod hwn ar eich sgrin. Nhw sy’n ei deipio.',
    'Maen nhw’n darllen i chi beth ysgrifennon nhw. Maen nhw’n llofnodi.',
  ],
  never:
    'Peidiwch byth â dweud y cod hwn wrth neb dros y ffôn neu mewn neges. Y sawl sy’n ei deipio sy’n dweud pwy ydych chi.',
  begin: 'Dangos fy nghod',
  code: 'Eich cod',
  letters: (code: string) => [...code.replace('-', '')].join(' '),
  waiting: 'Aros iddyn nhw lofnodi. Cadwch hwn ar agor.',
  over: 'Mae’r cod hwn ar ben. Gofynnwch am un newydd pan fyddan nhw gyda chi.',
  again: 'Cod newydd',
  stop: 'Nid nawr',
  somebody: 'Mae rhywun yn tystio drosof',
  other: 'Nid oes gennyf basbort na thrwydded yrru',
};
