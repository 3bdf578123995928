/**
 * The rest of a network, as far as one gateway meets it: a signed trust policy, a registrar's issuer key, a log.
 * People are enrolled with the real issuance; only the evidence of who they are is left out.
 */

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fromBase64url, toBase64url, utf8 } from '@answerable/core/bytes';
import { drawSealingKey } from '@answerable/core/escrow/envelope';
import { drawSharedKey } from '@answerable/core/escrow/scenario';
import { acceptCredential, type Credential } from '@answerable/core/presentation/credential';
import {
  drawEntropy,
  drawIssuerKey,
  drawSecret,
  issueCredential,
  recordKeyFrom,
  requestCredential,
  requestRecord,
  secretPoint,
  verifyCredentialRequest,
  verifyRecordRequest,
} from '@answerable/core/presentation/issuance';
import type { Attributes } from '@answerable/core/presentation/schema';
import { randomBytes } from '@answerable/core/rng';
import { type Clock, realClock } from '@answerable/kit/clock';
import { freePort } from '@answerable/kit/free-port';
import { loadOrCreateSigningKey, type SigningKey } from '@answerable/kit/keys';
import { messageLabels } from '@answerable/protocol/labels';
import { signMessage } from '@answerable/protocol/signed';
import { epochAt, type TrustPolicy } from '@answerable/protocol/trust-policy';
import { type SmallLog, startSmallLog } from './small-log.ts';

const attributes: Attributes = {
  lineage: '5e'.repeat(32),
  over_13: 'yes',
  over_16: 'yes',
  over_18: 'yes',
  residence: 'gb',
  assurance: 'medium',
  reset_recent: 'no',
  name: '',
};

export interface GatewayFacts {
  name: string;
  origin: string;
  signingKey: SigningKey;
  platforms: string[];
  /** those of them that are servers of the AT Protocol */
  atproto?: string[];
}

export interface Network {
  log: SmallLog;
  policy: TrustPolicy;
  policyPath: string;
  authority: SigningKey;
  guardianSecrets: Uint8Array[];
  enrol(own?: Partial<Attributes>, epoch?: number): Credential;
  /** The credential of the current epoch for the same record. */
  renew(credential: Credential, own?: Partial<Attributes>): Credential;
  close(): Promise<void>;
}

