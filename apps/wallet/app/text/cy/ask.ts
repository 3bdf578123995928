/** A place asks. Welsh, a draft. */
import type { Draft, Text } from '../text.ts';

export const ask: Draft<Text['ask']> = {
  title: (place: string) => `Mae ${place} yn gofyn`,
  whoTitle: 'Pwy sy’n gofyn',
  place: 'Lle',
  through: 'Drwy',
  address: 'Mae eich ateb yn mynd i',
  checked:
    'Mae’r waled wedi gwirio: mae’r cyfeiriad hwn a’r llofnod hwn yn rheolau’r rhwydwaith. Ni all neb arall gael eich ateb.',
  cameFrom: 'Onid oddi yno y daethoch chi nawr? Yna dywedwch na.',
  learnTitle: 'Beth mae’n ei ddysgu',
  learnPerson: 'Eich bod yn un person go iawn, heb fwy o gyfrifon yma nag y mae’r rheolau’n ei ganiatáu.',
  learnAttribute: (name: string, value: string) => `${name}: ${value}`,
  learnBlank: (name: string) => `${name}: dim byd eto, nid oes gennych dystysgrif.`,
  learnHandle: 'Yr enw rydych chi’n ei ddewis isod.',
  learnClaims: (name: string) => `Yr enw “${name}”, y mae’n ei wybod yn barod.`,
  learnRelay: 'Cyfeiriad e-bost a wnaed ar gyfer y lle hwn yn unig. Mae post iddo’n cael ei daflu.',
  flags: {
    over_13: { yes: 'Eich bod yn 13 oed neu’n hŷn.', no: 'Eich bod yn iau na 13.' },
    over_16: { yes: 'Eich bod yn 16 oed neu’n hŷn.', no: 'Eich bod yn iau na 16.' },
    over_18: { yes: 'Eich bod yn 18 oed neu’n hŷn.', no: 'Eich bod yn iau na 18.' },
    reset_recent: {
      yes: 'Eich bod wedi dechrau o’r newydd yn y ddwy flynedd ddiwethaf.',
      no: 'Nad ydych wedi dechrau o’r newydd yn y ddwy flynedd ddiwethaf.',
    },
    residence: {
      gb: 'Eich bod yn byw yn y Deyrnas Unedig.',
      elsewhere: 'Eich bod yn byw y tu allan i’r Deyrnas Unedig.',
      unknown: 'Na ddywedoch chi ble rydych chi’n byw.',
    },
    name: { '': 'Gofynnir am eich enw; mae’n wag, felly ni ddangosir dim.' },
  },
  neverTitle: 'Beth nad yw byth yn ei ddysgu',
  neverName: 'Eich enw.',
  neverDocuments: 'Eich dyddiad geni a’ch dogfennau.',
  neverElsewhere: 'Eich cyfrifon mewn lleoedd eraill.',
  neverContact: 'Eich cyfeiriad e-bost a’ch rhif ffôn.',
  neverContactThere:
    'Eich cyfeiriad e-bost a’ch rhif ffôn, oni bai eich bod yn eu rhoi i’r gweinydd eich hun.',
  learnHandleThere: 'Yr enw a’r cyfeiriad e-bost rydych chi’n eu rhoi i’w weinydd eich hun, wedyn.',
  learnKept: (gateway: string) =>
    `Mae ${gateway} yn cadw’r hyn y mae eich waled yn ei ddangos gyda’ch cyfrif ac nid yw’n ei ddweud wrth y gweinydd. Gall pwy bynnag sy’n rhedeg y ddau edrych yno.`,
  namedThere:
    'Rydych chi’n dewis eich enw ar y gweinydd, pan fyddwch yn gwneud y cyfrif gyda’ch cod gwahoddiad.',
  holdsTitle: 'Os torrwch chi ei reolau',
  holds:
    'Os yw’n eich gwahardd, mae’n gwahardd y person: eich holl gyfrifon yma, nid y rhai mewn mannau eraill. Gall ei bobl wedyn weld pa rai o’i gyfrifon sy’n eiddo i chi.',
  moderator:
    'Dechreuoch chi o’r newydd yn ddiweddar, felly mae un o’i gymedrolwyr yn edrych cyn y gallwch ysgrifennu.',
  vouchedRefused: 'Nid yw’n derbyn pobl y tystiodd rhywun drostynt. Mae ei reolau cyhoeddus yn dweud hynny.',
  roomsTitle: 'Yr hyn y gallwch ei wneud yno',
  claims: (name: string) =>
    `Rydych chi’n cysylltu’r cyfrif “${name}” o’r blaen â chi. Mae’n cadw ei enw, ei negeseuon a’i ddilynwyr, a chi sy’n atebol amdano.`,
  claimsNotMine: 'Nid chi biau ef? Yna dywedwch na.',
  claimsName: (name: string) => `Rydych chi’n mynd i mewn fel “${name}”, sef enw’r cyfrif.`,
  claimsLeft: (name: string) => `Yna nid yw “${name}” yn cael ei gysylltu â chi.`,
  wayClaims: (name: string) => `Rwy’n cysylltu “${name}” â mi`,
  openTitle: 'Pwy allai agor y cyfrif hwn',
  open: (t: number, n: number) =>
    `Dim ond ${t} o’r ${n} hyn gyda’i gilydd, yn gyhoeddus, un cyfrif ar y tro:`,
  openGrounds: 'Ar y seiliau hyn yn unig',
  countsTitle: 'Pa mor aml mae hynny’n digwydd',
  counting: 'Mae’r waled yn cyfrif, yn y log cyhoeddus…',
  notCounted: 'Ni ellir darllen y log ar hyn o bryd, felly nid oes rhifau.',
  opened: (n: number) =>
    n === 0
      ? 'Yn y flwyddyn ddiwethaf nid agorwyd unrhyw gyfrif, yn y rhwydwaith cyfan.'
      : `Yn y flwyddyn ddiwethaf, cyfrifon a agorwyd yn y rhwydwaith cyfan: ${n.toLocaleString('cy')}.`,
  refusedOnce: (least: number, most: number) =>
    most === 0
      ? 'Ni wrthodwyd unrhyw gais.'
      : least === most
        ? `Ceisiadau a wrthodwyd: ${most}.`
        : `Ceisiadau a wrthodwyd: rhwng ${least} a ${most}, gan fod pob gwarcheidwad yn cyfrif drosto’i hun.`,
  countsUntil: (day: string) => `Dywedir y gwrthodiadau unwaith y chwarter, hyd yma hyd at ${day}.`,
  silent: (names: string) => `Heb eu dweud gan ${names}.`,
  countsSource: (n: number) =>
    `Cyfrifodd eich waled hyn ei hun, ym mhob un o’r ${n.toLocaleString('cy')} cofnod yn y log cyhoeddus. Nid yw agoriadau sy’n cael eu dal yn ôl ynddo eto.`,
  fewTitle: 'Ychydig o bobl sydd yma eto',
  few: (people: number, here: number | null) =>
    `Pobl sydd wedi ymuno â’r rhwydwaith hwn: ${people}${here === null ? '' : `; ohonyn nhw yma: ${here}`}. Ymhlith cyn lleied gellir eich dyfalu, o’r amser y dewch chi ac o’r hyn a ddangoswch. Mae aros ychydig ddyddiau’n helpu rhywfaint.`,
  waitTitle: 'Aros cyn mynd i unman am y tro cyntaf',
  waitText:
    'Gellir paru’r sawl sy’n ymuno ac yn cofrestru ar unwaith drwy’r amser. Os dewiswch aros, nid yw’r waled hon yn gwneud cyfrif newydd cyn hynny.',
  waitFor: 'Am ba hyd',
  waitDays: (n: number) => (n === 1 ? 'Tan yfory' : `${n} diwrnod`),
  waitGo: 'Aros',
  waiting: (day: string) => `Dewisoch chi aros. Nid yw’r waled hon yn gwneud cyfrif newydd cyn ${day}.`,
  waitingText: 'Dewch yn ôl i’r lle ar ôl hynny. Os oes gennych gyfrif yma, gallwch fewngofnodi nawr.',
  waitingStop: 'Nid wyf am aros rhagor',
  waitingSure: 'Rwy’n gwybod y gellir paru fy nghyfrif wedyn â’r amser yr ymunais.',
  waitingEnd: 'Rhoi’r gorau i aros',
  wayTitle: 'Sut ydych chi am fynd i mewn?',
  wayNew: 'Rwy’n newydd yma',
  wayOld: 'Mae gennyf gyfrif yma',
  handle: 'Enw i gael eich gweld odano',
  handleHint:
    '3 i 30 o lythrennau a–z, digidau neu _. Mae enw nad ydych yn ei ddefnyddio yn unman arall yn eich cadw ar wahân.',
  handleWrong: 'Defnyddiwch 3 i 30 o lythrennau a–z, digidau neu _.',
  handleElsewhere:
    'Rydych chi wedi defnyddio’r enw hwn mewn lle arall. Gall y sawl sy’n gwybod am y ddau ddweud mai un person ydych chi. Pwyswch Parhau eto i’w ddefnyddio er hynny.',
  handleOther: 'Enw arall',
  slotTitle: 'Mwy nag un cyfrif yma',
  slot: 'Pa gyfrif',
  nth: (n: number) =>
    ['Fy nghyfrif cyntaf', 'Fy ail gyfrif', 'Fy nhrydydd cyfrif'][n - 1] ?? `Fy nghyfrif rhif ${n}`,
  go: 'Parhau',
  no: 'Na',
  going: (place: string) => `Mynd â chi’n ôl i ${place}…`,
  join: 'Mae angen i chi ymuno’n gyntaf. Mae’n cymryd tua munud; yna dewch yn ôl yma.',
  none: 'Nid oes unrhyw le yn aros am ateb. Ewch i’r lle a mewngofnodi yno.',
  noneTitle: 'Dim byd i’w ateb',
  refusedTitle: (place: string) => `Dywedodd ${place} na`,
  readReasons: 'Darllen y rhesymau',
  signInInstead: 'Mewngofnodi i’r cyfrif hwnnw',
  goOn: 'Mynd ymlaen gyda’r rheolau hyn',
  newInstead: 'Gwneud cyfrif newydd',
};
