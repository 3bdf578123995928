// The published vectors of the two drafts: every valid proof re-made to the byte, every invalid one refused.

import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { concat, equalBytes, fromHex, os2ip, toHex, utf8 } from '../bytes.ts';
import {
  decodeG1,
  decodeScalarOrZero,
  encodeG1,
  encodeScalar,
  G1_BASE,
  G1_BYTES,
  ORDER,
  SCALAR_BYTES,
  scalarFromBigint,
} from '../curve.ts';
import { Malformed, ProofFailed } from '../errors.ts';
import {
  decodeUint,
  deserializeField,
  deserializeString,
  deserializeUint,
  EXTRA_BYTES,
  serializeField,
  serializeFieldBigEndian,
  serializeString,
  serializeUint,
} from './codec.ts';
import { transcriptWith, verifyBatchable, verifyCompact } from './proof.ts';
import { type Equation, encodeRelation, type Relation, validated } from './relation.ts';
import { deriveSessionId, initSponge } from './sponge.ts';

const folder = resolve(process.env.ANSWERABLE_VECTORS ?? '../shared/vectors', 'sigma');
const present = existsSync(folder);
if (!present && process.env.CI === 'true') throw new Error('the published vectors are absent');

type Vector = Record<string, string> & {
  Operations?: { type: string; data: string; length: number }[];
  Coordinates?: string[];
  Witness?: number[];
  NumVariables?: number;
  ExtensionDegree?: number;
};
const load = (file: string): Vector[] =>
  present ? JSON.parse(readFileSync(`${folder}/${file}`, 'utf8')) : [];
const refused = (f: () => unknown) => {
  try {
    f();
  } catch (error) {
    if (error instanceof Malformed || error instanceof ProofFailed) return true;
    throw error;
  }
  return false;
};

describe.runIf(present)('Fiat-Shamir vectors', () => {
  const vectors = [...load('fiatShamirCodecVectors.json'), ...load('fiatShamirShake128Vectors.json')];
  test.each(vectors.map((v) => [v.Id!, v] as const))('%s', (_, v) => {
    const modulus = v.Modulus ? BigInt(v.Modulus) : 0n;
    switch (v.Function) {
      case 'DuplexSponge':
        return expect(toHex(replay(v))).toBe(v.Output);
      case 'DeriveSessionID':
        return expect(toHex(deriveSessionId(fromHex(v.Tag!)))).toBe(v.Output);
      case 'DecodeUint': {
        const octets = v.Operations ? replay(v) : fromHex(v.Input!);
        if (v.Output) expect(toHex(octets)).toBe(v.Output);
        return expect(decodeUint(octets, modulus)).toBe(BigInt(v.Challenge!));
      }
      case 'SerializeVarLenString':
        expect(toHex(serializeString(fromHex(v.Input!)))).toBe(v.Output);
        return expect(toHex(deserializeString(fromHex(v.Output!))[0])).toBe(v.Input);
      case 'SerializeUint':
        expect(toHex(serializeUint(BigInt(v.Value!), modulus))).toBe(v.Output);
        return expect(deserializeUint(fromHex(v.Output!), modulus)[0]).toBe(BigInt(v.Value!));
      case 'SerializeField':
        return expect(toHex(serializeFieldBigEndian([BigInt(v.Value!)], modulus))).toBe(v.Output);
      case 'DeserializeUint':
        return expect(refused(() => deserializeUint(fromHex(v.Input!), modulus))).toBe(true);
      case 'DeserializeVarLenString':
        return expect(refused(() => deserializeString(fromHex(v.Input!)))).toBe(true);
      case 'DeserializeField': {
        const read = () => deserializeField(fromHex(v.Input!), modulus, v.ExtensionDegree!);
        if (v.Expected === 'reject') return expect(refused(read)).toBe(true);
        return expect(read()).toEqual([v.Coordinates!.map(BigInt), new Uint8Array(0)]);
      }
      case 'Sumcheck':
        return sumcheckVector(v, modulus);
      default:
        throw new Error(`a function this test does not know: ${v.Function}`);
    }
  });
});

function replay(v: Vector): Uint8Array {
  const sponge = initSponge(fromHex(v.SessionId!));
  const out: Uint8Array[] = [];
  for (const operation of v.Operations!) {
    if (operation.type === 'absorb') sponge.absorb(fromHex(operation.data));
    else out.push(sponge.squeeze(operation.length));
  }
  return concat(...out);
}

// The drafts' example protocol, whose only purpose is to exercise sponge and codec together.
function sumcheckVector(v: Vector, p: bigint) {
  const claimed = BigInt(v.ClaimedSum!);
  if (v.Tag) expect(toHex(deriveSessionId(fromHex(v.Tag)))).toBe(v.SessionId);
  if (v.Expected === 'reject') {
    return expect(sumcheckVerify(v, p, claimed, fromHex(v.Narg!))).toBe(undefined);
  }
  const sponge = sumcheckSponge(v, claimed, p);
  let table = v.Witness!.map(BigInt);
  const messages: Uint8Array[] = [];
  while (table.length > 1) {
    const half = (odd: number) =>
      table.reduce((sum, value, i) => (i % 2 === odd ? sum + value : sum), 0n) % p;
    const message = serializeField([half(0), (half(1) - half(0) + p) % p], p);
    messages.push(message);
    sponge.absorb(message);
    const r = os2ip(sponge.squeeze(4).reverse()) % p;
    table = Array.from({ length: table.length / 2 }, (_, j) => {
      const [a, b] = [table[2 * j]!, table[2 * j + 1]!];
      return (a + r * (b - a + p)) % p;
    });
  }
  expect(toHex(concat(...messages))).toBe(v.Narg);
  expect(table[0]).toBe(BigInt(v.FinalEvaluation!));
  expect(sumcheckVerify(v, p, claimed, fromHex(v.Narg!))).toBe(table[0]);
}

