import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { keyPairOf } from '../bbs/key.ts';
import { concat, utf8 } from '../bytes.ts';
import { addG1, decodeG1, decodeScalar, encodeG1, encodeScalar, mulG1, randomScalar } from '../curve.ts';
import { Malformed, ProofFailed } from '../errors.ts';
import { commitWithNym, verifyAndBlindSignWithNym } from '../nym/issue.ts';
import { randomBytes } from '../rng.ts';
import { G_REC } from '../sigma/bases.ts';
import { deriveAccount, noticeHandleOf, SLOT_MAX } from './account.ts';
import {
  acceptCredential,
  decodeCredential,
  encodeCredential,
  type Grant,
  recordKeyOf,
  SHAPE,
} from './credential.ts';
import {
  drawEntropy,
  drawSecret,
  issueCredential,
  recordKeyFrom,
  requestCredential,
  requestRecord,
  secretPoint,
  verifyCredentialRequest,
  verifyRecordRequest,
} from './issuance.ts';
import { prove } from './prove.ts';
import {
  openBucketItem,
  proveNotMine,
  proveRecord,
  pseudonymOf,
  recordBucket,
  sealBucketItem,
  verifyNotMine,
  verifyRecord,
} from './record.ts';
import { ATTRIBUTES, drawRegistrar, drawWholeKey, EPOCH, enrol, questionOf } from './scenario.ts';
import {
  type Attributes,
  checkAttributes,
  checkDisclosure,
  credentialHeader,
  encodeMessages,
  FIELDS,
} from './schema.ts';
import { verifyPresentation } from './verify.ts';

const registrar = drawRegistrar();
const binding = utf8('registrar one, session 9');

function begin(secret = drawSecret()) {
  const { request, blind } = requestRecord(secret, binding);
  const accepted = verifyRecordRequest(secretPoint(secret), binding, request);
  const entropy = drawEntropy(registrar.entropySecret, utf8('r1'), 0, accepted);
  return {
    secret,
    blind,
    request,
    accepted,
    entropy,
    recordKey: recordKeyFrom(secretPoint(secret), entropy),
  };
}
function grantOf(begun: ReturnType<typeof begin>, change: Partial<Grant> = {}): Grant {
  const blindSignature = issueCredential(
    registrar.secretKey,
    begun.accepted,
    begun.entropy,
    EPOCH,
    ATTRIBUTES,
  );
  return { epoch: EPOCH, attributes: ATTRIBUTES, entropy: begun.entropy, blindSignature, ...change };
}

