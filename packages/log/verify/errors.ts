// How the log package refuses. Malformed input names the field and the shape it should have had, never the
// value; a signature or proof that does not hold says nothing more than that. Where a log is *audited* the
// place of the fault is public and is reported as a finding (monitor/), not as an error.

/** Bytes or text of the wrong shape. */
export class MalformedLogData extends Error {
  override readonly name = 'MalformedLogData';
  readonly field: string;
  readonly shape: string;

  constructor(field: string, shape: string) {
    super(`${field}: expected ${shape}`);
    this.field = field;
    this.shape = shape;
  }
}

/** A signature, cosignature, quorum or proof that does not hold. */
export class LogUnverified extends Error {
  override readonly name = 'LogUnverified';

  constructor() {
    super('the log does not verify');
  }
}
