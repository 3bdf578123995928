// The ciphersuite BBS_BLS12381G1_XMD:SHA-256_SSWU_RO_ (draft-irtf-cfrg-bbs-signatures section 7.2.2) and the
// interfaces built on it. An interface is known by its api_id, which goes into every DST and every domain.

import { fromHex, utf8 } from '../bytes.ts';
import { decodeG1, type G1, type Scalar } from '../curve.ts';
import { hashToScalar } from '../hash.ts';

export const CIPHERSUITE_ID = 'BBS_BLS12381G1_XMD:SHA-256_SSWU_RO_';

/** The interface's identifier with the DSTs made from it. */
export type Api = {
  readonly id: string;
  readonly octets: Uint8Array;
  readonly hashToScalarDst: Uint8Array;
  readonly mapToScalarDst: Uint8Array;
};

function apiOf(suffix: string): Api {
  const id = CIPHERSUITE_ID + suffix;
  return {
    id,
    octets: utf8(id),
    hashToScalarDst: utf8(`${id}H2S_`),
    mapToScalarDst: utf8(`${id}MAP_MSG_TO_SCALAR_AS_HASH_`),
  };
}

/** draft-irtf-cfrg-bbs-signatures section 3.5. */
export const BBS_API = apiOf('H2G_HM2S_');
/** draft-irtf-cfrg-bbs-blind-signatures-02 section 4.2. */
export const BLIND_API = apiOf('BLIND_H2G_HM2S_');
/** draft-irtf-cfrg-bbs-per-verifier-linkability-02, as its vectors have it. */
export const NYM_API = apiOf('H2G_HM2S_PSEUDONYM_');

/** P1, the fixed point of the ciphersuite. */
export const P1: G1 = decodeG1(
  fromHex('a8ce256102840821a3e94ea9025e4662b205762f9776b3a766c872b948f1fd225e7c59698588e70d11406d161b4e28c9'),
);

/** hash_to_scalar under the interface's own DST. */
export function hashToScalarIn(api: Api, octets: Uint8Array): Scalar {
  return hashToScalar(octets, api.hashToScalarDst);
}

/** messages_to_scalars (draft-irtf-cfrg-bbs-signatures section 4.1.2). */
export function messagesToScalars(api: Api, messages: readonly Uint8Array[]): Scalar[] {
  return messages.map((message) => hashToScalar(message, api.mapToScalarDst));
}
