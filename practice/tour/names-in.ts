/**
 * Whose names stand in rows of a database, in clear, in either order, in one column or in two, or as bytes.
 * Looks for people one can be in practice; what is not found here may still be there for a cleverer reader,
 * who is the thief of chapter four.
 */
import type { Person } from '@answerable/practice-identity-provider/people';

/** Words such as `familyName` may stand between the two. */
const wordsBetweenMax = 3;

const hexOf = (text: string) => Buffer.from(text, 'utf8').toString('hex');
const escaped = (text: string) => text.replaceAll(/[^\p{L}\p{N}]/gu, '.');

/** A PostgreSQL expression that every row with a name in it matches, and few others. */
export function namePattern(people: readonly Person[]): string {
  return people.flatMap(({ familyName }) => [escaped(familyName), hexOf(familyName)]).join('|');
}

/** Full names of the people who stand in `texts`, in the order of `people`. */
export function namesIn(texts: readonly string[], people: readonly Person[]): string[] {
  const standsIn = ({ givenName, familyName }: Person) => {
    const [given, family] = [escaped(givenName), escaped(familyName)];
    const between = `[^\\p{L}]+(?:\\p{L}+[^\\p{L}]+){0,${wordsBetweenMax}}`;
    const inWords = new RegExp(`${given}${between}${family}|${family}${between}${given}`, 'iu');
    const inBytes = hexOf(familyName);
    return texts.some((text) => inWords.test(text) || text.includes(inBytes));
  };
  return people.filter(standsIn).map(({ givenName, familyName }) => `${givenName} ${familyName}`);
}
