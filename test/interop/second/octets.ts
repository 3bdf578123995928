// Octets and frames, spec/encoding.md "Octets". The second implementation shares no code with packages/core:
// nothing here may be imported from there.

/** What the second implementation says to everything it does not accept. Which check failed is for its tests. */
export class Refused extends Error {
  override readonly name = 'Refused';
}

export function refuse(why: string): never {
  throw new Refused(why);
}

export function must(condition: boolean, why: string): asserts condition {
  if (!condition) refuse(why);
}

/** Whether `attempt` is refused. Anything else it throws is thrown on: a crash is not a refusal. */
export function isRefused(attempt: () => unknown): boolean {
  try {
    attempt();
    return false;
  } catch (error) {
    if (error instanceof Refused) return true;
    throw error;
  }
}

export const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
export const hexOf = (octets: Uint8Array): string => Buffer.from(octets).toString('hex');
export const same = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((octet, i) => octet === b[i]);

export function fromHex(text: string): Uint8Array {
  must(/^([0-9a-f]{2})*$/.test(text), 'hex');
  return new Uint8Array(Buffer.from(text, 'hex'));
}

export function join(...parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

export function I2OSP(value: number | bigint, length: number): Uint8Array {
  let rest = BigInt(value);
  must(rest >= 0n && rest < 1n << BigInt(8 * length), 'I2OSP: out of range');
  const octets = new Uint8Array(length);
  for (let i = length - 1; i >= 0; i--, rest >>= 8n) octets[i] = Number(rest & 255n);
  return octets;
}

/** LE4 of spec/encoding.md. */
export const LE4 = (value: number): Uint8Array => I2OSP(value, 4).reverse();

export const numberOf = (octets: Uint8Array): bigint =>
  octets.reduce((sum, octet) => (sum << 8n) | BigInt(octet), 0n);

/** frame(p1, …, pn). A text means its UTF-8. */
export function frame(...parts: readonly (Uint8Array | string)[]): Uint8Array {
  const octets = parts.map((part) => (typeof part === 'string' ? utf8(part) : part));
  return join(...octets.flatMap((part) => [I2OSP(part.length, 8), part]));
}

/** Takes octets from the front; `end` refuses what is left over. */
export class Reader {
  private readonly octets: Uint8Array;
  private at = 0;
  constructor(octets: Uint8Array) {
    this.octets = octets;
  }
  take(length: number): Uint8Array {
    must(this.at + length <= this.octets.length, 'too short');
    this.at += length;
    return this.octets.slice(this.at - length, this.at);
  }
  octet(): number {
    return this.take(1)[0]!;
  }
  rest(): Uint8Array {
    return this.take(this.octets.length - this.at);
  }
  end(): void {
    must(this.at === this.octets.length, 'trailing octets');
  }
}
