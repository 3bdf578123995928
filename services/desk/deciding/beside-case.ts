/**
 * What other rooms of the desk know about a case, for its page and for scripts: each room adds one line here and
 * one part to the page. Must never: bring in an account that is not in the case.
 */
import type { Staff } from '@answerable/kit/sign-in';
import type { CaseState } from '../casework/state.ts';
import { evidenceBeside } from '../intake/evidence-beside.ts';
import { macrosBeside } from '../macros/macros-beside.ts';
import type { DeskParts } from '../parts.ts';
import { platformBeside } from '../platforms/hand-view.ts';
import { precedentsBeside } from '../precedents/precedents-beside.ts';
import { restBeside } from '../shift/rest-beside.ts';

export async function besideCase(parts: DeskParts, state: CaseState, staff: Staff) {
  const [platform, rest, shown, precedents, macros] = await Promise.all([
    platformBeside(parts, state),
    restBeside(parts, staff),
    evidenceBeside(parts, state),
    precedentsBeside(parts, state, staff),
    macrosBeside(parts),
  ]);
  return { platform, rest, shown, precedents, macros };
}
