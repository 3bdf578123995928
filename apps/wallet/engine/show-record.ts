/**
 * Everything that the registrar holds about this person, asked for with a proof of the secret and checked: that it
 * is this record, that the sealed identity belongs to its leaf, and that the leaf is in the log (PROTOCOL §3.8).
 */
import { fromBase64url, toBase64url } from '@answerable/core/bytes';
import { identityLeaf, verifySealedIdentity } from '@answerable/core/escrow/sealed-identity';
import { recordKeyOf } from '@answerable/core/presentation/credential';
import { type ViewResponse, viewResponse } from '@answerable/protocol/enrolment/record-life';
import { trustPolicyHash } from '@answerable/protocol/trust-policy';
import { type ListedDevice, listed } from './devices.ts';
import { Distrust, orDistrust } from './distrust.ts';
import { credentialOf, requireHolding } from './holding.ts';
import { verifyReceipt } from './log-view.ts';
import { stateOf, type WalletParts } from './parts.ts';
import { callRecord } from './record-call.ts';
import type { Holding } from './state.ts';

export interface ShownRecord {
  recordPoint: string;
  record: ViewResponse;
  devices: ListedDevice[];
  /** `logged`: seal, leaf and log fit. `erased`: nothing sealed is left. */
  seal: 'logged' | 'not-logged-yet' | 'erased';
}

/** Throws Distrust for a record that does not hold. */
export async function showRecord(parts: WalletParts): Promise<ShownRecord> {
  const record = await callRecord(parts, '/record/view', { act: 'view' as const }, viewResponse);
  const holding = requireHolding(await stateOf(parts));
  const { recordPoint } = holding;
  const credential = credentialOf(holding);
  if (
    toBase64url(recordKeyOf(credential)) !== recordPoint ||
    toBase64url(credential.entropy) !== record.entropy
  )
    throw new Distrust(parts.policy.registrar.name, 'record');
  const devices = listed(credential, holding, record.devices);
  return { recordPoint, record, devices, seal: await checkSeal(parts, holding, record) };
}

/** The same as one file: for the person to keep, and for anybody they show it to, to check. */
export async function exportRecord(parts: WalletParts): Promise<{ name: string; text: string }> {
  const { recordPoint, record, devices } = await showRecord(parts);
  const { policy, clock } = parts;
  const day = clock.now().toISOString().slice(0, 10);
  const file = {
    what: 'Everything that the registrar holds about one person, as the person asked for it.',
    day,
    network: policy.network,
    registrar: { name: policy.registrar.name, title: policy.registrar.title },
    trustPolicy: { serial: policy.serial, hash: trustPolicyHash(policy) },
    recordPoint,
    record: { ...record, devices: devices.map(({ label, day: since }) => ({ label: label ?? null, since })) },
    howToCheck: [
      'leaf = SHA-256 over tag, salt, recordPoint, entropy and SHA-256(sealed), framed as in spec/escrow.md, "Leaf".',
      'receipt.batchProof leads from the leaf to the root of its batch (RFC 6962); receipt.entryProof is a C2SP tlog-proof of the entry with that root.',
      'sealed can be opened by a quorum of the guardians only; recordPoint says nothing about any account.',
    ],
  };
  return { name: `my-record-${day}.json`, text: `${JSON.stringify(file, null, 2)}\n` };
}

async function checkSeal(
  parts: WalletParts,
  { recordPoint, leaf: own }: Holding,
  { sealed, entropy }: ViewResponse,
): Promise<ShownRecord['seal']> {
  if (!sealed) return 'erased';
  const { registrar, opening } = parts.policy;
  const { identity, receipt } = sealed;
  const leaf = orDistrust(registrar.name, 'sealed identity', () => {
    const octets = fromBase64url(identity.sealed);
    verifySealedIdentity(fromBase64url(opening.publicKey), fromBase64url(recordPoint), octets);
    return toBase64url(
      identityLeaf({
        tag: fromBase64url(identity.tag),
        salt: fromBase64url(identity.salt),
        recordKey: fromBase64url(recordPoint),
        entropy: fromBase64url(entropy),
        sealed: octets,
      }),
    );
  });
  // What was opened once at enrolment on this device must be what is kept today.
  if (leaf !== sealed.leaf || (own !== undefined && own !== leaf))
    throw new Distrust(registrar.name, 'sealed identity');
  if (!receipt) return 'not-logged-yet';
  await verifyReceipt(parts, leaf, receipt);
  return 'logged';
}
