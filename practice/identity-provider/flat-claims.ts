/**
 * The other flavour of this provider, for a client that asks for it: everything beside each other in user info,
 * with a yes or no, as many private providers have it. What it means to a registrar stands in its example
 * mapping `flat-claims`.
 */
import { evidenceOf, type Grant } from './sign-in.ts';

/** The scope that asks for more than a sign-in. */
export const flatIdentityScope = 'identity';

export function flatIdentityOf({ person, account, outcome }: Grant): Record<string, unknown> {
  if (outcome === 'failed') return { identity_verified: false };
  const { passport, drivingPermit } = evidenceOf(person, account);
  return {
    identity_verified: true,
    assurance: 'substantial',
    given_name: person.givenName,
    family_name: person.familyName,
    birthdate: person.birthDate,
    address: { locality: person.address.addressLocality, country: person.address.addressCountry },
    ...(passport
      ? {
          document_type: 'passport',
          document_country: passport.icaoIssuerCode,
          document_number: passport.documentNumber,
        }
      : {}),
    ...(drivingPermit
      ? {
          document_type: 'driving_licence',
          document_country: drivingPermit.issuedBy,
          document_number: drivingPermit.personalNumber,
        }
      : {}),
  };
}
