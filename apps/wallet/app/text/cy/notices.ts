/** Was an account opened? Welsh, a draft. */
import type { Draft, Text } from '../text.ts';

export const notices: Draft<Text['notices']> = {
  title: 'A agorwyd un o’m cyfrifon?',
  none: 'Naddo. Nid agorwyd yr un o’ch cyfrifon.',
  read: (n: number) =>
    `Darllenodd y waled bob un o’r ${n.toLocaleString('cy')} cofnod yn y log cyhoeddus, yma ar y ddyfais hon.`,
  some: (n: number) => (n === 1 ? 'Agorwyd un o’ch cyfrifon.' : `Agorwyd ${n} o’ch cyfrifon.`),
  by: 'Gofynnwyd gan',
  ground: 'Sail',
  agreed: 'Cyhoeddwyd gan',
  proofTitle: 'Prawf',
  proofText: (index: number) =>
    `Mae yn y log cyhoeddus, yn lle ${index}. Mae’r log wedi’i lofnodi, ac mae’r tystion hyn wedi llofnodi eu bod wedi’i weld felly:`,
  entry: 'Cofnod yn y log',
  seenBy: 'Gwelwyd gan',
  save: 'Cadw’r prawf',
  saveText:
    'Ffeil i gyfreithiwr neu newyddiadurwr. Mae’n dal heb y waled hon: gall unrhyw un ei gwirio gyda’r allweddi sydd ynddi a rheolau’r rhwydwaith. Mae’n dangos pa gyfrif oedd e.',
  late: 'Gellir dal hysbysiad yn ôl am gyfnod. Felly ystyr “naddo” yw: dim un y mae ei hysbysiad wedi’i gyhoeddi.',
  found: (n: number) => (n === 1 ? 'Agorwyd un o’ch cyfrifon' : `Agorwyd ${n} o’ch cyfrifon`),
  foundText: 'Daeth eich waled o hyd iddo yn y log cyhoeddus ei hun.',
  foundGo: 'Gweld pa un, pwy ofynnodd a pham',
};
