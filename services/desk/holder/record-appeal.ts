/**
 * An appeal and its evidence as the case records them, whichever way they came: through the inbox at the gateway,
 * or from the page where the decision is read. The transition decides whether there may be one.
 */
import { randomBytes } from 'node:crypto';
import { toBase64url } from '@answerable/core/bytes';
import { Refusal } from '@answerable/protocol/refusal';
import type { Happening } from '../casebook.ts';
import type { AppealTrack, Tool } from '../casework/event.ts';
import { sameHolder } from '../casework/state.ts';
import type { DeskParts } from '../parts.ts';
import { theHolder } from './decision-view.ts';

const idBytes = 16;

export interface GivenAppeal {
  caseId: string;
  sub: string;
  track: AppealTrack;
  grounds: string;
}

/** `before` are events that must be known first, such as which accounts are one person. */
export async function recordAppeal(
  { casebook, outbox }: DeskParts,
  { caseId, sub, track, grounds }: GivenAppeal,
  tool: Tool,
  before: readonly Happening[] = [],
): Promise<void> {
  const appeal = toBase64url(randomBytes(idBytes));
  await casebook.act(caseId, (state) => {
    // An answer that was lost is asked for again: the same words from the same account are one appeal.
    if (state.appeals.some((known) => known.sub === sub && known.grounds === grounds)) return [];
    return [...before, { actor: theHolder, tool, body: { kind: 'appealed', appeal, sub, track, grounds } }];
  });
  outbox.kick();
}

export async function recordEvidence(
  { casebook, outbox }: DeskParts,
  { caseId, sub, words, media }: { caseId: string; sub: string; words: string; media: string[] },
  tool: Tool,
): Promise<void> {
  await casebook.act(caseId, (state) => {
    const holder = sameHolder(state, sub);
    const appeal = state.appeals.find((known) => holder.has(known.sub));
    if (!appeal) throw new Refusal('case_unknown');
    const sent = appeal.evidence.some(
      (one) => one.words === words && one.media.join(' ') === media.join(' '),
    );
    if (sent) return [];
    const body = { kind: 'evidence-added' as const, appeal: appeal.appeal, sub, words, media };
    return [{ actor: theHolder, tool, body }];
  });
  outbox.kick();
}
