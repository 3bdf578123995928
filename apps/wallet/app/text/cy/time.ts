/** Days and lengths of time. Welsh, a draft. */
import type { Draft, Text } from '../text.ts';

export const time: Draft<Text['time']> = {
  months: [
    'Ionawr',
    'Chwefror',
    'Mawrth',
    'Ebrill',
    'Mai',
    'Mehefin',
    'Gorffennaf',
    'Awst',
    'Medi',
    'Hydref',
    'Tachwedd',
    'Rhagfyr',
  ],
  // Numbers take the singular.
  units: {
    year: (n: number) => `${n} blynedd`,
    day: (n: number) => `${n} diwrnod`,
    hour: (n: number) => `${n} awr`,
    minute: (n: number) => `${n} munud`,
    second: (n: number) => `${n} eiliad`,
  },
};
