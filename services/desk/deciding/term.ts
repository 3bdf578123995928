/** How long a sanction holds, as it is chosen in a form: in days from today, or until a day. */
import { after, dayOfInstant } from '../casework/deadline.ts';

const hoursPerDay = 24;

export const terms = [
  [1, '1 day'],
  [3, '3 days'],
  [7, '7 days'],
  [14, '14 days'],
  [30, '30 days'],
  [91, '3 months'],
  [183, '6 months'],
  [365, '1 year'],
] as const;

/** The day on which a term that begins at `at` is over; '' for a term that the form does not offer. */
export function endOfTerm(at: string, term: string): string {
  const days = terms.find(([offered]) => String(offered) === term)?.[0];
  return days === undefined ? '' : dayOfInstant(after(at, days * hoursPerDay));
}
