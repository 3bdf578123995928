/**
 * The one place that turns text into the address of a script (Trusted Types): the wallet's worker and its guard,
 * both of this origin. The content security policy forbids every other.
 */
import { trustedTypesName } from '../../security-headers.ts';

interface Policy {
  createScriptURL(address: string): string;
}
type Factory = { createPolicy(name: string, rules: Policy): Policy };

const own = (address: string): string => {
  if (new URL(address, location.href).origin !== location.origin) throw new TypeError('not our script');
  return address;
};

let policy: Policy | undefined;

/** Throws TypeError for an address of anybody else. Where browsers have no Trusted Types, the text itself. */
export function scriptAddress(address: string): string {
  const { trustedTypes } = globalThis as { trustedTypes?: Factory };
  if (!trustedTypes) return own(address);
  policy ??= trustedTypes.createPolicy(trustedTypesName, { createScriptURL: own });
  return policy.createScriptURL(address);
}
