/**
 * Everything about the duties of this service in one piece of plain JSON: what pages and exports show. Must
 * never: name anybody. Who reviewed something stands in the ledger; here members of staff are numbered.
 */
import { dayOfInstant } from '../casework/deadline.ts';
import { type LawPack, packName } from '../law/pack.ts';
import type { DeskParts } from '../parts.ts';
import { evidenceFor, type Grounds } from './evidence.ts';
import type { Kept } from './record.ts';
import { transparencyRows } from './transparency.ts';

/** Where no law of a pack has its own list. */
const ownHarms = [
  { id: 'hate', title: 'Hate' },
  { id: 'harassment', title: 'Harassment, threats and abuse' },
  { id: 'suicide-self-harm', title: 'Encouraging suicide and self-harm' },
  { id: 'intimate-images', title: 'Intimate images' },
  { id: 'child-sexual-abuse', title: 'Sexual abuse of children' },
  { id: 'terrorism', title: 'Terrorism' },
  { id: 'fraud', title: 'Fraud' },
  { id: 'other-illegal-content', title: 'Other illegal content' },
];

export function harmsOf(packs: readonly LawPack[]): { id: string; title: string }[] {
  const harms = packs.flatMap((pack) => pack.harms);
  return harms.length > 0 ? harms : ownHarms;
}

export type DutyView = Awaited<ReturnType<typeof dutyView>>;

export async function dutyView(parts: DeskParts, from: string, to: string) {
  const { law, duty, figures, clock, settings } = parts;
  const today = dayOfInstant(clock.now().toISOString());
  const packs = law.packs(today);
  const harms = harmsOf(packs);
  const [{ record, records }, counted, beside] = await Promise.all([
    duty.read(),
    figures.between(from, to),
    duty.beside(from, to),
  ]);
  const grounds: Grounds = { figures: counted, beside, record, harms, today };
  const numbers = new Map<string, number>();
  const unnamed = <T extends Kept>({ who, ...rest }: T) => {
    if (!numbers.has(who)) numbers.set(who, numbers.size + 1);
    return { ...rest, by: `member of staff ${numbers.get(who)}` };
  };
  return {
    made: today,
    from,
    to,
    profile: settings.profile(),
    packs: packs.map((pack) => ({ name: packName(pack), law: pack.law, compared: pack.compared })),
    plainly: packs.flatMap((pack) => pack.plainly.map((words) => ({ law: pack.law, words }))),
    open: packs.flatMap((pack) => pack.open.map((words) => ({ law: pack.law, words }))),
    duties: law.duties(today).map(({ id, law: of, at, title, does, kind, source, evidence }) => ({
      id,
      law: of,
      at,
      title,
      does,
      kind,
      source,
      evidence: evidenceFor(evidence, grounds),
      use: record.measures.find((one) => one.measure === id)?.use ?? null,
    })),
    harms: harms.map((harm) => ({
      ...harm,
      risk: record.risks.filter((one) => one.harm === harm.id).map(unnamed)[0] ?? null,
    })),
    measures: record.measures.map(unnamed),
    clauses: record.clauses.map(unnamed),
    transparency: transparencyRows(counted, beside),
    chain: { records: records.length, head: records.at(-1)?.hash ?? null },
  };
}
