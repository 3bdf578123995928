/** The person's own record, and leaving. Welsh, a draft. */
import type { Draft, Text } from '../text.ts';

export const record: Draft<Text['record']> = {
  title: 'Eich cofnod',
  lead: 'Dyma bopeth y mae’r cofrestrydd yn ei gadw amdanoch. Dim ond rhywun â’ch cyfrinach all weld y dudalen hon: nid yw mewngofnodi fel chi yn ddigon.',
  loading: 'Yn gofyn i’r cofrestrydd, ac yn gwirio’r hyn y mae’n ei ddweud…',
  live: 'Mae eich cofnod mewn trefn.',
  suspended: 'Mae eich cofnod wedi’i atal dros dro.',
  suspendedText:
    'Nid oes dim yn cael ei adnewyddu am y tro, ac mae’r hyn sydd gennych yn peidio â gweithio pan ddaw ei amser i ben. Nid oes dim o’ch eiddo’n cael ei ddileu. Os yw hyn yn anghywir, dywedwch wrth y cofrestrydd; bydd dau berson yn edrych arno.',
  reasons: {
    death: 'Adroddwyd am farwolaeth.',
    fraud: 'Adroddwyd am dwyll.',
    'own-wish': 'Chi ofynnodd amdano.',
  },
  ended: (day: string) => `Daeth eich cofnod i ben ar ${day}.`,
  endedText:
    'I ddod yn ôl, profwch pwy ydych chi a theipiwch eich pedwar gair. Yr un person fyddwch chi ag o’r blaen.',
  kept: 'Yr hyn a gedwir',
  joined: 'Ymunwyd',
  routes: 'Dangos pwy ydych chi',
  route: (purpose: string, route: string, day: string) =>
    `${day}: ${purpose}, drwy ${route === 'referee' ? 'rywun a roddodd ei air' : route}`,
  purposes: { join: 'i ymuno', return: 'i ddod yn ôl', reset: 'i ddechrau eto' },
  words: 'Pedwar gair',
  wordsSet: (times: number) => (times === 1 ? 'wedi’u gosod' : `wedi’u gosod ${times} gwaith`),
  wordsMissing: 'heb eu gosod',
  resets: 'Dechrau eto',
  never: 'erioed',
  resetsSome: (n: number, last: string) => `${n} gwaith, y tro diwethaf ar ${last}`,
  identifiers: 'Codau i ddod o hyd i chi eto',
  identifiersSome: (n: number) =>
    `${n}. Fe’u gwneir o’ch dogfennau a’ch mewngofnodi fel na allwch gael dau gofnod. Ni all neb ddarllen eich enw ynddynt.`,
  name: 'Enw, dyddiad geni, dogfennau',
  seals: {
    logged: (t: number, n: number) =>
      `Wedi’u selio. Rhaid i ${t} o ${n} gwarcheidwad gytuno cyn y gall neb eu darllen. Mae’r waled newydd wirio bod y log cyhoeddus yn dal yr union sêl hon.`,
    'not-logged-yet': () => 'Wedi’u selio. Bydd y log cyhoeddus yn dal y sêl hon ymhen ychydig funudau.',
    erased: () => 'Wedi’u dileu.',
  },
  notKept: 'Yr hyn nad oes gan y cofrestrydd',
  notKeptText:
    'Eich enw yn eglur, ble mae gennych gyfrifon, beth yw eich enw yno, beth rydych yn ei ysgrifennu, a’ch pedwar gair.',
  take: 'Mynd ag ef gyda chi',
  takeText:
    'Un ffeil â hyn i gyd, y rhan seliedig a’i phrawf. Gallwch ei chadw, a gall pwy bynnag y dangoswch hi iddo ei gwirio. Nid yw’n agor dim.',
  save: 'Cadw fel ffeil',
  print: 'Argraffu’r dudalen hon',
  saved: 'Mae’r ffeil wedi’i chadw.',
  showName: 'Eich enw',
  showNameText:
    'Nid yw lleoedd yn gweld eich enw. Mae gan rai ystafelloedd lle mae pobl yn ysgrifennu o dan eu henw. Os ydych am hynny, dangoswch unwaith eto pwy ydych chi: mae eich enw wedyn yn eich tystysgrif tan yr un nesaf, ymhen ychydig wythnosau fan bellaf. Rydych chi’n dweud ar gyfer pob cyfrif a ddywedir wrth y lle. Ni ellir gwneud iddo anghofio’r hyn a ddywedwyd wrtho.',
  showNameGo: 'Rhoi fy enw yn fy nhystysgrif',
  devices: 'Eich dyfeisiau',
  leave: 'Dod â’m cofnod i ben',
  leaveTitle: 'Dod â’ch cofnod i ben',
  leaveLead: 'Gallwch adael. Darllenwch yn gyntaf beth mae hynny’n ei wneud a beth nad yw’n ei wneud.',
  leaves: 'Yr hyn sy’n dod i ben',
  leavesList: [
    'Nid ydych yn cael rhagor o dystysgrifau, felly ni allwch wneud cyfrifon newydd.',
    'Eich cyfrifon ym mhob lle ar y rhestr, os caewch nhw yma’n gyntaf.',
  ],
  stays: 'Yr hyn sy’n aros, ac am ba hyd',
  staysIdentity: (length: string) =>
    `Eich enw dan sêl, am ${length}. Tan hynny gallwch fod yn atebol o hyd am yr hyn a wnaethoch o’r blaen. Yna caiff ei ddileu.`,
  staysTags: (length: string) =>
    `Y codau i ddod o hyd i chi eto, a’r hyn y mae eich pedwar gair yn ei agor, am ${length}: cyhyd ag y gall gwaharddiad bara. Felly ni all neb ddod â’i gofnod i ben ac ymuno eto i gael gwared ar un.`,
  staysPlaces: 'Yr hyn a ysgrifennoch, yn y lleoedd lle’r ysgrifennoch ef. Gofynnwch iddyn nhw.',
  staysBack: 'Tan hynny gallwch ddod yn ôl fel yr un person, gyda phrawf o bwy ydych chi a’ch pedwar gair.',
  wait: (days: number) =>
    `Gofynnwch nawr, arhoswch ${days} diwrnod, ac yna dywedwch hynny unwaith eto. Tan hynny gall unrhyw un o’ch dyfeisiau ei atal.`,
  closeFirst: 'Cau fy nghyfrifon',
  closeText:
    'Mae’r waled yn gofyn i bob lle ar y rhestr ar unwaith. Gallai rhywun sy’n gwylio pob un ohonyn nhw weld hynny.',
  closing: 'Yn cau…',
  closedNone: 'Nid oes gennych gyfrif agored yn unman ar y rhestr.',
  closedSome: (places: string) => `Wedi cau: ${places}.`,
  closedSilent: (names: string) => `Ni atebodd y rhain; rhowch gynnig arall yn nes ymlaen: ${names}.`,
  ask: 'Gofyn am ddod â’m cofnod i ben',
  asked: (day: string) => `Gofynnodd rhywun ar ${day} am ddod â’r cofnod hwn i ben.`,
  confirmFrom: (day: string) =>
    `Os chi oedd hynny, dewch yn ôl o ${day} ymlaen, a’i ddweud unwaith eto o dan “Dod â’m cofnod i ben”.`,
  lapses: (day: string) => `Os na wna neb hynny erbyn ${day}, daw’r cais i ben.`,
  notYou: 'Os nad chi oedd hynny, ataliwch ef nawr, gwnewch eiriau newydd, ac edrychwch ar eich dyfeisiau.',
  stop: 'Ei atal',
  stopped: 'Wedi’i atal. Mae eich cofnod yn parhau.',
  confirm: 'Dod â’m cofnod i ben nawr',
  done: 'Mae eich cofnod wedi dod i ben.',
  doneText:
    'Mae’r ddyfais hon yn dal eich cyfrinach o hyd, i ddod yn ôl neu i weld yr hyn sydd ar ôl. Gallwch adael iddi eich anghofio.',
  removedTitle: 'Tynnwyd y ddyfais hon',
  removedText:
    'Tynnodd un arall o’ch dyfeisiau hon, felly dilëwyd popeth yma. Os nad chi oedd hynny, dewch yn ôl gyda’ch pedwar gair ac edrychwch ar eich dyfeisiau.',
  homeText: 'Popeth a gedwir amdanoch, eich dyfeisiau, a sut i adael.',
  homeGo: 'Edrych ar fy nghofnod',
};
