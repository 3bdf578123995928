/**
 * An e-mail address for one account, where its platform insists on one: drawn at random, so that it says nothing
 * of the person, of `sub`, or of any other account. Mail to it is thrown away.
 * Must never: be the same for two accounts, or follow from anything.
 */
import { randomInt } from 'node:crypto';

const letters = 'abcdefghijkmnpqrstuvwxyz23456789';
/** 80 bits. */
const partChars = 16;

/** The part before the @. Lower case, without letters that look alike. */
export const drawRelayPart = (): string =>
  Array.from({ length: partChars }, () => letters[randomInt(letters.length)]).join('');

const shape = new RegExp(`^[${letters}]{${partChars}}$`);
/** Whether it could be one: says nothing of whether it is. */
export const isRelayPart = (part: string): boolean => shape.test(part.toLowerCase());

/** The address as platforms are told; undefined if this account has none. */
export const relayAddress = (part: string | null, domain: string | undefined): string | undefined =>
  part !== null && domain !== undefined ? `${part}@${domain}` : undefined;
