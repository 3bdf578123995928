/** The devices that hold this person's secret. Welsh, a draft; what is said about being safe stays English. */
import type { Draft, Text } from '../text.ts';

export const devices: Draft<Text['devices']> = {
  title: 'Eich dyfeisiau',
  lead: 'Rhestrir pob dyfais sy’n dal eich cyfrinach yma, o dan enw y gall eich dyfeisiau chi yn unig ei ddarllen.',
  here: 'Y ddyfais hon',
  since: (day: string) => `ers ${day}`,
  unknown: 'Dyfais heb enw y gellir ei ddarllen',
  name: 'Beth yw enw’r ddyfais hon?',
  nameHint: 'Rhywbeth sy’n eich helpu chi, ac nad yw’n dweud dim wrth neb arall.',
  rename: 'Newid yr enw',
  renamed: 'Mae’r enw wedi’i newid.',
  remove: (name: string) => `Tynnu ${name}`,
  removeUnknown: 'Tynnu’r ddyfais hon',
  sureUnknown: 'Tynnu’r ddyfais hon?',
  sure: (name: string) => `Tynnu ${name}?`,
  does: 'Nid yw’n cael ei hadnewyddu mwyach. Mae ei waled yn ei dileu ei hun y tro nesaf y bydd ar agor ac yn edrych i mewn.',
  yes: 'Ie, ei thynnu',
  no: 'Ei chadw',
  removed: 'Mae wedi’i thynnu.',
  strange: 'Un nad ydych yn ei hadnabod?',
};
