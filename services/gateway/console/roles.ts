/** Who may do what at the gateway's console and its /admin addresses. Each role may all that the ones after it may. */
import type { Staff } from '@answerable/kit/sign-in';

export const roles = ['admin', 'operator', 'viewer'] as const;
export type Role = (typeof roles)[number];

export const roleWords: Record<Role, [title: string, says: string]> = {
  admin: ['Admin', 'says who works here; announces policies, puts sanctions by hand'],
  operator: ['Operator', 'keeps it running: acts that a platform did not take, keys, files for leaving'],
  viewer: ['Viewer', 'looks, and changes nothing'],
};

/** The roles that may do what `role` may. */
export const atLeast = (role: Role): Role[] => roles.slice(0, roles.indexOf(role) + 1);
export const isAtLeast = (held: Role, needed: Role): boolean => atLeast(needed).includes(held);
/** What somebody with a row here holds; undefined for who came by a link only. */
export const roleOf = ({ roles: held }: Pick<Staff, 'roles'>): Role | undefined =>
  roles.find((role) => held.includes(role));