export async function startNetwork(
  folder: string,
  gateways: readonly GatewayFacts[],
  limits: Partial<TrustPolicy['limits']> = {},
  clock: Clock = realClock,
): Promise<Network> {
  mkdirSync(folder, { recursive: true });
  const log = await startSmallLog(await freePort());
  const issuer = drawIssuerKey();
  const entropySecret = randomBytes(32);
  const keyOf = (name: string) => loadOrCreateSigningKey(join(folder, 'keys', name));
  const party = (name: string, port: number) => ({
    name,
    title: name,
    origin: `http://localhost:${port}`,
    signingKey: toBase64url(keyOf(name).publicKey),
  });
  const sealing = [1, 2, 3].map(() => drawSealingKey());
  const openingKey = drawSharedKey('opening', 2, 3).keys;
  const tagKey = drawSharedKey('tag', 2, 3).keys;
  const hash = () => toBase64url(randomBytes(32));
  const policy: TrustPolicy = {
    v: 1,
    network: 'trial',
    serial: 1,
    previous: null,
    effective: '2026-11-01',
    schema: 'answerable-person-1',
    epochSeconds: 3600,
    graceSeconds: 600,
    registrar: { ...party('registrar', 9), issuerKey: toBase64url(issuer.publicKey) },
    evidence: [],
    referees: false,
    opening: {
      threshold: 2,
      publicKey: toBase64url(openingKey.publicKey),
      transcript: hash(),
      guardians: sealing.map(({ publicKey }, i) => ({
        ...party(`guardian-${i + 1}`, 9),
        index: i + 1,
        verificationKey: toBase64url(openingKey.verificationKeys[i]!),
        sealingKey: toBase64url(publicKey),
      })),
    },
    tags: {
      threshold: 2,
      publicKey: toBase64url(tagKey.publicKey),
      transcript: hash(),
      keepers: [1, 2, 3].map((index) => ({
        ...party(`keeper-${index}`, 9),
        index,
        verificationKey: toBase64url(tagKey.verificationKeys[index - 1]!),
      })),
    },
    log: { name: 'log.example', origin: log.origin, verifierKey: log.verifierKey },
    witnesses: { quorum: 0, list: [] },
    gateways: gateways.map(({ name, origin, signingKey, platforms, atproto }) => ({
      name,
      title: name,
      origin,
      signingKey: toBase64url(signingKey.publicKey),
      platforms,
      ...(atproto ? { atproto } : {}),
    })),
    wallets: ['http://localhost:4601'],
    releases: { publisher: 'publisher', signingKey: toBase64url(keyOf('publisher').publicKey) },
    authorities: [{ ...party('authority', 9), sealingKey: toBase64url(drawSealingKey().publicKey) }],
    grounds: [{ id: 'threat-to-life', title: 'A threat to life', authorities: ['authority'] }],
    limits: {
      recallBudget: 20,
      recallPerDay: 5,
      resetWaitSeconds: 60,
      hearingSeconds: 60,
      noticeSeconds: 120,
      checkpointAgeSeconds: 60,
      ...limits,
    },
  };
  const signers = [
    ...[
      'registrar',
      'guardian-1',
      'guardian-2',
      'guardian-3',
      'keeper-1',
      'keeper-2',
      'keeper-3',
      'authority',
    ].map((name) => ({ name, signingKey: keyOf(name) })),
    ...gateways,
  ];
  const signatures = signers.map(({ name, signingKey }) => ({
    party: name,
    signature: signMessage(signingKey.seed, messageLabels.trustPolicy, policy).signature,
  }));
  const policyPath = join(folder, 'trial-1.policy');
  writeFileSync(policyPath, JSON.stringify({ policy, signatures }));

  const enrol = (
    own: Partial<Attributes> = {},
    epoch = epochAt(policy, clock.now().getTime()),
  ): Credential => {
    const values = { ...attributes, ...own };
    const [secret, binding] = [drawSecret(), utf8('session')];
    const { request, blind } = requestRecord(secret, binding);
    const accepted = verifyRecordRequest(secretPoint(secret), binding, request);
    const entropy = drawEntropy(entropySecret, randomBytes(16), 0, accepted);
    const blindSignature = issueCredential(issuer.secretKey, accepted, entropy, epoch, values);
    const grant = { epoch, attributes: values, entropy, blindSignature };
    const recordKey = recordKeyFrom(secretPoint(secret), entropy);
    return acceptCredential(
      fromBase64url(policy.registrar.issuerKey),
      recordKey,
      epoch,
      { secret, blind },
      grant,
    );
  };
  const renew = (held: Credential, own: Partial<Attributes> = {}): Credential => {
    const epoch = epochAt(policy, clock.now().getTime());
    const [values, binding] = [{ ...held.attributes, ...own }, utf8('renewal')];
    const { secret, entropy } = held;
    const { request, blind } = requestCredential(secret, entropy, binding);
    const recordKey = recordKeyFrom(secretPoint(secret), entropy);
    const accepted = verifyCredentialRequest(recordKey, entropy, binding, request);
    const blindSignature = issueCredential(issuer.secretKey, accepted, entropy, epoch, values);
    const grant = { epoch, attributes: values, entropy, blindSignature };
    const issuerKey = fromBase64url(policy.registrar.issuerKey);
    return acceptCredential(issuerKey, recordKey, epoch, { secret, blind }, grant);
  };
  return {
    log,
    policy,
    policyPath,
    renew,
    authority: keyOf('authority'),
    guardianSecrets: sealing.map(({ secretKey }) => secretKey),
    enrol,
    close: log.close,
  };
}
