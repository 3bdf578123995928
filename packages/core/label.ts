// The one table of our own domain labels. Rules, all tested in label.test.ts: dated (`answerable/v1/…`), no
// label is a prefix of another, and none is a prefix of (or prefixed by) a string derived from a BBS api_id.
// A label that has been used is never given a second meaning; a changed meaning is a new label.

import { utf8 } from './bytes.ts';

export const LABELS = {
  generatorRecord: 'answerable/v1/generator/record',
  generatorHiding: 'answerable/v1/generator/hiding',
  proofOpeningShare: 'answerable/v1/proof/opening-share',
  proofIdentityShare: 'answerable/v1/proof/identity-share',
  proofSealedIdentity: 'answerable/v1/proof/sealed-identity',
  proofTagEvaluation: 'answerable/v1/proof/tag-evaluation',
  proofPossession: 'answerable/v1/proof/ceremony-possession',
  proofEnrolment: 'answerable/v1/proof/enrolment-binding',
  proofIssuance: 'answerable/v1/proof/issuance-binding',
  proofRecord: 'answerable/v1/proof/record-key',
  proofNotMine: 'answerable/v1/proof/pseudonym-not-mine',
  hashLeaf: 'answerable/v1/hash/identity-leaf',
  hashEntropy: 'answerable/v1/hash/signer-nym-entropy',
  hashBucket: 'answerable/v1/hash/record-bucket',
  hashNotice: 'answerable/v1/hash/notice-handle',
  hashTag: 'answerable/v1/hash/tag-to-curve',
  hashProofNonce: 'answerable/v1/hash/proof-nonce',
  kdfIdentity: 'answerable/v1/kdf/sealed-identity',
  kdfAccount: 'answerable/v1/kdf/account',
  kdfHandle: 'answerable/v1/kdf/proposed-handle',
  kdfHandleMark: 'answerable/v1/kdf/handle-mark',
  kdfBucket: 'answerable/v1/kdf/bucket-item',
  kdfOwnNote: 'answerable/v1/kdf/own-note',
  presentationHeader: 'answerable/v1/presentation/header',
  presentationLabel: 'answerable/v1/presentation/label',
  credentialHeader: 'answerable/v1/credential/header',
  ceremonySession: 'answerable/v1/ceremony/session',
  ceremonyMessage: 'answerable/v1/ceremony/message',
  ceremonyCommitment: 'answerable/v1/ceremony/commitment',
  ceremonyTranscript: 'answerable/v1/ceremony/transcript',
  ceremonyDeal: 'answerable/v1/ceremony/deal',
  hashTagVersion: 'answerable/v1/hash/versioned-tag',
  recallWords: 'answerable/v1/recall/words',
  recallInput: 'answerable/v1/recall/input',
  recallSeed: 'answerable/v1/recall/keeper-seed',
  recallKey: 'answerable/v1/recall/keeper-key',
  recallPad: 'answerable/v1/recall/pad',
  kdfRecall: 'answerable/v1/kdf/recall-data',
  kdfRefill: 'answerable/v1/kdf/recall-refill',
  kdfBox: 'answerable/v1/kdf/vault-box',
  hashDataKey: 'answerable/v1/hash/data-key',
  wrapDataKey: 'answerable/v1/vault/wrap',
  vaultItem: 'answerable/v1/vault/item',
  drawerSecret: 'answerable/v1/vault/drawer-secret',
  drawerSlip: 'answerable/v1/vault/drawer-slip',
} as const;

export type LabelName = keyof typeof LABELS;

const OCTETS = new Map<string, Uint8Array>(Object.entries(LABELS).map(([name, text]) => [name, utf8(text)]));

/** The label's octets, as used for a DST or as the head of a hashed string. Do not write into them. */
export function label(name: LabelName): Uint8Array {
  return OCTETS.get(name)!;
}
