/** The first screen. Welsh, a draft. */
import type { Draft, Text } from '../text.ts';

export const welcome: Draft<Text['welcome']> = {
  title: 'Helô',
  lead: 'Mae rhai lleoedd am wybod bod un person go iawn y tu ôl i gyfrif. Gyda’r waled hon gallwch ddangos hynny, ac aros yn anhysbys iddyn nhw.',
  join: 'Ymuno',
  joinHint: 'Rydych chi’n newydd yma. Mae’n cymryd tua munud.',
  back: 'Rwyf wedi bod yma o’r blaen',
  backHint: 'Ffôn newydd, cyfrifiadur arall: dewch â’ch pedwar gair.',
  waiting: (place: string) => `Mae ${place} yn aros amdanoch. Ar ôl ymuno, byddwch yn dod yn ôl ato.`,
};