describe('one person, one secret', () => {
  const first = begin();
  const credential = acceptCredential(registrar.publicKey, first.recordKey, EPOCH, first, grantOf(first));

  test('a later credential has the same R and the same pseudonyms, and is another credential', () => {
    const { request, blind } = requestCredential(first.secret, first.entropy, binding);
    const accepted = verifyCredentialRequest(first.recordKey, first.entropy, binding, request);
    const blindSignature = issueCredential(
      registrar.secretKey,
      accepted,
      first.entropy,
      EPOCH + 1,
      ATTRIBUTES,
    );
    const grant = { epoch: EPOCH + 1, attributes: ATTRIBUTES, entropy: first.entropy, blindSignature };
    const own = { secret: first.secret, blind };
    const next = acceptCredential(registrar.publicKey, first.recordKey, EPOCH + 1, own, grant);
    expect(recordKeyOf(next)).toEqual(recordKeyOf(credential));
    expect(pseudonymOf(next, utf8('here'))).toEqual(pseudonymOf(credential, utf8('here')));
    expect(next.blind).not.toEqual(credential.blind);
    expect(request.commitmentWithProof).not.toEqual(first.request.commitmentWithProof);
  });

  test('another secret for the same record: refused', () => {
    const { request } = requestCredential(drawSecret(), first.entropy, binding);
    expect(() => verifyCredentialRequest(first.recordKey, first.entropy, binding, request)).toThrow(
      ProofFailed,
    );
    const other = requestCredential(first.secret, encodeScalar(randomScalar()), binding).request;
    expect(() => verifyCredentialRequest(first.recordKey, first.entropy, binding, other)).toThrow(
      ProofFailed,
    );
  });

  test('the commitment and S0 hold one secret: S0 of somebody else is refused', () => {
    const { request } = requestRecord(first.secret, binding);
    expect(() => verifyRecordRequest(secretPoint(drawSecret()), binding, request)).toThrow(ProofFailed);
    expect(() => verifyRecordRequest(secretPoint(first.secret), utf8('session 10'), request)).toThrow(
      ProofFailed,
    );
    const mixed = { ...request, bindingProof: requestRecord(first.secret, binding).request.bindingProof };
    expect(() => verifyRecordRequest(secretPoint(first.secret), binding, mixed)).toThrow(ProofFailed);
  });

  test('a proof for enrolment is none for a later issuance', () => {
    const { request } = requestRecord(first.secret, binding);
    expect(() => verifyCredentialRequest(first.recordKey, first.entropy, binding, request)).toThrow(
      ProofFailed,
    );
  });

  test('more than one committed scalar at issuance: refused', () => {
    const two = commitWithNym([], [decodeScalar(first.secret), randomScalar()]);
    const request = { ...first.request, commitmentWithProof: two.commitmentWithProof };
    expect(() => verifyRecordRequest(secretPoint(first.secret), binding, request)).toThrow(Malformed);
    const withMessage = commitWithNym([utf8('hidden')], [decodeScalar(first.secret)]).commitmentWithProof;
    expect(() =>
      verifyRecordRequest(secretPoint(first.secret), binding, {
        ...request,
        commitmentWithProof: withMessage,
      }),
    ).toThrow(Malformed);
  });

  test('ε follows from record, resets and commitment, and from nobody’s wish', () => {
    const { accepted } = first;
    const draw = (id: string, resets: number, of = accepted) =>
      drawEntropy(registrar.entropySecret, utf8(id), resets, of);
    expect(draw('r1', 0)).toEqual(first.entropy);
    expect(draw('r1', 1)).not.toEqual(first.entropy);
    expect(draw('r2', 0)).not.toEqual(first.entropy);
    expect(draw('r1', 0, begin(first.secret).accepted)).not.toEqual(first.entropy);
    expect(drawEntropy(randomBytes(32), utf8('r1'), 0, accepted)).not.toEqual(first.entropy);
  });

  test('an S0 chosen to cancel ε is refused', () => {
    const cancelling = encodeG1(mulG1(decodeG1(secretPoint(first.entropy)), decodeScalar(negated())));
    expect(() => recordKeyFrom(cancelling, first.entropy)).toThrow(Malformed);
  });
  const negated = () => {
    const order = 0x73eda753299d7d483339d80809a1d80553bda402fffe5bfeffffffff00000001n;
    return Uint8Array.from((order - 1n).toString(16).match(/../g)!, (byte) => Number.parseInt(byte, 16));
  };

  test('storage keeps a credential as it is', () => {
    const octets = encodeCredential(credential);
    expect(decodeCredential(octets)).toEqual(credential);
    for (const bad of [
      octets.slice(0, -1),
      concat(octets, Uint8Array.of(0)),
      concat(Uint8Array.of(2), octets.slice(1)),
    ]) {
      expect(() => decodeCredential(bad)).toThrow(Malformed);
    }
  });
});

