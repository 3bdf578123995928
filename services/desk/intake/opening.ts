/** The first event of a case: its kind, and the rules and clocks that it keeps from then on. */
import type { Happening } from '../casebook.ts';
import { dayOfInstant } from '../casework/deadline.ts';
import { type CaseKind, rule, theDesk } from '../casework/event.ts';
import type { DeskParts } from '../parts.ts';
import { stricterClocks } from '../promises/stricter-clocks.ts';

const holdHoursDefault = 12;
const retentionDaysDefault = 365;

type OpeningParts = Pick<DeskParts, 'config' | 'clock' | 'law' | 'settings' | 'promises'>;

export function opening(
  { config, clock, law, settings, promises }: OpeningParts,
  caseId: string,
  caseKind: CaseKind,
): Happening {
  const { packs, clocks } = law.rules(dayOfInstant(clock.now().toISOString()));
  const rules = {
    barNeedsSecond: config.barNeedsSecond ?? true,
    holdsPersons: config.gateway !== null,
    holdHours: config.holdHours ?? holdHoursDefault,
    oneModerator: config.oneModerator ?? settings.profile().moderators === 'one',
    forum: config.platform.name,
    retentionDays: config.retentionDays ?? retentionDaysDefault,
    packs,
    clocks: stricterClocks(clocks, promises.now()?.clocks),
  };
  return { actor: theDesk, tool: rule('intake'), body: { kind: 'opened', caseId, caseKind, rules } };
}
