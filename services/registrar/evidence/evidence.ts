/**
 * What an evidence provider said about a person, in our own words. Lives in memory while an enrolment lasts.
 * Must never: be written to a table, a journal or an error.
 */

export interface IdentityDocument {
  kind: 'passport' | 'driving-licence' | 'identity-card' | 'residence-permit';
  /** Who issued it: a country code or an agency. */
  issuer: string;
  number: string;
}

export interface Evidence {
  /** `iss` and `sub` of the id token, as it spells them. */
  issuer: string;
  subject: string;
  /** `sid`, where the provider names its sessions: for a logout. */
  session?: string;
  /** Every name on record, the current one first: a change of name is still the same person. */
  names: readonly { given: string; family: string }[];
  /** `YYYY-MM-DD` */
  birthDate: string;
  documents: readonly IdentityDocument[];
  residence: 'gb' | 'elsewhere' | 'unknown';
  assurance: 'referee' | 'medium' | 'high';
  /** By whom, where nobody else says it: an organisation's referee, and how they know the person. */
  vouched?: { organisation: string; kind: string; name: string; known: string };
  /** The raw id token: kept for who returns, whose keepers check it themselves; else dropped at once. */
  idToken: string;
}

/** The name as it is sealed. */
export function fullName({ names }: Evidence): string {
  const { given, family } = names[0]!;
  return `${given} ${family}`.normalize('NFC').trim();
}
