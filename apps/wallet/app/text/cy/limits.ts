/** What this does not hide. Welsh, a draft. */
import type { Draft, Text } from '../text.ts';

export const limits: Draft<Text['limits']> = {
  title: 'Beth nad yw hyn yn ei guddio',
  lead: 'Mae’r fathemateg yn cuddio’ch enw ac yn cadw’ch cyfrifon ar wahân. Ni all guddio’r hyn rydych chi’n ei ddangos eich hun.',
  items: [
    [
      'Sut rydych chi’n ysgrifennu',
      'Mae arddull, hoff eiriau, sillafu a chamgymeriadau fel ôl bys. Gall y sawl sy’n adnabod eich ysgrifennu, neu sydd â pheiriant sy’n gwneud, eich adnabod eto.',
    ],
    [
      'Beth rydych chi’n ei bostio',
      'Mae llun yn dangos ystafelloedd, wynebau a golygfeydd, ac yn aml mae’r lle a’r ffôn y tu mewn i’r ffeil. Mae straeon na fyddai neb ond chi’n eu gwybod yn eich enwi hefyd.',
    ],
    [
      'Yr enw rydych chi’n ei ddewis',
      'Mae’r un enw mewn dau le yn eu cysylltu. Mae’r waled yn cynnig un newydd bob tro.',
    ],
    [
      'Eich cyfeiriad rhwydwaith',
      'Gall lleoedd, gwasanaethau’r rhwydwaith hwn a’ch darparwr ei weld: ble rydych chi, a bod dau gyfrif yn dod o un cartref. Mae Tor Browser yn ei guddio.',
    ],
    [
      'Pryd rydych chi’n gwneud pethau',
      'Gellir paru’r sawl sy’n ymuno ac yn cofrestru o fewn yr awr, neu sy’n postio yma bob tro y mae cyfrif arall yn postio acw. Gallwch ddewis aros cyn mynd i rywle am y tro cyntaf.',
    ],
    [
      'Cyn lleied ohonoch sydd',
      'Ymhlith cant o bobl gellir dyfalu rhywun o ffaith neu ddwy. Mae’r waled yn dweud faint sydd cyn i chi ateb lle.',
    ],
    [
      'Eich bod wedi ymuno',
      'Mae’r sawl a wiriodd pwy ydych chi’n gwybod eich bod wedi ymuno, a phryd; nid i ble yr aethoch. Mae’r gwasanaeth wrth ddrws lle’n gwybod pa rai o’r cyfrifon yno sy’n eiddo i un person; mae’r lle’n dysgu hynny pan fydd yn gwahardd y person.',
    ],
    [
      'Y ddyfais hon',
      'Gall unrhyw un sy’n gallu ei datgloi ddefnyddio’r waled hon, oni bai eich bod yn ychwanegu cyfrinymadrodd. Gadewch iddi’ch anghofio pan fydd eraill yn ei defnyddio.',
    ],
    [
      'Eich bod wedi bod ar y dudalen hon',
      'Gall y porwr gadw’r cyfeiriad yn ei hanes, hefyd ar ôl “Gadael yn gyflym”, a gall “Yn ôl” arwain yma. Caewch y tab; mae ffenestr breifat yn anghofio mwy. Gall y sawl sy’n rhedeg y Wi-Fi weld pa safle oedd ef.',
    ],
    [
      'Cod y dudalen hon',
      'Rydych chi’n ymddiried yn y sawl a’i gweinodd y tro cyntaf. Mae “Am y cod hwn”, isod, yn dweud sut y caiff ei wirio wedi hynny.',
    ],
  ],
  state: 'Os ydych chi’n wynebu gwladwriaeth, defnyddiwch rywbeth arall',
  stateText:
    'Gall gwladwriaeth orfodi gwarcheidwaid, y cofrestrydd a’r sawl a wiriodd pwy ydych chi, a gall wylio’r rhwydwaith. Yna dyma’r offeryn anghywir: mae’n clymu person go iawn wrth bob cyfrif, yn fwriadol. Defnyddiwch Tor, dim cyfrif a ddechreuodd gyda’ch enw, a phobl rydych yn ymddiried ynddyn nhw.',
  open: (t: number, n: number) =>
    `A gall ${t} o ${n} gwarcheidwad gyda’i gilydd agor un cyfrif. Dyna ei ddiben; mae’r log cyhoeddus yn dangos bob tro.`,
};
