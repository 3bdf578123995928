// Schema, generators, signature and record key for the second implementation: spec/issuance.md.

import {
  decodeIssuerKey,
  decodeNonZero,
  decodePoint,
  decodeScalar,
  encodePoint,
  encodeScalar,
  expand,
  G_rec,
  Gen2,
  H2C,
  H2S,
  inverse,
  mod,
  mul,
  mul2,
  type Point,
  pairingsEqual,
  randomScalar,
  sum,
} from './group.ts';
import { label } from './label.ts';
import { frame, fromHex, I2OSP, join, must, numberOf, Reader, utf8 } from './octets.ts';
import { equation, proofTag, prove, type Relation, verify } from './sigma.ts';

export const SCHEMA = 'answerable-person-1';
export const FIELDS = [
  'lineage',
  'over_13',
  'over_16',
  'over_18',
  'residence',
  'assurance',
  'reset_recent',
  'name',
] as const;
const VALUES: Readonly<Record<string, readonly string[]>> = {
  over_13: ['yes', 'no'],
  over_16: ['yes', 'no'],
  over_18: ['yes', 'no'],
  residence: ['gb', 'elsewhere', 'unknown'],
  assurance: ['referee', 'medium', 'high'],
  reset_recent: ['yes', 'no'],
};

/** Refuses a value outside the schema. */
export function checkValue(field: string, value: string): void {
  if (field === 'name') checkName(value);
  else if (field === 'lineage') must(/^[0-9a-f]{64}$/.test(value), 'lineage');
  else must(VALUES[field]?.includes(value) === true, field);
}

function checkName(value: string): void {
  must(value === value.normalize('NFC') && value === value.trim(), 'name form');
  must(
    !/[\p{Cc}\p{Cf}\p{Cn}\p{Co}\p{Cs}\p{Zl}\p{Zp}]/u.test(value) && utf8(value).length <= 120,
    'name characters',
  );
}

export const api = utf8('BBS_BLS12381G1_XMD:SHA-256_SSWU_RO_H2G_HM2S_PSEUDONYM_');
const toScalar = join(api, utf8('H2S_'));
const P1 = decodePoint(
  fromHex('a8ce256102840821a3e94ea9025e4662b205762f9776b3a766c872b948f1fd225e7c59698588e70d11406d161b4e28c9'),
);

function generators(count: number, id: Uint8Array): Point[] {
  const dst = join(id, utf8('SIG_GENERATOR_SEED_'));
  let v = expand(join(id, utf8('MESSAGE_GENERATOR_SEED')), dst);
  return Array.from({ length: count }, (_, i) => {
    v = expand(join(v, I2OSP(i + 1, 8)), dst);
    return H2C(v, join(id, utf8('SIG_GENERATOR_DST_')));
  });
}

const [Q1, ...messageGenerators] = generators(9, api);
const [Q2, J] = generators(2, join(utf8('BLIND_'), api)) as [Point, Point];
/** h_0 … h_9: eight messages, the blind, x. */
export const h: readonly Point[] = [...messageGenerators, Q2, J];

export const credentialHeader = (epoch: number): Uint8Array =>
  frame(label('credentialHeader'), SCHEMA, I2OSP(epoch, 8));

export const messageScalar = (field: string, value: string): bigint =>
  H2S(utf8(`${field}:${value}`), join(api, utf8('MAP_MSG_TO_SCALAR_AS_HASH_')));

const listed = join(...[Q1!, ...h].map(encodePoint));

export function domainOf(PK: Uint8Array, epoch: number): bigint {
  const hd = join(credentialHeader(epoch), I2OSP(1, 8));
  return H2S(join(PK, I2OSP(10, 8), listed, api, I2OSP(hd.length, 8), hd), toScalar);
}

/** P1 + domain·Q1 + Σ of the messages given as [index, scalar]. */
export const knownPart = (domain: bigint, messages: readonly (readonly [number, bigint])[]): Point =>
  sum([1n, P1], [domain, Q1!], ...messages.map(([i, m]) => [m, h[i]!] as const));

export const challengeScalar = (octets: Uint8Array): bigint => H2S(octets, toScalar);

export type Credential = {
  readonly PK: Uint8Array;
  readonly epoch: number;
  readonly values: readonly string[];
  readonly s: bigint;
  readonly epsilon: bigint;
  readonly blind: bigint;
  readonly A: Point;
  readonly e: bigint;
};

export const secretOf = (credential: Credential): bigint => mod(credential.s + credential.epsilon);

/** m_0 … m_9 of a credential. */
export const scalarsOf = (credential: Credential): bigint[] => [
  ...credential.values.map((value, i) => messageScalar(FIELDS[i]!, value)),
  credential.blind,
  secretOf(credential),
];

/** Refuses a credential whose signature does not hold. */
export function checkCredential(credential: Credential): void {
  for (const [i, value] of credential.values.entries()) checkValue(FIELDS[i]!, value);
  const PK = decodeIssuerKey(credential.PK);
  const messages = scalarsOf(credential).map((m, i) => [i, m] as const);
  const B = knownPart(domainOf(credential.PK, credential.epoch), messages);
  must(pairingsEqual(credential.A, PK.add(mul2(Gen2, credential.e)), B, Gen2), 'signature');
}

