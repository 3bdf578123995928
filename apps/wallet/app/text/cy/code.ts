/** The wallet's own code. Welsh, a draft. */
import type { Draft, Text } from '../text.ts';

export const code: Draft<Text['code']> = {
  title: 'Am y cod hwn',
  lead: 'Rhaglen yw’r waled hon. Gall unrhyw un sy’n gallu newid y rhaglen ddarllen yr hyn rydych chi’n ei deipio ynddi. Felly mae pob fersiwn yn cael ei rhestru mewn log cyhoeddus cyn iddi gael ei gweini, a gallwch gymharu.',
  looking: 'Edrych ar y gwesteiwr ac ar y log cyhoeddus…',
  good: 'Mae’r hyn sy’n rhedeg yma yn y log cyhoeddus.',
  facts: {
    version: 'Fersiwn',
    release: 'Rhyddhad',
    index: 'Cofnod yn y log cyhoeddus',
    checked: 'Gwiriwyd ddiwethaf',
    kept: 'Cedwir ar y ddyfais hon',
  },
  keptYes: 'ydy: nid oes cod arall yn rhedeg yma nes ei fod yntau yn y log',
  keptNo: 'nac ydy: mae pob ymweliad yn ei lwytho o’r newydd',
  next: (version: string) =>
    `Gwiriwyd rhyddhad mwy newydd, ${version}, ac mae yn y log. Bydd yn rhedeg o’r dechrau nesaf ymlaen.`,
  unreached:
    'Nid atebodd gwesteiwr y waled na’r log cyhoeddus, felly ni ellid gwirio dim nawr. Mae’r hyn sydd ar y ddyfais hon yn gweithio. Mae angen y rhwydwaith i ymuno, mewngofnodi, gosod geiriau newydd a darllen negeseuon.',
  again: 'Gwirio nawr',
  refusedTitle: 'Gwrthodwyd diweddariad',
  firstTitle: 'Ni ellid gwirio’r cod hwn',
  refusedKept: 'Mae’r rhyddhad ar y ddyfais hon yn parhau. Gallwch ei ddefnyddio fel o’r blaen.',
  refusedFirst:
    'Ni chedwir unrhyw ryddhad ar y ddyfais hon eto, felly ni all dim yma warantu’r hyn a welwch. Peidiwch â rhoi dim o bwys i mewn. Dewch yn ôl yn nes ymlaen, neu defnyddiwch ddyfais arall.',
  refusedLink: 'Beth ddigwyddodd, a beth i’w wneud',
  why: {
    unlogged: 'Mae’r gwesteiwr yn gweini cod nad yw yn y log cyhoeddus.',
    older: 'Mae’r gwesteiwr yn gweini rhyddhad hŷn na’r un ar y ddyfais hon.',
    altered: 'Mae’r gwesteiwr yn gweini ffeil nad yw’r un y mae ei ryddhad yn ei rhestru.',
    log: 'Nid yw’r log cyhoeddus yn dal: nid yw wedi’i lofnodi fel y dylai, neu collodd yr hyn oedd ynddo o’r blaen.',
    policy: 'Mae’r gwesteiwr yn gweini polisi ymddiriedaeth nad yw’n dilyn o’r un ar y ddyfais hon.',
    manifest: 'Nid yw’r gwesteiwr yn dweud pa ffeiliau sydd yn ei ryddhad.',
  },
  whatToDo: 'Beth allwch chi ei wneud',
  doItems: [
    'Ewch ymlaen gyda’r rhyddhad ar y ddyfais hon. Nid oes dim o’r llall wedi rhedeg yma.',
    'Peidiwch â chlirio data’r wefan hon, a pheidiwch ag ail-lwytho gyda’r fysell Shift: byddai’r ddau’n nôl yr hyn a wrthodwyd.',
    'Dywedwch wrth y sawl sy’n rhedeg y waled hon. Gall fod yn gamgymeriad: cod a weinwyd cyn ei restru.',
    'Os yw’n aros fel hyn am ddyddiau, agorwch y waled gyda gwesteiwr arall neu ar ddyfais arall gyda’ch pedwar gair.',
  ],
  compareTitle: 'Cymharwch eich hun',
  compare:
    'Agorwch y dudalen hon ar ddyfais arall, ar rwydwaith arall: rhaid i’r rhyddhad fod yr un. Ar gyfrifiadur, mae’r gorchymyn hwn yn nôl popeth y mae ymwelydd yn ei gael ac yn ei gymharu â’r log ac â’r ffynonellau:',
  restTitle: 'Beth na all hyn ei wneud',
  rest: [
    [
      'Yr ymweliad cyntaf',
      'Y tro cyntaf i chi ddod, daeth y cod gan y gwesteiwr yn unig. Gall gwesteiwr a ddywedodd gelwydd bryd hynny barhau i wneud. Cymharu ar ddyfais arall sy’n ei ddangos.',
    ],
    [
      'Gall y gwesteiwr newid y gwarchodwr',
      'Mae rhaglen fach yn eich porwr, y gwarchodwr, yn ateb yn lle’r gwesteiwr. Mae porwyr yn ei newid heb ofyn pan fydd gan y gwesteiwr un arall. Mae’r waled wedyn yn cloi ac yn eich rhybuddio, os yw ar agor ac os caiff yr amser. Ni all ei atal.',
    ],
    [
      'Gall y porwr anghofio',
      'Pan fydd lle’n brin, neu pan gliriwch ddata’r wefan hon, mae’r cod a gadwyd wedi mynd gyda phopeth arall. Ymweliad cyntaf yw’r nesaf. Felly hefyd un mewn ffenestr breifat.',
    ],
    ['Ail-lwytho gyda Shift', 'Mae’n mynd o gwmpas y gwarchodwr ac yn gofyn i’r gwesteiwr.'],
    [
      'Nid yr un peth yw bod yn y log a bod yn dda',
      'Mae’r log yn dangos bod pawb yn cael yr un cod, a bod modd ei ddarllen. Nid yw’n ei ddarllen i chi.',
    ],
  ],
  alarmTitle: 'Stopiwch: mae gwarchodwr y waled hon yn cael ei newid',
  alarmLead:
    'Mae’r gwesteiwr wedi rhoi rhaglen arall yn lle’r un sy’n diogelu’r waled hon. Nid yw wedi’i rhestru.',
  alarmItems: [
    'Caewch y tab hwn nawr, a phob un arall o’r waled hon.',
    'Peidiwch â’i datgloi, a pheidiwch â theipio’ch pedwar gair yma eto, beth bynnag mae tudalen yn ei ofyn.',
    'Nid yw eich cyfrifon ar goll. Ar ddyfais arall, gyda waled rydych wedi’i gwirio, mae eich geiriau’n dod â nhw’n ôl.',
    'Gwnewch eiriau newydd yno, a thynnwch y ddyfais hon. Dywedwch wrth y sawl sy’n rhedeg y waled hon.',
  ],
  alarmMore:
    'Mae’r waled wedi cloi ei hun. Ni allai atal y porwr rhag cymryd y rhaglen arall. Os nad oedd y waled hon wedi’i chloi gyda chyfrinallwedd neu’ch geiriau, gall y rhaglen honno fod wedi darllen yr hyn sydd ar y ddyfais hon.',
  alarmBefore: (day: string) => `Ar ${day} rhoddodd rhywun warchodwr arall yn lle un y waled hon.`,
};
