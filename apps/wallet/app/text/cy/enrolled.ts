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
  document: 'Dogfen',
  noDocument: 'dim un',
  documents: {
    passport: 'Pasbort',
    'driving-licence': 'Trwydded yrru',
    'identity-card': 'Cerdyn adnabod',
    'residence-permit': 'Trwydded breswylio',
  },
  documentLine: (kind: string, issuer: string, number: string) => `${kind}, ${issuer}, rhif ${number}`,
  vouchedBy: (organisation: string, kind: string, known: string) =>
    `${organisation} (${kind}), a dystiodd drosoch: ${known}`,
  organisations: {
    council: 'cyngor',
    refuge: 'lloches',
    library: 'llyfrgell',
    school: 'ysgol neu goleg',
    surgery: 'meddygfa',
  },
  known: {
    'registered there': 'rydych wedi’ch cofrestru yno',
    'supported there': 'rydych yn cael cymorth yno',
    'known for two years': 'maen nhw’n eich adnabod yno ers dwy flynedd',
    'checked there': 'fe’ch gwiriwyd yno',
  },
  assurance: 'Pa mor sicr',
  assurances: { referee: 'ar eu gair', medium: 'wedi’i wirio', high: 'wedi’i wirio’n fanwl' },
  exactly: 'Air am air fel y mae dan sêl',
  next: 'Nesaf: eich pedwar gair',
  first: (place: string) => `Mynd ymlaen i ${place} yn gyntaf`,
  firstText: 'Daw eich pedwar gair wedyn. Nes eu gosod, ar y ddyfais hon yn unig y mae eich cyfrifon.',
  otherWays: 'Gallwch hefyd ddangos pwy ydych chi mewn ffordd arall:',
};