/** Signs, as a registrar that sees everything: for tests that need a credential from this side. */
export function sign(issuer: bigint, epoch: number, values: readonly string[], s: bigint, epsilon: bigint) {
  const PK = mul2(Gen2, issuer).toBytes(true);
  const [e, blind] = [randomScalar(), randomScalar()];
  const draft: Credential = { PK, epoch, values, s, epsilon, blind, A: Q2, e };
  const B = knownPart(
    domainOf(PK, epoch),
    scalarsOf(draft).map((m, i) => [i, m] as const),
  );
  return { ...draft, A: mul(B, inverse(issuer + e)) };
}

/** The layout of "Stored credential". */
export function readCredential(octets: Uint8Array): Credential {
  const from = new Reader(octets);
  must(from.octet() === 1, 'version');
  const PK = from.take(96);
  const epoch = Number(numberOf(from.take(8)));
  const [s, epsilon, blind] = [from.take(32), from.take(32), from.take(32)].map(decodeScalar);
  const [A, e] = [decodePoint(from.take(48)), decodeScalar(from.take(32))];
  const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  const values = FIELDS.map(() => text.decode(from.take(from.octet())));
  from.end();
  const credential = { PK, epoch, values, s: s!, epsilon: epsilon!, blind: blind!, A, e };
  checkCredential(credential);
  return credential;
}

export function writeCredential({ PK, epoch, values, s, epsilon, blind, A, e }: Credential): Uint8Array {
  const texts = values.flatMap((value) => [I2OSP(utf8(value).length, 1), utf8(value)]);
  const scalars = [s, epsilon, blind].map(encodeScalar);
  return join(Uint8Array.of(1), PK, I2OSP(epoch, 8), ...scalars, encodePoint(A), encodeScalar(e), ...texts);
}

// --- Record key

/** Refuses unless C's own proof holds; gives C. */
export function checkCommitment(octets: Uint8Array): Point {
  must(octets.length === 144, 'commitment length');
  const C = decodePoint(octets.slice(0, 48));
  const [s, m, c] = [48, 80, 112].map((at) => decodeNonZero(octets.slice(at, at + 32))) as [
    bigint,
    bigint,
    bigint,
  ];
  const Cbar = sum([s, Q2], [m, J], [-c, C]);
  must(commitmentChallenge(C, Cbar) === c, 'commitment proof');
  return C;
}

const commitmentChallenge = (C: Point, Cbar: Point): bigint =>
  challengeScalar(join(I2OSP(1, 8), ...[Q2, J, C, Cbar].map(encodePoint)));

/** A commitment to s with its proof, and the blind. */
export function commitTo(s: bigint): { C: Point; blind: bigint; octets: Uint8Array } {
  const [blind, blindNonce, nonce] = [randomScalar(), randomScalar(), randomScalar()];
  const C = sum([blind, Q2], [s, J]);
  const c = commitmentChallenge(C, sum([blindNonce, Q2], [nonce, J]));
  const scalars = [blindNonce + c * blind, nonce + c * s, c].map(encodeScalar);
  return { C, blind, octets: join(encodePoint(C), ...scalars) };
}

const enrolment = (C: Point, S0: Point): Relation => ({
  elements: [Q2, J, G_rec, C, S0],
  equations: [equation(4, [0, 1], [1, 2]), equation(5, [1, 3])],
});

const later = (C: Point, R: Point, epsilon: bigint): Relation => ({
  elements: [Q2, J, G_rec, C, R],
  equations: [
    equation(4, [0, 1], [1, 2]),
    {
      image: [
        [5, 1n],
        [3, mod(-epsilon)],
      ],
      terms: [[1, 3, 1n]],
    },
  ],
});

export const verifyEnrolment = (C: Point, S0: Point, binding: Uint8Array, proof: Uint8Array): void =>
  verify(enrolment(C, S0), 2, proofTag('proofEnrolment', binding), proof);

export const proveEnrolment = (C: Point, blind: bigint, s: bigint, binding: Uint8Array): Uint8Array =>
  prove(enrolment(C, mul(G_rec, s)), [blind, s], proofTag('proofEnrolment', binding));

export const verifyLater = (C: Point, R: Point, epsilon: bigint, binding: Uint8Array, proof: Uint8Array) =>
  verify(later(C, R, epsilon), 2, proofTag('proofIssuance', binding), proof);

export const proveLater = (C: Point, blind: bigint, s: bigint, epsilon: bigint, binding: Uint8Array) =>
  prove(later(C, mul(G_rec, s + epsilon), epsilon), [blind, s], proofTag('proofIssuance', binding));

export const entropyOf = (secret: Uint8Array, recordId: Uint8Array, resets: number, C: Point): bigint =>
  H2S(frame(secret, recordId, I2OSP(resets, 4), encodePoint(C)), label('hashEntropy'));
