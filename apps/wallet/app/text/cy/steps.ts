/** What a long action is at. Welsh, a draft. */
import type { Draft, Text } from '../text.ts';

export const steps: Draft<Text['steps']> = {
  evidence: 'Gwirio’ch prawf o bwy ydych chi',
  credential: 'Gwneud eich tystysgrif',
  log: 'Mae eich cofnod yn cael ei ysgrifennu yn y log cyhoeddus',
  keepers: 'Gofyn i’r ceidwaid',
  proof: 'Gwneud y prawf',
  reading: 'Darllen y log cyhoeddus',
  working: 'Gweithio…',
  done: 'Wedi gorffen',
};
