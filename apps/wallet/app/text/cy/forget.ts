/** Forgetting this device. Welsh, a draft. */
import type { Draft, Text } from '../text.ts';

export const forget: Draft<Text['forget']> = {
  title: 'Anghofio’r ddyfais hon',
  text: 'Bydd popeth mae’r waled hon yn ei gadw yma’n cael ei ddileu. Mae eich cyfrifon yn aros fel y maen nhw.',
  needWords: 'I ddod yn ôl bydd angen eich pedwar gair.',
  noWords: 'Nid oes gennych bedwar gair: heb y ddyfais hon bydd eich cyfrifon ar goll.',
  yes: 'Anghofiwch fi yma',
  no: 'Cadw',
  done: 'Mae’r ddyfais hon wedi’ch anghofio.',
};
