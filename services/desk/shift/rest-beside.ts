/** How whoever looks at a case is doing: said on its page, so that nobody goes on by mere habit. */
import type { Staff } from '@answerable/kit/sign-in';
import type { DeskParts } from '../parts.ts';
import { restState } from './rest-policy.ts';

export async function restBeside({ shift }: DeskParts, staff: Staff) {
  const rest = await shift.rest(staff.name);
  return { ...rest, state: restState(rest) };
}
