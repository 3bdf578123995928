// Presentation for the second implementation, verifier and prover: spec/presentation.md.

import {
  api,
  type Credential,
  challengeScalar,
  checkValue,
  domainOf,
  FIELDS,
  h,
  knownPart,
  messageScalar,
  scalarsOf,
  secretOf,
} from './credential.ts';
import {
  decodeIssuerKey,
  decodeNonZero,
  decodePoint,
  encodePoint,
  encodeScalar,
  G,
  G_rec,
  Gen2,
  H2C,
  inverse,
  mul,
  type Point,
  pairingsEqual,
  randomScalar,
  sum,
} from './group.ts';
import { label } from './label.ts';
import { frame, I2OSP, join, must, Reader, utf8 } from './octets.ts';

export type Question = {
  readonly PK: Uint8Array;
  readonly Y: Uint8Array;
  readonly scope: Uint8Array;
  readonly disclose: readonly string[];
  readonly requestHash: Uint8Array;
  readonly policyHash: Uint8Array;
  readonly epoch: number;
  readonly checkpoint: { readonly size: number; readonly root: Uint8Array };
  readonly accountKey: Uint8Array;
  readonly noticeHandle: Uint8Array;
};

export type Presented = {
  readonly disclosed: Readonly<Record<string, string>>;
  readonly P: Uint8Array;
  readonly escrow: Uint8Array;
};

const VERSION = 1;
const HIDDEN_AT_LEAST = 3;
const ALL = 10;

/** Refuses a question that cannot be asked; gives the disclosed indexes, ascending. */
function checkQuestion(question: Question): number[] {
  must(question.scope.length >= 1 && question.scope.length <= 1024, 'scope');
  const octets32 = [question.requestHash, question.policyHash, question.checkpoint.root];
  must(
    [...octets32, question.accountKey, question.noticeHandle].every((part) => part.length === 32),
    'label',
  );
  const indexes = question.disclose.map((field) => FIELDS.indexOf(field as (typeof FIELDS)[number]));
  must(
    indexes.every((index) => index >= 1 && index <= 7) && new Set(indexes).size === indexes.length,
    'disclose',
  );
  return indexes.sort((a, b) => a - b);
}

export function headerOf(question: Question, E0: Point, E1: Point, T0: Point, T1: Point): Uint8Array {
  const { requestHash, Y, policyHash, epoch, checkpoint, accountKey, noticeHandle } = question;
  const lab = frame(
    label('presentationLabel'),
    requestHash,
    Y,
    policyHash,
    I2OSP(epoch, 8),
    I2OSP(checkpoint.size, 8),
    checkpoint.root,
    accountKey,
    noticeHandle,
  );
  const points = [G, decodePoint(Y), G_rec, E0, E1, T0, T1].map(encodePoint);
  return frame(label('presentationHeader'), lab, ...points);
}

type Transcript = {
  readonly disclosed: readonly (readonly [number, bigint])[];
  readonly points: readonly Point[];
  readonly domain: bigint;
  readonly ph: Uint8Array;
  readonly scope: Uint8Array;
};

/** Step 5. `points` are Abar, Bbar, D, T1', T2', P, U. */
function challengeOf({ disclosed, points, domain, ph, scope }: Transcript): bigint {
  const octets = join(
    I2OSP(disclosed.length, 8),
    ...disclosed.flatMap(([index, m]) => [I2OSP(index, 8), encodeScalar(m)]),
    ...points.map(encodePoint),
    encodeScalar(domain),
    I2OSP(ph.length, 8),
    ph,
    I2OSP(scope.length, 8),
    scope,
  );
  return challengeScalar(octets);
}

const scopePoint = (scope: Uint8Array): Point => H2C(scope, api);
const hiddenOf = (disclosed: readonly number[]): number[] =>
  Array.from({ length: ALL }, (_, i) => i).filter((i) => !disclosed.includes(i));

/** Gives what holds, or refuses. */
export function verifyPresentation(octets: Uint8Array, question: Question): Presented {
  const indexes = checkQuestion(question);
  const hidden = hiddenOf(indexes);
  must(hidden.length >= HIDDEN_AT_LEAST, 'hidden');
  const [PK, Y] = [decodeIssuerKey(question.PK), decodePoint(question.Y)];

  const from = new Reader(octets);
  must(from.octet() === VERSION, 'version');
  const values = indexes.map((index) => [index, readValue(from, index)] as const);
  const escrowAndP = [from.take(48), from.take(48), from.take(48)];
  const [P, E0, E1] = escrowAndP.map(decodePoint) as [Point, Point, Point];
  const rhoHat = decodeNonZero(from.take(32));
  const [Abar, Bbar, D] = [from.take(48), from.take(48), from.take(48)].map(decodePoint) as [
    Point,
    Point,
    Point,
  ];
  const [eHat, r1Hat, r3Hat] = [from.take(32), from.take(32), from.take(32)].map(decodeNonZero) as [
    bigint,
    bigint,
    bigint,
  ];
  const mHat = hidden.map(() => decodeNonZero(from.take(32)));
  const c = decodeNonZero(from.take(32));
  from.end();

  const xHat = mHat[mHat.length - 1]!;
  const T0 = sum([rhoHat, G], [-c, E0]);
  const T1 = sum([rhoHat, Y], [xHat, G_rec], [-c, E1]);
  const U = sum([xHat, scopePoint(question.scope)], [-c, P]);
  must(!T0.is0() && !T1.is0() && !U.is0(), 'first message identity');
  const ph = headerOf(question, E0, E1, T0, T1);
  const domain = domainOf(question.PK, question.epoch);
  const disclosed = values.map(([i, value]) => [i, messageScalar(FIELDS[i]!, value)] as const);
  const T1bbs = sum([c, Bbar], [eHat, Abar], [r1Hat, D]);
  const T2bbs = sum(
    [c, knownPart(domain, disclosed)],
    [r3Hat, D],
    ...hidden.map((j, at) => [mHat[at]!, h[j]!] as const),
  );
  const points = [Abar, Bbar, D, T1bbs, T2bbs, P, U];
  must(challengeOf({ disclosed, points, domain, ph, scope: question.scope }) === c, 'challenge');
  must(pairingsEqual(Abar, PK, Bbar, Gen2), 'pairing');
  return {
    disclosed: Object.fromEntries(values.map(([i, value]) => [FIELDS[i]!, value])),
    P: escrowAndP[0]!,
    escrow: join(escrowAndP[1]!, escrowAndP[2]!),
  };
}

