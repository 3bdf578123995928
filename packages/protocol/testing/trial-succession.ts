/** A network on paper: its first trust policy, what may follow it, and whose keys sign. For tests only. */
import { randomBytes } from 'node:crypto';
import { toBase64url } from '@answerable/core/bytes';
import type { PublicKeySet } from '@answerable/core/ceremony/key';
import { drawSharedKey } from '@answerable/core/escrow/scenario';
import { openCheckpoint, signCheckpoint } from '@answerable/log/verify/checkpoint';
import { encodeEntry } from '@answerable/log/verify/entry';
import { leafHash } from '@answerable/log/verify/merkle';
import { formatNote } from '@answerable/log/verify/note';
import { formatVerifierKey, type NoteKey, noteKey } from '@answerable/log/verify/note-key';
import { cosign } from '@answerable/log/verify/note-signature';
import { formatProof } from '@answerable/log/verify/proof';
import { messageLabels } from '../labels.ts';
import { signMessage, verifyingKeyOf } from '../signed.ts';
import { policyEntryOf } from '../trust-chain.ts';
import { type TrustPolicy, type TrustPolicyFile, trustPolicyHash } from '../trust-policy.ts';

const secondsPerDay = 86_400;
const guardians = ['guardian-1', 'guardian-2', 'guardian-3'];
const keepers = ['keeper-1', 'keeper-2', 'keeper-3'];

/** The UTC day `days` after `seconds`. */
export const dayAt = (seconds: number, days = 0): string =>
  new Date((seconds + days * secondsPerDay) * 1000).toISOString().slice(0, 10);

/** `now`: POSIX seconds at which the first policy binds. */
export function trialSuccession(
  now: number,
  more: { limits?: Partial<TrustPolicy['limits']>; log?: TrustPolicy['log'] } = {},
) {
  const keys = new Map<string, Uint8Array>();
  const keyOf = (name: string): Uint8Array => {
    const key = keys.get(name) ?? new Uint8Array(randomBytes(32));
    keys.set(name, key);
    return key;
  };
  const octets = (n: number) => toBase64url(new Uint8Array(randomBytes(n)));
  const party = (name: string) => ({
    name,
    title: name,
    origin: `https://${name}.example`,
    signingKey: verifyingKeyOf(keyOf(name)),
  });
  const logKey = noteKey('log.example/trial', 0x01, keyOf('log'));
  const witnessKeys = new Map(
    [...guardians, ...keepers].map((name) => [name, noteKey(`${name}.example/w`, 0x04, keyOf(`w-${name}`))]),
  );
  const witness = (name: string, key: NoteKey) => ({
    name,
    origin: `https://${name}.example`,
    verifierKey: formatVerifierKey(key),
  });
  const sharers = (names: string[], { verificationKeys }: PublicKeySet) =>
    names.map((name, i) => ({
      ...party(name),
      index: i + 1,
      verificationKey: toBase64url(verificationKeys[i]!),
    }));
  const opening = drawSharedKey('opening', 2, 3).keys;
  const tags = drawSharedKey('tag', 2, 3).keys;
  const gateway = (name: string, ...platforms: string[]) => ({ ...party(name), platforms });
  const authority = (name: string) => ({ ...party(name), sealingKey: octets(32) });
  const first: TrustPolicy = {
    v: 1,
    network: 'trial',
    serial: 1,
    previous: null,
    effective: dayAt(now),
    schema: 'answerable-person-1',
    epochSeconds: 2_592_000,
    graceSeconds: 604_800,
    registrar: { ...party('registrar'), issuerKey: octets(96) },
    evidence: [],
    referees: false,
    opening: {
      threshold: 2,
      publicKey: toBase64url(opening.publicKey),
      transcript: octets(32),
      guardians: sharers(guardians, opening).map((one) => ({ ...one, sealingKey: octets(32) })),
    },
    tags: {
      threshold: 2,
      publicKey: toBase64url(tags.publicKey),
      transcript: octets(32),
      keepers: sharers(keepers, tags),
    },
    log: more.log ?? { name: 'log', origin: 'https://log.example', verifierKey: formatVerifierKey(logKey) },
    witnesses: { quorum: 3, list: [...witnessKeys].map(([name, key]) => witness(name, key)) },
    gateways: [gateway('gateway-town', 'town')],
    wallets: ['https://wallet.example'],
    releases: { publisher: 'publisher', signingKey: octets(32) },
    authorities: [authority('court')],
    grounds: [{ id: 'threat-to-life', title: 'A threat to somebody’s life', authorities: ['court'] }],
    limits: {
      recallBudget: 20,
      recallPerDay: 5,
      resetWaitSeconds: 1,
      hearingSeconds: 1,
      noticeSeconds: 1,
      checkpointAgeSeconds: 60,
      ...more.limits,
    },
  };

  return {
    keyOf,
    first,
    logKey,
    witness,
    witnessKeys,
    gateway,
    authority,
    guardians,
    /** What follows `before` with a second gateway, bound in fifteen days, but for `changed`. */
    next: (before: TrustPolicy = first, changed: Partial<TrustPolicy> = {}): TrustPolicy => ({
      ...before,
      serial: before.serial + 1,
      previous: trustPolicyHash(before),
      effective: dayAt(now, 15),
      gateways: [...first.gateways, gateway('gateway-club', 'club')],
      ...changed,
    }),
    signed: (policy: TrustPolicy, names: readonly string[]): TrustPolicyFile => ({
      policy,
      signatures: names.map((name) => ({
        party: name,
        signature: signMessage(keyOf(name), messageLabels.trustPolicy, policy).signature,
      })),
    }),
    /** A proof that `policy` stood in the log when `witnesses` looked, `at` in POSIX seconds. */
    proof(policy: TrustPolicy, at: number, witnesses: readonly string[] = guardians): string {
      const entry = encodeEntry(policyEntryOf(policy));
      const signed = signCheckpoint({ size: 1, root: leafHash(entry) }, logKey);
      const { note } = openCheckpoint(signed, { log: logKey, witnesses: [] });
      const more = witnesses.map((name) => cosign(note.text, at, witnessKeys.get(name)!));
      const checkpoint = formatNote({ text: note.text, signatures: [...note.signatures, ...more] });
      return new TextDecoder().decode(formatProof({ index: 0, hashes: [], checkpoint }));
    },
  };
}