describe('a registrar that serves one wallet something else', () => {
  const begun = begin();
  const accept = (grant: Grant, key = registrar.publicKey, recordKey = begun.recordKey) =>
    acceptCredential(key, recordKey, EPOCH, begun, grant);

  test('control: the honest grant is accepted', () => {
    expect(recordKeyOf(accept(grantOf(begun)))).toEqual(begun.recordKey);
  });

  test('another issuer key', () => {
    expect(() => accept(grantOf(begun), drawRegistrar().publicKey)).toThrow(ProofFailed);
  });

  test('a header with one octet more', () => {
    const odd = verifyAndBlindSignWithNym(
      keyPairOf(decodeScalar(registrar.secretKey)),
      begun.request.commitmentWithProof,
      SHAPE,
      decodeScalar(begun.entropy),
      concat(credentialHeader(EPOCH), utf8(' ')),
      encodeMessages(ATTRIBUTES),
    );
    expect(() => accept(grantOf(begun, { blindSignature: odd }))).toThrow(ProofFailed);
  });

  test('an epoch of its own', () => {
    expect(() => accept(grantOf(begun, { epoch: EPOCH + 1 }))).toThrow(Malformed);
  });

  test.each([
    ['over_18', 'Yes'],
    ['over_18', 'yes '],
    ['residence', 'GB'],
    ['assurance', 'high-7'],
    ['reset_recent', ''],
    ['lineage', '5E'.repeat(32)],
    ['name', 'zero\u200bwidth'],
    ['name', ' Ada'],
    ['name', 'e\u0301'],
  ])('an odd value: %s = %j', (field, value) => {
    expect(() => accept(grantOf(begun, { attributes: { ...ATTRIBUTES, [field]: value } }))).toThrow(
      Malformed,
    );
  });

  test('a ninth attribute, one missing, one renamed', () => {
    const { name, ...seven } = ATTRIBUTES;
    for (const attributes of [{ ...ATTRIBUTES, mark: 'x' }, seven, { ...seven, nickname: name }]) {
      expect(() => accept(grantOf(begun, { attributes }))).toThrow(Malformed);
    }
  });

  test('an attribute other than the signed one', () => {
    expect(() => accept(grantOf(begun, { attributes: { ...ATTRIBUTES, over_18: 'yes' } }))).toThrow(
      ProofFailed,
    );
  });

  test('moved to another R, or given another ε', () => {
    const R = encodeG1(addG1(decodeG1(begun.recordKey), G_REC));
    expect(() => accept(grantOf(begun), registrar.publicKey, R)).toThrow(ProofFailed);
    expect(() => accept(grantOf(begun), registrar.publicKey, begin().recordKey)).toThrow(ProofFailed);
    expect(() => accept(grantOf(begun, { entropy: encodeScalar(randomScalar()) }))).toThrow(ProofFailed);
  });

  test('a crony’s credential is the crony’s: two people cannot be signed onto one R', () => {
    const crony = begin();
    const { request } = requestCredential(crony.secret, crony.entropy, binding);
    expect(() => verifyCredentialRequest(begun.recordKey, begun.entropy, binding, request)).toThrow(
      ProofFailed,
    );
    expect(() =>
      acceptCredential(registrar.publicKey, begun.recordKey, EPOCH, crony, grantOf(crony)),
    ).toThrow(ProofFailed);
  });
});

describe('schema', () => {
  test('messages of different fields never collide', () => {
    const all = encodeMessages(ATTRIBUTES).map(String);
    expect(new Set(all).size).toBe(FIELDS.length);
  });
  test('any text outside the vocabulary is refused in a closed field', () => {
    fc.assert(
      fc.property(fc.string(), (value) => {
        fc.pre(!['yes', 'no'].includes(value));
        expect(() => checkAttributes({ ...ATTRIBUTES, over_13: value } as Attributes)).toThrow(Malformed);
      }),
    );
  });
  test('what is asked comes in schema order', () => {
    expect(checkDisclosure(['name', 'over_13'])).toEqual(['over_13', 'name']);
  });
});

