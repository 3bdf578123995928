/** Who may reach one account, and what can be done with the account itself. Welsh, a draft. */
import type { Draft, Text } from '../text.ts';

export const reach: Draft<Text['reach']> = {
  title: (place: string) => `Pwy gaiff eich cyrraedd yn ${place}`,
  titleAnywhere: 'Pwy gaiff eich cyrraedd',
  which:
    'Pa un o’ch cyfrifon? Nid yw’r lle a’ch anfonodd yma’n gwybod, ac ni ofynnir i neb nes i chi ddewis.',
  usedLately: (place: string, nth: string) => `${place}: ${nth}`,
  choose: 'Dangos y cyfrif hwn',
  lead: 'Am y cyfrif hwn yn unig mae hyn. Nid oes dim yma yn dweud pwy ydych chi.',
  loading: 'Yn gofyn…',
  wishes: 'Dim ond cyfrifon atebol a gaiff…',
  wishesHint: 'Gellir dal pobl y tu ôl i gyfrifon atebol yn gyfrifol am yr hyn a wnânt. Ni ellir dal eraill.',
  acts: { reply: 'ateb i mi', mention: 'sôn amdanaf', message: 'anfon neges ataf' },
  keep: 'Cadw',
  kept: 'Wedi’i gadw.',
  knocks: 'Pwy sy’n gofyn am gael dod i mewn',
  knocksText:
    'Ar ôl eich bloc cyntaf, rhaid i bobl nad ydych yn eu hadnabod eto guro. Ni ddywedir wrthynt beth a ddywedwch.',
  noKnocks: 'Nid oes neb yn aros.',
  letIn: 'Gadael i mewn',
  letInWho: (who: string) => `Gadael i mewn: ${who}`,
  decline: 'Nid nawr',
  declineWho: (who: string) => `Nid nawr: ${who}`,
  blocks: 'Pwy rydych wedi’i flocio',
  blocksText:
    'Mae bloc yn dal y person: nid yw cyfrif a wnânt yn ddiweddarach yn eich cyrraedd chwaith. Mae cyfrifon eraill ganddynt yr oeddech mewn cysylltiad â nhw o’r blaen yn aros, nes i chi flocio pob un. Rydych yn blocio rhywun yn y lle ei hun.',
  noBlocks: 'Nid ydych wedi blocio neb.',
  unblock: 'Tynnu’n ôl',
  unblockWho: (who: string) => `Tynnu’n ôl: ${who}`,
  gone: 'cyfrif sydd wedi mynd',
  since: (day: string) => `ers ${day}`,
  doors: 'Pwy rydych am ei gyrraedd',
  doorsText:
    'Os curwch, maen nhw’n gweld eich enw yno ac yn gallu eich gadael i mewn. Ni chlywch ateb. Os gwnaethon nhw flocio cyfrif arall o’ch un chi, nid ydynt yn cael eich cnoc, a gallent ddyfalu pam.',
  knock: 'Curo',
  knockWho: (who: string) => `Curo: ${who}`,
  sent: 'Rydych wedi curo.',
  name: 'Eich enw',
  nameText: (name: string, place: string) =>
    `Gallwch adael i ${place} weld mai “${name}” yw eich enw. Dywedir hynny wedyn am y cyfrif hwn, ac nid am eraill sydd gennych. Ni ellir byth dynnu’n ôl yr hyn a ddywedwyd.`,
  tellName: (place: string) => `Gadael i ${place} weld fy enw`,
  stopName: 'Peidio â’i ddweud',
  nameTold: 'O’ch mewngofnodi nesaf ymlaen, dywedir eich enw.',
  nameStopped: 'Nid yw’n cael ei ddweud mwyach. Mae’r hyn a ddywedwyd o’r blaen yn aros yno.',
  copy: 'Popeth a gedwir',
  copyText:
    'Un ffeil gyda phopeth y mae’r porth yn ei gadw am y cyfrif hwn. Cadwch hi i chi’ch hun: mae dwy ffeil o’r fath o un lle yn dangos mai chi biau’r ddau gyfrif.',
  save: 'Cadw fel ffeil',
  saved: 'Mae’r ffeil wedi’i chadw.',
  close: 'Cau’r cyfrif hwn',
  closeText: (place: string) =>
    `Ni allwch fewngofnodi iddo eto. Mae ${place} yn cadw’r hyn a ysgrifennoch yno, oni bai eich bod yn ei ddileu yno yn gyntaf. Mae’r porth yn cadw ei gofnod am gyfnod, rhag i neb gau cyfrif i ddianc; yna caiff ei ddileu. Nid oes neb arall byth yn cael ei enw.`,
  closeFirst: 'Ei gau…',
  closeSure: 'Ie, ei gau am byth',
  keepOpen: 'Ei gadw',
  closed: 'Mae’r cyfrif hwn wedi’i gau.',
  back: 'Negeseuon y cyfrif hwn',
};
