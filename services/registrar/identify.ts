/**
 * From evidence to a session in which it was shown, whatever the route (PROTOCOL §3.2): the identifiers become
 * tags with t keepers, are compared with what is on record, and the outcome waits in memory for the wallet.
 * Must never: write anything of the evidence down.
 */
import { type Clock, dayOf } from '@answerable/kit/clock';
import { recallSubject } from '@answerable/protocol/enrolment/recall';
import { Refusal } from '@answerable/protocol/refusal';
import type { AskTags } from './ask-tags.ts';
import type { Evidence } from './evidence/evidence.ts';
import { identifiersOf } from './evidence/normalise.ts';
import type { EvidenceShelf, OnShelf } from './evidence-shelf.ts';
import { decideMatch, isOldEnough } from './policy.ts';
import { randomId } from './random-id.ts';
import type { Identified, RegistrarStore, SessionRow } from './store.ts';

export interface IdentifyNeeds {
  store: RegistrarStore;
  shelf: EvidenceShelf;
  askTags: AskTags;
  clock: Clock;
}

/** The code with which the wallet of this session goes on. Refuses `too_young`, `unavailable` with fewer than t keepers. */
export async function identify(
  session: SessionRow,
  evidence: Evidence,
  { store, shelf, askTags, clock }: IdentifyNeeds,
): Promise<string> {
  const found = await recognise(session, evidence, { store, askTags, clock });
  const code = randomId();
  // The raw token is for keepers at a recall; nobody else needs it once it was verified.
  const idToken = session.purpose === 'return' ? evidence.idToken : '';
  shelf.put(session.id, { evidence: { ...evidence, idToken }, ...found, code, expires: session.expires });
  await store.markProven(session.id);
  return code;
}

/** Whose evidence this may be, by tags and by what is on record. Once in a session: keepers count. Refuses `too_young`. */
export async function recognise(
  session: SessionRow,
  evidence: Evidence,
  { store, askTags, clock }: Omit<IdentifyNeeds, 'shelf'>,
): Promise<Pick<OnShelf, 'who' | 'match'>> {
  if (!isOldEnough(evidence.birthDate, dayOf(clock.now()))) throw new Refusal('too_young');
  const { strong, weak } = identifiersOf(evidence);
  const tags = await askTags(session.id, [...strong, ...weak]);
  const account = evidence.vouched ? null : recallSubject(evidence.issuer, evidence.subject);
  const who: Identified = { ...byWeight(tags, strong.length, evidence), subject: account };
  return { who, match: decideMatch(await store.matches(who)) };
}

/**
 * A document that only a referee saw finds somebody as a name does: nobody loses theirs to who typed its number
 * (DIVERGENCES D18).
 */
function byWeight(
  tags: readonly string[],
  documents: number,
  { vouched }: Evidence,
): Pick<Identified, 'strong' | 'weak'> {
  return vouched
    ? { strong: [], weak: [...tags] }
    : { strong: tags.slice(0, documents), weak: tags.slice(documents) };
}
