/**
 * The law as this desk works under it: the packs it was started with, seen for the kind of service that the
 * set-up says it is. Cases name the packs they were opened under, and are shown those for as long as they last.
 */
import { Refusal } from '@answerable/protocol/refusal';
import type { Assessment } from '../casework/decision.ts';
import type { CaseRules } from '../casework/event.ts';
import {
  clocksFor,
  type DutyHere,
  dutiesFor,
  type NoticeTexts,
  noticesOf,
  offences,
  packsFor,
} from './in-force.ts';
import { type LawPack, type Offence, packName } from './pack.ts';
import type { Profile } from './profile.ts';

export interface Law {
  /** those that hold for this service on `day` */
  packs(day: string): LawPack[];
  duties(day: string): DutyHere[];
  notices(day: string): NoticeTexts;
  /** what a case opened on `day` keeps */
  rules(day: string): Required<Pick<CaseRules, 'clocks' | 'packs'>>;
  /** the offences that can be found in a case with these rules */
  offences(rules: Pick<CaseRules, 'packs'>): Offence[];
  /** Throws Refusal `malformed` or `reasons_missing` for a finding that no pack of the case has words for. */
  requireFinding(rules: Pick<CaseRules, 'packs'>, finding: Assessment | undefined): void;
}

export function createLaw(packs: readonly LawPack[], profile: () => Profile): Law {
  const here = (day: string) => packsFor(packs, profile(), day);
  const offencesOf = ({ packs: names }: Pick<CaseRules, 'packs'>): Offence[] => {
    const known = offences(names ? packs.filter((pack) => names.includes(packName(pack))) : newest(packs));
    return known.length > 0 ? known : offences(packs).filter(({ id }) => id === 'other');
  };
  return {
    packs: here,
    duties: (day) => dutiesFor(packs, profile(), day),
    notices: (day) => noticesOf(here(day)),
    rules: (day) => ({ clocks: clocksFor(packs, profile(), day), packs: here(day).map(packName) }),
    offences: offencesOf,
    requireFinding(rules, finding) {
      if (finding?.about !== 'conduct' || finding.limb !== 'illegal' || !rules.packs) return;
      const offence = offencesOf(rules).find(({ id }) => id === finding.offence);
      if (!offence) throw new Refusal('malformed', 'assessment.offence');
      const ids = offence.elements.map(({ id }) => id);
      const judged = Object.keys(finding.elements);
      if (judged.some((id) => !ids.includes(id))) throw new Refusal('malformed', 'assessment.elements');
      if (ids.some((id) => !judged.includes(id))) throw new Refusal('reasons_missing', 'assessment.elements');
    },
  };
}

/** The newest words first, so that they are the ones used where a case names no pack. */
const newest = (packs: readonly LawPack[]): LawPack[] =>
  [...packs].sort((one, other) => other.compared.localeCompare(one.compared));
