/** Coming back. Welsh, a draft. */
import type { Draft, Text } from '../text.ts';

export const recall: Draft<Text['recall']> = {
  title: 'Dod yn ôl',
  lead: 'Mae dau beth yn dod â phopeth yn ôl: pwy ydych chi, a’ch pedwar gair.',
  one: (evidence: string) => `Yn gyntaf mewngofnodwch yn ${evidence}, fel y gwnaethoch wrth ymuno.`,
  two: 'Yna teipiwch eich pedwar gair yma. Nid ydyn nhw byth yn gadael y ddyfais hon.',
  go: 'Mewngofnodi',
  wordsTitle: 'Teipiwch eich pedwar gair',
  wordsLead: 'O’ch papur, yn eu trefn.',
  budget: (all: number, day: number) =>
    `Mae gennych ${all} cynnig i gyd, ${day} y dydd ar y mwyaf. Mae’r cyfrif yn dechrau o’r newydd pan fyddwch yn gywir.`,
  triesLeft: (n: number) => (n === 1 ? 'Un cynnig sydd ar ôl.' : `Cynigion ar ôl: ${n}.`),
  today: (n: number) => (n === 1 ? 'Un ohonyn nhw heddiw.' : `Ohonyn nhw heddiw: ${n}.`),
  try: 'Dod yn ôl',
  again: 'Mewngofnodi am gynnig arall',
  missing: 'Mae angen y pedwar gair i gyd.',
  lost: 'Rwyf wedi colli fy ngeiriau',
  doneTitle: 'Rydych chi’n ôl',
  done: 'Yr un cyfrifon, yr un safle. Cadwyd eich lle.',
  on: 'Mynd ymlaen',
  others: (n: number) =>
    n === 1
      ? 'Cyn chi, rhoddodd rhywun arall gynnig ar eich geiriau unwaith, ac roedd yn anghywir.'
      : `Cyn chi, rhoddodd rhywun arall gynnig ar eich geiriau ${n} gwaith, ac roedd yn anghywir.`,
  othersMean:
    'Os ydych yn gwybod pwy oedd hwnnw, neu os chi oedd yno ar ddyfais arall, mae popeth yn iawn. Os nad, gall rhywun fewngofnodi fel chi lle rydych yn profi pwy ydych chi: newidiwch y cyfrinair yno.',
  keepersTitle: 'Pwy na helpodd',
  silent: (keeper: string) => `Nid atebodd ${keeper}. Roedd y lleill yn ddigon.`,
  wrong: (keeper: string) => `Rhoddodd ${keeper} ateb anghywir. Sylwyd arno, ac roedd y lleill yn ddigon.`,
  declined: (keeper: string) => `Gwrthododd ${keeper}. Roedd y lleill yn ddigon.`,
};
