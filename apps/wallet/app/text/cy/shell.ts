/** The frame around every screen. Welsh, a draft. */
import type { Draft, Text } from '../text.ts';

export const shell: Draft<Text['shell']> = {
  name: 'Waled',
  skip: 'Neidio at y cynnwys',
  home: 'Hafan',
  limits: 'Beth nad yw hyn yn ei guddio',
  exit: 'Gadael yn gyflym',
  exitHint: 'Neu pwyswch Escape ddwywaith',
  code: 'Am y cod hwn',
  practice: 'Ymarfer: nid oes neb yma’n real, ac nid oes dim yma’n cyfrif.',
  loading: 'Un eiliad…',
  back: 'Yn ôl',
  again: 'Rhoi cynnig arall',
  unaudited:
    'Cryptograffeg heb ei harchwilio a heb ei safoni. Peidiwch â dibynnu arni lle mae eich diogelwch yn dibynnu arni.',
  menu: 'Waled',
  language: 'Iaith',
  draft: 'Drafft: nid oes neb wedi adolygu’r Gymraeg hon eto.',
};
