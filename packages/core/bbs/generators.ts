// Generators: made once per api_id, in order, and kept with their encodings (a domain hashes all of them).
// Source: draft-irtf-cfrg-bbs-signatures section 4.1.1.

import { concat, i2osp, utf8 } from '../bytes.ts';
import { encodeG1, type G1, hashToG1 } from '../curve.ts';
import { Malformed } from '../errors.ts';
import { EXPAND_BYTES, expandMessageXmd } from '../hash.ts';
import type { Api } from './ciphersuite.ts';

/** Of one api_id (DIVERGENCES D13). Each costs 0.3 ms once: a stranger's lengths must not choose the number. */
const GENERATORS_MAX = 256;
/** Combinations kept: (api, signer messages, blind generators). */
const COMBINATIONS_KEPT_MAX = 64;

type Series = { points: G1[]; encodings: Uint8Array[]; v: Uint8Array; seedDst: Uint8Array; dst: Uint8Array };

/** Q_1 and H_1..H_L, with the octets serialize(Q_1, H_1, ..., H_L). */
export type Generators = { readonly q1: G1; readonly h: readonly G1[]; readonly octets: Uint8Array };

const seriesOf = new Map<string, Series>();
const kept = new Map<string, Generators>();

/** create_generators(count, apiId). Throws Malformed above the limit. */
export function createGenerators(apiId: string, count: number): readonly G1[] {
  return seriesUpTo(apiId, count).points.slice(0, count);
}

/** Q_1, H_1..H_L of an interface without commitments. */
export function generatorsFor(api: Api, messages: number): Generators {
  return combined(api, messages, 0);
}

/** Q_1, H_1..H_L followed by Q_2, J_1..J_M: `blind` counts Q_2 too. Source: blind-signatures section 5.1. */
export function blindGeneratorsFor(api: Api, messages: number, blind: number): Generators {
  return combined(api, messages, blind);
}

/** Q_2, J_1..J_M of a commitment to M scalars. */
export function commitmentGenerators(api: Api, committed: number): readonly G1[] {
  return createGenerators(blindId(api), committed + 1);
}

const blindId = (api: Api) => `BLIND_${api.id}`;

function combined(api: Api, messages: number, blind: number): Generators {
  const key = `${api.id} ${messages} ${blind}`;
  const known = kept.get(key);
  if (known) return known;
  const own = seriesUpTo(api.id, messages + 1);
  const committed = seriesUpTo(blindId(api), blind);
  const generators = {
    q1: own.points[0]!,
    h: [...own.points.slice(1, messages + 1), ...committed.points.slice(0, blind)],
    octets: concat(...own.encodings.slice(0, messages + 1), ...committed.encodings.slice(0, blind)),
  };
  if (kept.size >= COMBINATIONS_KEPT_MAX) kept.clear();
  kept.set(key, generators);
  return generators;
}

function seriesUpTo(apiId: string, count: number): Series {
  if (count > GENERATORS_MAX) throw new Malformed('number of messages', `fewer than ${GENERATORS_MAX}`);
  const series = seriesOf.get(apiId) ?? startSeries(apiId);
  while (series.points.length < count) {
    const i = series.points.length + 1;
    series.v = expandMessageXmd(concat(series.v, i2osp(i, 8)), series.seedDst, EXPAND_BYTES);
    const point = hashToG1(series.v, series.dst);
    series.points.push(point);
    series.encodings.push(encodeG1(point));
  }
  return series;
}

function startSeries(apiId: string): Series {
  const seedDst = utf8(`${apiId}SIG_GENERATOR_SEED_`);
  const v = expandMessageXmd(utf8(`${apiId}MESSAGE_GENERATOR_SEED`), seedDst, EXPAND_BYTES);
  const series = { points: [], encodings: [], v, seedDst, dst: utf8(`${apiId}SIG_GENERATOR_DST_`) };
  seriesOf.set(apiId, series);
  return series;
}
