/**
 * The real screens that a visitor can walk into from the tour, chapter by chapter, and how. Consoles want
 * somebody signed in: the tour has the operator's token of each practice party and fetches a one-time link.
 */
import { callJson } from '@answerable/kit/http-client';
import type { Network, RoleName } from '@answerable/practice-constellation/network';
import type { Chapter } from '@answerable/practice-story/step';
import { Refusal } from '@answerable/protocol/refusal';
import { z } from 'zod';

export interface Door {
  id: string;
  /** as on the button, after “Open” */
  title: string;
  says: string;
  role: RoleName;
  chapters: readonly Chapter[];
  /** who the visitor is behind this door; absent where anybody may go in */
  staff?: { name: string; roles?: readonly string[] };
}

export const doors: readonly Door[] = [
  {
    id: 'commons',
    title: 'Commons',
    says: 'Sign up and post.',
    role: 'commons',
    chapters: ['join', 'abuse', 'return'],
  },
  {
    id: 'lantern',
    title: 'Lantern',
    says: 'Sign up at a second forum too.',
    role: 'lantern',
    chapters: ['join'],
  },
  {
    id: 'wallet',
    title: 'Your wallet',
    says: 'What you hold, in this browser and nowhere else.',
    role: 'wallet',
    chapters: ['join', 'return', 'open'],
  },
  {
    id: 'desk-a',
    title: 'The desk as moderator A',
    says: 'Read reports, decide with reasons.',
    role: 'desk',
    chapters: ['abuse'],
    staff: { name: 'moderator A', roles: ['moderator'] },
  },
  {
    id: 'desk-b',
    title: 'The desk as moderator B',
    says: 'Confirm, or hear an appeal against A.',
    role: 'desk',
    chapters: ['abuse'],
    staff: { name: 'moderator B', roles: ['moderator', 'appeals'] },
  },
  {
    id: 'commons-of-the-ban',
    title: 'Commons under the ban',
    says: 'The same forum, holding names.',
    role: 'commons-of-the-ban',
    chapters: ['steal'],
  },
  ...[1, 2, 3].map(
    (n): Door => ({
      id: `guardian-${n}`,
      title: `The console of guardian ${n}`,
      says: 'Read the case, approve or refuse.',
      role: `guardian-${n}` as RoleName,
      chapters: ['open'],
      staff: { name: `person at guardian ${n}` },
    }),
  ),
  {
    id: 'authority',
    title: 'The authority',
    says: 'Ask for one account.',
    role: 'authority',
    chapters: ['open'],
    staff: { name: 'officer' },
  },
];

const linkReply = z.object({ path: z.string().startsWith('/').max(500) });

/** The address behind a door, signed in where that is needed. Throws Refusal `unavailable`. */
export async function addressBehind(door: Door, network: Network): Promise<string> {
  const { origin } = network.roles[door.role];
  if (!door.staff) return `${origin}/`;
  const { path } = await callJson(`${origin}/operator/sign-in-links`, {
    body: door.staff,
    headers: { authorization: `Bearer ${network.tokens.operator}` },
    schema: linkReply,
  });
  return origin + path;
}

export function findDoor(id: string): Door {
  const door = doors.find((one) => one.id === id);
  if (!door) throw new Refusal('not_found');
  return door;
}
