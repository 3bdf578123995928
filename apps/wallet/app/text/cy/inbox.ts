/** Messages from a place. Words about help stay English. Welsh, a draft. */
import type { Draft, Text } from '../text.ts';

export const inbox: Draft<Text['inbox']> = {
  title: (place: string) => `Negeseuon gan ${place}`,
  standing: {
    good: 'Safle da',
    warned: 'Cawsoch rybudd',
    restricted: 'Rydych chi wedi’ch cyfyngu',
    suspended: 'Rydych chi wedi’ch atal',
    barred: 'Rydych chi wedi’ch gwahardd',
    closed: 'Mae’r cyfrif hwn wedi’i gau',
  },
  until: (day: string) => `tan ${day}`,
  review: (day: string) => `i’w ystyried eto erbyn ${day}`,
  none: 'Dim negeseuon.',
  kinds: {
    statement: 'Datganiad o resymau',
    'appeal-outcome': 'Canlyniad eich apêl',
    hearing: 'Gofynnir i chi',
    notice: 'Hysbysiad',
  },
  appeal: 'Apelio',
  appealLead: 'Bydd rhywun na wnaeth y penderfyniad yn eich clywed. Nid ydyn nhw’n dysgu pwy ydych chi.',
  appealUntil: (day: string) => `Gallwch apelio tan ${day}.`,
  track: 'Am beth mae’n sôn?',
  tracks: {
    normal: 'Mae’r penderfyniad yn anghywir',
    journalism: 'Newyddiaduraeth oedd hi',
    'intimate-image': 'Delwedd bersonol iawn ohonof',
  },
  grounds: 'Pam mae’r penderfyniad yn anghywir?',
  send: 'Anfon',
  appealed: 'Anfonwyd eich apêl. Bydd yr ateb yma.',
  evidence: 'Ychwanegu at eich apêl',
  evidenceLead:
    'Os ydych wedi apelio ac nid yw wedi’i benderfynu eto, gallwch ychwanegu’r hyn y dylid ei wybod.',
  evidenceWords: 'Beth ddylid ei wybod?',
  evidenceSent: 'Fe’i hychwanegwyd at eich apêl.',
  reach: 'Pwy gaiff eich cyrraedd, a’r cyfrif hwn',
  reply: 'Eich ateb',
  replyLead:
    'Cewch eich clywed cyn i ddim gael ei benderfynu. Dywedwch gymaint neu gyn lleied ag y dymunwch.',
  replied: 'Anfonwyd eich ateb.',
  crisis:
    'Mae geiriau am gymorth yn aros yn Saesneg yma (they stay English). Rhaid i rywun sy’n gweithio ym maes gofal mewn argyfwng adolygu rhai eraill yn gyntaf; nid yw’r rhai Saesneg wedi’u hadolygu eto chwaith.',
  empty: 'Ysgrifennwch rywbeth yn gyntaf.',
  other: 'Lle neu gyfrif arall',
  choose: 'Dewis lle',
};