describe('record key', () => {
  const { credential, recordKey } = enrol(registrar);
  const stranger = enrol(registrar);
  const scope = utf8('forum');

  test('its person proves it, for one purpose', () => {
    const proof = proveRecord(credential, utf8('nonce'));
    verifyRecord(recordKey, utf8('nonce'), proof);
    expect(() => verifyRecord(recordKey, utf8('other'), proof)).toThrow(ProofFailed);
    expect(() => verifyRecord(stranger.recordKey, utf8('nonce'), proof)).toThrow(ProofFailed);
  });

  test('“this pseudonym is not mine” holds for another’s and cannot be said of one’s own', () => {
    const theirs = pseudonymOf(stranger.credential, scope);
    const own = pseudonymOf(credential, scope);
    const proof = proveNotMine(credential, scope, theirs, utf8('case'));
    verifyNotMine(recordKey, scope, theirs, utf8('case'), proof);
    expect(() => proveNotMine(credential, scope, own, utf8('case'))).toThrow(Malformed);
    expect(() => verifyNotMine(recordKey, scope, own, utf8('case'), proof)).toThrow(ProofFailed);
    expect(() => verifyNotMine(stranger.recordKey, scope, theirs, utf8('case'), proof)).toThrow(ProofFailed);
    expect(() => verifyNotMine(recordKey, utf8('forum2'), theirs, utf8('case'), proof)).toThrow(ProofFailed);
    expect(() => verifyNotMine(recordKey, scope, theirs, utf8('case 2'), proof)).toThrow(ProofFailed);
  });

  test('with β = 0 the proof would say nothing: N is then the identity, which is refused', () => {
    const theirs = pseudonymOf(stranger.credential, scope);
    const proof = proveNotMine(credential, scope, theirs, utf8('case'));
    const identity = concat(Uint8Array.of(0xc0), new Uint8Array(47));
    const empty = concat(identity, proof.slice(48));
    expect(() => verifyNotMine(recordKey, scope, theirs, utf8('case'), empty)).toThrow(Malformed);
  });

  test('a bucket item opens for its record only', () => {
    const item = sealBucketItem(recordKey, utf8('leaf'));
    expect(openBucketItem(recordKey, item)).toEqual(utf8('leaf'));
    expect(() => openBucketItem(stranger.recordKey, item)).toThrow(ProofFailed);
    expect(() => openBucketItem(recordKey, item.slice(0, 20))).toThrow(ProofFailed);
    expect(recordBucket(recordKey, 12)).toMatch(/^[0-9a-f]{3}$/);
    expect(recordBucket(recordKey, 0)).toBe('');
  });
});

describe('account secrets', () => {
  const { credential } = enrol(registrar);
  test('come back with the credential, differ by slot, scope and purpose', () => {
    const all = ['a', 'b'].flatMap((scope) =>
      [1, 2].map((slot) => deriveAccount(credential, utf8(scope), slot)),
    );
    const flat = all.flatMap(({ secretKey, noticeKey, handleSeed }) =>
      [secretKey, noticeKey, handleSeed].map(String),
    );
    expect(new Set(flat).size).toBe(12);
    expect(deriveAccount(credential, utf8('a'), 1)).toEqual(all[0]);
    expect(noticeHandleOf(all[0]!.noticeKey)).toEqual(all[0]!.noticeHandle);
  });
  test('slots are 1 to the maximum', () => {
    for (const slot of [0, SLOT_MAX + 1, 1.5, -1]) {
      expect(() => deriveAccount(credential, utf8('a'), slot)).toThrow(Malformed);
    }
  });
  test('an account key goes into the label it is proved under', () => {
    const question = questionOf(registrar.publicKey, drawWholeKey().publicKey);
    const { publicKey, noticeHandle } = deriveAccount(credential, question.scope, 1);
    const own = { ...question, label: { ...question.label, accountKey: publicKey, noticeHandle } };
    const octets = prove(credential, own);
    expect(verifyPresentation(octets, own).question.label.accountKey).toEqual(publicKey);
    expect(() => verifyPresentation(octets, question)).toThrow(ProofFailed);
  });
});