function readValue(from: Reader, index: number): string {
  const octets = from.take(from.octet());
  let value: string;
  try {
    value = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(octets);
  } catch {
    must(false, 'utf8');
  }
  checkValue(FIELDS[index]!, value);
  return value;
}

/** What a prover who does not follow the page may change. */
export type Deviation = {
  /** Discloses these instead of what was asked. */
  readonly disclose?: readonly number[];
  /** What goes out as E0, E1, made from the honest ones. */
  readonly escrow?: (E0: Point, E1: Point, x: bigint, Y: Point) => readonly [Point, Point];
  /** What goes out as P. */
  readonly P?: (P: Point) => Point;
  /** The secret in the escrow, when it is not the credential's. */
  readonly escrowSecret?: bigint;
  /** ρ, when it is not to be random. */
  readonly rho?: bigint;
  /** r1 of the BBS proof, when it is not to be random. */
  readonly r1?: bigint;
  /** The nonces of e and r1, when they are not to be random: T1' is then the identity. */
  readonly bbsNonces?: 0n;
  /** Puts these values into the clear, whatever is proved. */
  readonly values?: readonly number[];
};

/** Proves. With a deviation, does as well as one can while cheating. */
export function provePresentation(
  credential: Credential,
  question: Question,
  deviation: Deviation = {},
): Uint8Array {
  const indexes = deviation.disclose ?? checkQuestion(question);
  const hidden = hiddenOf(indexes);
  const m = scalarsOf(credential);
  const x = secretOf(credential);
  const Y = decodePoint(question.Y);
  const OP = scopePoint(question.scope);
  const honestP = mul(OP, x);
  const P = deviation.P?.(honestP) ?? honestP;

  const rho = deviation.rho ?? randomScalar();
  const rhoNonce = randomScalar();
  const nonces = new Map(hidden.map((j) => [j, randomScalar()] as const));
  const xNonce = nonces.get(9) ?? randomScalar();
  const honestE0 = mul(G, rho);
  const honestE1 = sum([rho, Y], [deviation.escrowSecret ?? x, G_rec]);
  const [E0, E1] = deviation.escrow?.(honestE0, honestE1, x, Y) ?? [honestE0, honestE1];
  const T0 = mul(G, rhoNonce);
  const T1 = sum([rhoNonce, Y], [xNonce, G_rec]);
  const ph = headerOf(question, E0, E1, T0, T1);

  // The BBS proof as the drafts make it: A and B blinded by r1 and r2, r3 = 1/r2.
  const [r1, r2] = [deviation.r1 ?? randomScalar(), randomScalar()];
  const [eNonce, r1Nonce] = [deviation.bbsNonces ?? randomScalar(), deviation.bbsNonces ?? randomScalar()];
  const r3Nonce = randomScalar();
  const domain = domainOf(credential.PK, credential.epoch);
  const B = knownPart(
    domain,
    m.map((scalar, i) => [i, scalar] as const),
  );
  const D = mul(B, r2);
  const Abar = mul(credential.A, r1 * r2);
  const Bbar = sum([r1, D], [-credential.e, Abar]);
  const T1bbs = sum([eNonce, Abar], [r1Nonce, D]);
  const T2bbs = sum([r3Nonce, D], ...hidden.map((j) => [nonces.get(j)!, h[j]!] as const));
  const U = mul(OP, xNonce);
  const disclosed = indexes.map((i) => [i, m[i]!] as const);
  const points = [Abar, Bbar, D, T1bbs, T2bbs, P, U];
  const c = challengeOf({ disclosed, points, domain, ph, scope: question.scope });

  const values = (deviation.values ?? indexes).map((i) => utf8(credential.values[i]!));
  const responses = [
    eNonce + c * credential.e,
    r1Nonce - c * r1,
    r3Nonce - c * inverse(r2),
    ...hidden.map((j) => nonces.get(j)! + c * m[j]!),
    c,
  ];
  return join(
    Uint8Array.of(VERSION),
    ...values.flatMap((value) => [I2OSP(value.length, 1), value]),
    ...[P, E0, E1].map(encodePoint),
    encodeScalar(rhoNonce + c * rho),
    ...[Abar, Bbar, D].map(encodePoint),
    ...responses.map(encodeScalar),
  );
}
