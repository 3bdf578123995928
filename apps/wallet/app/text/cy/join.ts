/** Before proving who one is. Welsh, a draft. */
import type { Draft, Text } from '../text.ts';

export const join: Draft<Text['join']> = {
  title: 'Ymuno',
  one: (evidence: string | undefined, registrar: string) =>
    `Rydych chi’n profi unwaith pwy ydych chi${evidence ? `, yn ${evidence}` : ''}. Mae ${registrar} yn gweld eich enw bryd hynny, a byth i ble rydych chi’n mynd.`,
  oneOfSeveral: (registrar: string) =>
    `Rydych chi’n profi unwaith pwy ydych chi. Mae ${registrar} yn gweld eich enw bryd hynny, a byth i ble rydych chi’n mynd.`,
  two: 'Mae eich waled yn cael tystysgrif: un person go iawn, dim byd arall. Mae’n aros ar y ddyfais hon.',
  three: (t: number, n: number) =>
    `Nid yw lleoedd byth yn gweld eich enw. Dim ond ${t} o ${n} gwarcheidwad gyda’i gilydd all agor un cyfrif, a hynny’n gyhoeddus yn unig.`,
  go: 'Profi pwy ydw i',
  how: 'Sut ydych chi am ddangos pwy ydych chi?',
  openidNeeds:
    'Rydych chi’n mewngofnodi neu’n gwneud cyfrif yno, ac yn dangos dogfen fel pasbort neu drwydded yrru.',
  going: 'Mynd â chi yno…',
  notNow: 'Nid nawr',
  who: 'Pwy yw’r gwarcheidwaid?',
  whoLead: (t: number) =>
    `Y sefydliadau hyn. Rhaid i unrhyw ${t} ohonyn nhw gytuno, ac mae’r log cyhoeddus yn ei ddangos:`,
};
