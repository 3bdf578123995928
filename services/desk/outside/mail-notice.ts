/** Sends a notice, or a reminder of it, by e-mail: out of the outbox, as often as it takes. */
import { Refusal } from '@answerable/protocol/refusal';
import type { DeskParts } from '../parts.ts';
import { evidenceOf } from './evidence.ts';
import { letterTitle, noticeLetter, reminderLetter } from './notice-letter.ts';

type Parts = Pick<DeskParts, 'notices' | 'mailer' | 'store' | 'clock'>;

export async function mailNotice(
  parts: Parts,
  id: string,
  { notice, reminder }: { notice: string; reminder: boolean },
): Promise<unknown> {
  const { mailer, notices, clock } = parts;
  if (!mailer) throw new Refusal('not_ready');
  const state = await notices.find(notice);
  const { email, sender } = state.draft;
  if (!email) throw new Refusal('reasons_missing');
  // Answered or closed in the meantime: nobody needs the reminder any more.
  if (reminder && state.phase !== 'sent' && state.phase !== 'acknowledged') return { kept: true };
  const day = clock.now().toISOString().slice(0, 10);
  const letter = noticeLetter(state, await evidenceOf(parts, state), (state.sentAt ?? day).slice(0, 10));
  const text = reminder ? reminderLetter(state, letter, day) : letter;
  const subject = (reminder ? 'Reminder: ' : '') + letterTitle(state);
  await mailer.send({ id, to: email, replyTo: sender.email, subject, text });
  return null;
}
