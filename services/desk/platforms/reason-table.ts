/**
 * What platforms call the reason of a report, in the words of ours. What a reporter's form there does not say is
 * `other`: a moderator reads the words. Nothing here decides.
 */
import type { Report } from '@answerable/protocol/report/report';

type Reason = Report['reasons'][number];

/** Mastodon's Admin::Report#category, version 4.2 and later. */
const mastodonReasons: Readonly<Record<string, Reason>> = {
  spam: 'other',
  legal: 'other',
  violation: 'abuse',
  other: 'other',
};

/** Discourse's kinds of flag by number (PostActionType). */
const discourseReasons: Readonly<Record<string, Reason>> = {
  '3': 'other', // off topic
  '4': 'abuse', // inappropriate
  '6': 'other', // message to the author
  '7': 'other', // something else, for the moderators
  '8': 'other', // spam
  '10': 'other', // illegal
};

/** com.atproto.moderation.defs and tools.ozone.report.defs, after the `#`. */
const atprotoReasons: Readonly<Record<string, Reason>> = {
  reasonSpam: 'other',
  reasonViolation: 'abuse',
  reasonMisleading: 'other',
  reasonSexual: 'other',
  reasonRude: 'abuse',
  reasonOther: 'other',
  reasonViolenceThreats: 'threat',
  reasonViolenceGlorification: 'threat',
  reasonViolenceExtremistContent: 'hate',
  reasonHarassmentTroll: 'abuse',
  reasonHarassmentTargeted: 'abuse',
  reasonHarassmentHateSpeech: 'hate',
  reasonHarassmentDoxxing: 'abuse',
  reasonHarassmentOther: 'abuse',
  reasonSexualNCII: 'intimate-image',
  reasonSexualDeepfake: 'intimate-image',
  reasonChildSafetyHarassment: 'abuse',
  reasonSelfHarmContent: 'promotes-suicide',
  reasonSelfHarmED: 'promotes-suicide',
  reasonSelfHarmStunts: 'promotes-suicide',
  reasonSelfHarmOther: 'promotes-suicide',
};

const tables = { mastodon: mastodonReasons, discourse: discourseReasons, atproto: atprotoReasons };

/** At least one reason, each once, at most four. */
export function reasonsFrom(platform: keyof typeof tables, said: readonly string[]): Reason[] {
  const table = tables[platform];
  const found = said.map((one) => (Object.hasOwn(table, one) ? table[one]! : 'other'));
  return [...new Set<Reason>(found.length === 0 ? ['other'] : found)].slice(0, 4);
}
