// The two ways in which core refuses. A refusal that a person reads is a code in packages/protocol/refusal.ts;
// a bug is a plain Error from `assert` and is never caught as one of these.

/** Input of the wrong shape. Names the field and the shape that was expected, never the value. */
export class Malformed extends Error {
  override readonly name = 'Malformed';
  readonly field: string;
  readonly shape: string;

  constructor(field: string, shape: string) {
    super(`${field}: expected ${shape}`);
    this.field = field;
    this.shape = shape;
  }
}

/** A proof or signature that does not hold. Carries no reason: a reason would be an oracle. */
export class ProofFailed extends Error {
  override readonly name = 'ProofFailed';

  constructor() {
    super('proof failed');
  }
}

/** States what must hold if the code is right. `claim` is about the code, never about input. */
export function assert(condition: boolean, claim: string): asserts condition {
  if (!condition) throw new Error(`bug: ${claim}`);
}
