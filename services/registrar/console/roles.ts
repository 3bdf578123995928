/** Who may do what at the registrar's console, and which kinds of organisation vouch. */

export const roles = ['admin', 'reviewer', 'referee'] as const;
export type Role = (typeof roles)[number];

export const roleWords: Record<Role, [title: string, says: string]> = {
  admin: ['Admin', 'says who works here and which organisations vouch; suspends records'],
  reviewer: ['Reviewer', 'looks, with a second reviewer, at enrolments that software may not settle'],
  referee: ['Referee', 'vouches for people without documents, for one organisation'],
};

export const organisationKinds = ['council', 'refuge', 'library', 'school', 'surgery'] as const;
export type OrganisationKind = (typeof organisationKinds)[number];

export const organisationWords: Record<OrganisationKind, string> = {
  council: 'Council',
  refuge: 'Refuge',
  library: 'Library',
  school: 'School or college',
  surgery: 'GP surgery',
};