function sumcheckSponge(v: Vector, claimed: bigint, p: bigint) {
  const sponge = initSponge(fromHex(v.SessionId!));
  sponge.absorb(concat(serializeUint(BigInt(v.NumVariables!), 1n << 32n), serializeUint(claimed, p)));
  return sponge;
}

function sumcheckVerify(v: Vector, p: bigint, claimed: bigint, narg: Uint8Array): bigint | undefined {
  const sponge = sumcheckSponge(v, claimed, p);
  let current = claimed;
  let rest = narg;
  for (let round = 0; round < v.NumVariables!; round++) {
    let pair: bigint[];
    try {
      [pair, rest] = deserializeField(rest, p, 2);
    } catch {
      return undefined;
    }
    if ((2n * pair[0]! + pair[1]!) % p !== current) return undefined;
    sponge.absorb(serializeField(pair, p));
    current = (pair[0]! + pair[1]! * (os2ip(sponge.squeeze(4).reverse()) % p)) % p;
  }
  return rest.length === 0 ? current : undefined;
}

describe.runIf(present)('sigma proof vectors', () => {
  const valid = load('sigma-proofs_Shake128_BLS12381.json');
  test.each(valid.map((v) => [v.Id!, v] as const))('%s', (_, v) => {
    const tag = utf8(v.Tag!);
    expect(toHex(deriveSessionId(tag))).toBe(v.SessionId);
    const relation = parse(fromHex(v.Instance!));
    expect(toHex(encodeRelation(relation))).toBe(v.Instance);
    const witness = split(fromHex(v.Witness as unknown as string), SCALAR_BYTES).map((s) =>
      decodeScalarOrZero(s),
    );
    const made = transcriptWith(seeded(v), tag, relation, witness);
    const head = v.Flavor === 'compact' ? [encodeScalar(made.challenge)] : made.commitment.map(encodeG1);
    expect(toHex(concat(...head, ...made.responses.map(encodeScalar)))).toBe(v.NargString);
    verify(v);
  });

  const invalid = load('sigma-proofs-invalid_Shake128_BLS12381.json');
  test.each(invalid.map((v) => [`${v.Id}: ${v.Comment}`, v] as const))('%s', (_, v) => {
    expect(refused(() => verify(v))).toBe(v.Expected === 'reject');
  });
});

function verify(v: Vector): void {
  const check = v.Flavor === 'compact' ? verifyCompact : verifyBatchable;
  check(utf8(v.Tag!), parse(fromHex(v.Instance!)), fromHex(v.NargString!));
}

function seeded(v: Vector) {
  const flavour = v.Flavor === 'compact' ? 'CMPT' : 'DSFS';
  const tag = utf8(`TestDRNG-SIGMA-PROOFS-${flavour}-${v.Ciphersuite}-${v.Relation}`);
  const sponge = initSponge(deriveSessionId(tag));
  return () => scalarFromBigint(decodeUint(sponge.squeeze(SCALAR_BYTES + EXTRA_BYTES), ORDER));
}

const split = (octets: Uint8Array, size: number) =>
  Array.from({ length: octets.length / size }, (_, i) => octets.slice(i * size, (i + 1) * size));

/** Reads a serialized relation. Only vector files carry one; our parties always build their own. */
function parse(octets: Uint8Array): Relation {
  let at = 0;
  const take = (n: number) => {
    at += n;
    return octets.slice(at - n, at);
  };
  const uint = () => Number(os2ip(take(4).reverse()));
  const coefficient = () => decodeScalarOrZero(take(SCALAR_BYTES));
  let elements = 0;
  let scalars = 0;
  const element = () => {
    const index = uint();
    elements = Math.max(elements, index);
    return index;
  };
  const equations: Equation[] = Array.from({ length: uint() }, () => ({
    image: Array.from({ length: uint() }, () => ({ element: element(), coefficient: coefficient() })),
    terms: Array.from({ length: uint() }, () => {
      const scalar = uint();
      scalars = Math.max(scalars, scalar + 1);
      return { scalar, element: element(), coefficient: coefficient() };
    }),
  }));
  const rest = octets.slice(at);
  if (rest.length !== elements * G1_BYTES)
    throw new Malformed('instance', 'as many elements as are referenced');
  return validated({
    witness: Array.from({ length: scalars }, (_, i) => `s${i}`),
    elements: [G1_BASE, ...split(rest, G1_BYTES).map((p) => decodeG1(p))],
    equations,
  });
}

test('a check of the check: equal octets are told from different ones', () => {
  expect(equalBytes(utf8('a'), utf8('a'))).toBe(true);
  expect(equalBytes(utf8('a'), utf8('b'))).toBe(false);
});
