/**
 * One spelling of a document: kind, issuer, number. Strong identifiers decide alone, so nothing is merged here
 * that could be two documents: O and 0, I and 1 stay apart, and so does a renewed passport, which has a new
 * number. What survives a renewal is the driver number of a British licence.
 */
import { issuerName } from './document-issuer.ts';
import type { IdentityDocument } from './evidence.ts';

/** A driver number: five of the surname, the birth date, initials, and three that tell apart; then two issue digits. */
const driverNumber = /^([A-Z9]{5}\d{6}[A-Z9]{2}[A-Z0-9]{3})(\d{2})?$/;
const northernIrishLicence = /^\d{8}$/;
const drivers = 'DVLA';
const northernIrishDrivers = 'DVA';

export function documentIdentifier({ kind, issuer, number }: IdentityDocument): [string, string, string] {
  const by = issuerName(issuer);
  const compact = compactCode(number);
  if (kind === 'driving-licence') return [kind, ...licence(by, compact)];
  if (kind === 'passport') return [kind, by, withoutCheckDigit(compact)];
  return [kind, by, compact];
}

function licence(issuer: string, number: string): [issuer: string, number: string] {
  if (issuer !== 'GBR' && issuer !== drivers && issuer !== northernIrishDrivers) return [issuer, number];
  const driver = driverNumber.exec(number)?.[1];
  if (driver !== undefined) return [drivers, driver];
  return [northernIrishLicence.test(number) ? northernIrishDrivers : issuer, number];
}

// Some providers send the number as it stands in the machine-readable zone, with its check digit (ICAO 9303
// part 3 §4.9). Nine characters are a whole number; a tenth that checks them is no part of it.
function withoutCheckDigit(number: string): string {
  return number.length === 10 && checkDigit(number.slice(0, 9)) === number[9] ? number.slice(0, 9) : number;
}

function checkDigit(number: string): string {
  const weights = [7, 3, 1];
  const sum = [...number].reduce(
    (total, sign, at) => total + Number.parseInt(sign, 36) * weights[at % 3]!,
    0,
  );
  return String(sum % 10);
}

/** Letters and digits only, in capitals: spaces, hyphens and fillers are how a number is set, not what it is. */
function compactCode(code: string): string {
  return code
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
}
