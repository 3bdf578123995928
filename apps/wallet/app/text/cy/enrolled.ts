/** Back from the proof. Welsh, a draft. */
import type { Draft, Text } from '../text.ts';

export const enrolled: Draft<Text['enrolled']> = {
  title: 'Croeso’n ôl',
  lead: 'Mae hyn yn cymryd ychydig eiliadau. Gadewch y dudalen hon ar agor.',
  joinedTitle: 'Rydych chi wedi ymuno',
  sealed: (t: number, n: number) =>
    `Dyma beth a seliwyd amdanoch. Ni all hyd yn oed y cofrestrydd ei ddarllen bellach: dim ond ${t} o ${n} gwarcheidwad gyda’i gilydd all ei agor. Mae eich waled wedi gwirio hyn.`,
  name: 'Enw',
  birthDate: 'Dyddiad geni',
  evidence: 'Profwyd gan',
  next: 'Nesaf: eich pedwar gair',
  first: (place: string) => `Mynd ymlaen i ${place} yn gyntaf`,
  firstText: 'Daw eich pedwar gair wedyn. Nes eu gosod, ar y ddyfais hon yn unig y mae eich cyfrifon.',
  otherWays: 'Gallwch hefyd ddangos pwy ydych chi mewn ffordd arall:',
};
