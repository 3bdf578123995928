/**
 * Whether an account may reply to, mention or message another one (spec/targets.md, "What a platform is told").
 * Asked by POST /platform/acts. From a member's first block on, everybody whom they have not let in knocks, and
 * nothing here knows which of them is the blocked person.
 * Must never: look at persons; tell a named account apart from the others who must knock.
 */
import type { ReachAct } from '@answerable/protocol/admission/reach';
import type { ReachFacts, TargetStore } from './target-store.ts';

export type Reach = 'yes' | 'needs-answerable' | 'knock' | 'no';

export interface ReachAsked {
  platform: string;
  /** the `sub` that would be reached */
  owner: string;
  /** null: an account that is not answerable */
  from: string | null;
  act: ReachAct;
  /** the platform says that the two were in touch before the member's first block, or the member wrote first */
  inTouch: boolean;
}

export async function mayReach(
  { targets }: { targets: Pick<TargetStore, 'facts'> },
  asked: ReachAsked,
): Promise<Reach> {
  if (asked.from === asked.owner) return 'yes';
  return decideReach(await targets.facts(asked.platform, asked.owner, asked.from), asked);
}

/** `no` only for an owner who is not there. */
export function decideReach(
  { there, wishes, guarded, named, letIn }: ReachFacts,
  { from, act, inTouch }: Pick<ReachAsked, 'from' | 'act' | 'inTouch'>,
): Reach {
  if (!there) return 'no';
  // Who is not answerable is nobody's later account that could be held: a guarded member is not reached by them.
  if (from === null) return wishes[act] || guarded ? 'needs-answerable' : 'yes';
  if (named) return 'knock';
  return !guarded || letIn || inTouch ? 'yes' : 'knock';
}
