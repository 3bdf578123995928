/** Who else tries to come back as this person, and the printed card. Welsh, a draft. */
import type { Draft, Text } from '../text.ts';

const times = (n: number) => (n === 1 ? 'unwaith' : `${n} gwaith`);

export const wayBack: Draft<Text['wayBack']> = {
  triesTitle: 'Rhoddodd rhywun gynnig ar eich pedwar gair',
  tries: (n: number, last: string | null) =>
    `Ers i chi edrych ddiwethaf: ${times(n)}${last ? `, y tro diwethaf ar ${last}` : ''}. Nid y geiriau cywir oedden nhw.`,
  triesMean:
    'Os chi oedd hynny, mae popeth yn iawn. Os nad, gall rhywun fewngofnodi fel chi lle rydych yn profi pwy ydych chi: newidiwch y cyfrinair yno. Mae angen eich pedwar gair arnyn nhw o hyd, a dim ond ychydig o gynigion sydd ganddyn nhw.',
  returnsTitle: 'Daeth rhywun yn ôl gyda’ch pedwar gair',
  returns: (n: number, last: string | null) =>
    n === 1
      ? `${last ? `Ar ${last}. ` : ''}Os chi oedd hynny, ar ddyfais arall, mae popeth yn iawn.`
      : `${n} gwaith${last ? `, y tro diwethaf ar ${last}` : ''}. Os chi oedd hynny, ar ddyfeisiau eraill, mae popeth yn iawn.`,
  returnsMean:
    'Os nad chi oedd hynny, mae gan rywun eich geiriau a’ch cyfrinach, a gall weithredu fel chi. Tynnwch ei ddyfais oddi ar eich rhestr, gwnewch eiriau newydd, a dywedwch wrth rywun rydych yn ymddiried ynddo.',
  seen: 'Rwyf wedi’i weld',
  resetTitle: 'Gofynnodd rhywun am ddechrau o’r newydd yn eich enw',
  reset: (asked: string, ends: string) =>
    `Gofynnwyd amdano ar ${asked}. Os na fydd neb yn ei atal, gall ddigwydd o ${ends} ymlaen: yna nid yw’r hyn sydd ar y ddyfais hon yn cyfrif bellach.`,
  resetMean:
    'Os nad chi oedd hynny, ataliwch ef. Gallwch wneud hynny o unrhyw un o’ch dyfeisiau, mor aml ag sydd ei angen.',
  resetMine: 'Fi oedd yno: gadewch iddo barhau',
  title: 'A oes rhywun yn ceisio dod yn ôl fel chi?',
  lead: 'Mae’r ddyfais hon yn gofyn nawr. Dim ond y sawl sydd â’ch cyfrinach all ofyn.',
  look: 'Edrych eto',
  noReset: 'Nid oes neb wedi gofyn am ddechrau o’r newydd yn eich enw.',
  noTries: (since: string | null) =>
    since
      ? `Nid oes neb wedi rhoi cynnig ar eich pedwar gair ers ${since}.`
      : 'Nid oes neb wedi rhoi cynnig ar eich pedwar gair.',
  triesSince: (n: number, since: string | null) =>
    `Rhoddwyd cynnig ar eich pedwar gair ${times(n)}${since ? ` ers ${since}` : ''}, ac nid gan rywun oedd yn eu gwybod.`,
  left: (n: number) =>
    n === 0 ? 'Nid oes cynigion ar ôl: ni all neb ddyfalu bellach.' : `Cynigion ar ôl: ${n}.`,
  noWords:
    'Nid oes gennych bedwar gair, felly nid oes dim i’w ddyfalu. Dim ond ailosod allai gymryd eich lle.',
  unsure:
    'Mae rhy ychydig o geidwaid yn ateb nawr i ddweud a roddwyd cynnig ar eich geiriau. Edrychwch eto yn nes ymlaen.',
  cardTitle: 'Pedwar gair',
  cardKeep:
    'Cadwch hwn lle nad oes neb arall yn edrych. Plygwch ef ar hyd y llinell, gyda’r geiriau y tu mewn.',
  cardFold: 'Plygwch yma',
  cardOrder: 'Yn y drefn hon:',
  cardBack: [
    'Os collir eich ffôn neu gyfrifiadur: agorwch y dudalen a ddefnyddioch, ar unrhyw ddyfais, a dewiswch “Rwyf wedi bod yma o’r blaen”.',
    'Mewngofnodwch fel y gwnaethoch y tro cyntaf. Yna teipiwch y geiriau hyn.',
    'Ar gyfrifiadur pobl eraill, gadewch iddo’ch anghofio pan fyddwch wedi gorffen.',
    'Ni fydd neb sy’n gweithio yno byth yn gofyn i chi am y geiriau. Nid yw’r sawl sy’n gofyn amdanyn nhw’n onest.',
  ],
  cardAddress: 'Cyfeiriad y dudalen, os ydych am ei gael yma:',
};
