/**
 * What a platform's policy promises that a desk, as it is set up, cannot hold: said when it starts, on its settings
 * page and by `answerable policy check --desk`. Pure.
 */
import type { StepHere } from '@answerable/protocol/platform/steps';
import type { PolicyClocks } from '@answerable/protocol/platform-policy';
import { confirmationHours } from '../casework/apply-panel.ts';

export interface DeskAsSet {
  oneModerator: boolean;
  barNeedsSecond?: boolean | undefined;
  /** how many other forums have agreed to hear and confirm */
  forums: number;
}

export interface NotHeld {
  /** the field of the policy */
  what: string;
  says: string;
}

export function cannotHold(
  { steps, clocks }: { steps: readonly StepHere[]; clocks: PolicyClocks | null },
  { oneModerator, barNeedsSecond = true, forums }: DeskAsSet,
): NotHeld[] {
  const alone = oneModerator && forums === 0;
  const bars = barNeedsSecond && steps.some(({ step }) => step === 'bar');
  const found: (NotHeld | false)[] = [
    alone &&
      bars && {
        what: 'ladder',
        says: 'A bar needs a second person. With one moderator and no other forum that agreed to confirm, nobody can be barred.',
      },
    alone &&
      clocks !== null && {
        what: 'clocks.appealAnswerDays',
        says: `An appeal is heard by somebody else than who decided. With one moderator and no other forum that agreed to hear, none is answered within ${inDays(clocks.appealAnswerDays)}.`,
      },
    oneModerator &&
      forums > 0 &&
      bars &&
      clocks !== null &&
      clocks.decideHours < confirmationHours && {
        what: 'clocks.decideHours',
        says: `Another forum has ${confirmationHours} hours to confirm a bar, and the policy promises a decision within ${clocks.decideHours}.`,
      },
  ];
  return found.filter((one) => one !== false);
}

const inDays = (count: number): string => (count === 1 ? 'a day' : `${count} days`);
