/**
 * What guardians and keepers look at before they cosign a checkpoint (PROTOCOL §2): every new entry of the log
 * is read and proven to be in it, and a trust policy among them must be the one that everybody may follow: its
 * text public, signed by t guardians of the policy before, and announced for the whole notice. Outside witnesses
 * look at consistency only.
 * Must never: approve what it could not read.
 */
import { sameBytes } from '@answerable/log/verify/encoding';
import { decodeEntry, encodeEntry } from '@answerable/log/verify/entry';
import { LogUnverified, MalformedLogData } from '@answerable/log/verify/errors';
import { fetchFrom } from '@answerable/log/verify/fetch-from';
import type { TreeHead } from '@answerable/log/verify/merkle';
import { type FetchFile, TileReader } from '@answerable/log/verify/tile-reader';
import { Refusal } from '@answerable/protocol/refusal';
import { policyEntryOf, requireNext } from '@answerable/protocol/trust-chain';
import type { TrustPolicy, TrustPolicyFile } from '@answerable/protocol/trust-policy';
import { earliestDay, requireSuccessor } from '@answerable/protocol/trust-succession';
import type { AnnouncedPolicies } from './announced-policies.ts';
import { type Clock, unixSeconds } from './clock.ts';
import type { PolicySource } from './policy-source.ts';
import { policyFromLog } from './policy-text.ts';

const entriesPerStep = 256;
/** Looked at in one call. Who was away for longer looks at the rest when asked again, and cosigns then. */
const entriesMax = 8_192;

export interface EntryApproval {
  policies: Pick<PolicySource, 'chain'>;
  announced: AnnouncedPolicies;
  clock: Clock;
  /** in place of the network, for tests */
  fetchFile?: FetchFile;
  textOf?: (origin: string, serial: number) => Promise<TrustPolicyFile | undefined>;
}

/** `approve` of a witness. */
export function approveEntries(
  options: EntryApproval,
): (older: TreeHead, newer: TreeHead) => Promise<boolean> {
  let looked: TreeHead | undefined;
  return async (older, newer) => {
    const [first] = options.policies.chain();
    const fetchFile = options.fetchFile ?? fetchFrom(first!.log.origin);
    const tiles = new TileReader(fetchFile, newer);
    try {
      let at = older.size;
      if (looked && looked.size > at && looked.size <= newer.size)
        if (sameBytes(await tiles.rootAt(looked.size), looked.root)) at = looked.size;
      const stop = Math.min(newer.size, at + entriesMax);
      while (at < stop) {
        const next = Math.min(stop, at - (at % entriesPerStep) + entriesPerStep);
        for (const bytes of await tiles.entries(at, next)) if (!(await isRight(bytes, options))) return false;
        at = next;
        looked = { size: at, root: await tiles.rootAt(at) };
      }
      return at === newer.size;
    } catch (error) {
      if (error instanceof LogUnverified || error instanceof MalformedLogData || error instanceof Refusal)
        return false;
      if (error instanceof TypeError || error instanceof DOMException) return false; // it does not answer
      throw error;
    }
  };
}

async function isRight(
  bytes: Uint8Array,
  { policies, announced, clock, textOf = policyFromLog }: EntryApproval,
): Promise<boolean> {
  const entry = decodeEntry(bytes);
  if (entry.kind !== 'trust-policy' && entry.kind !== 'trust-policy-successor') return true;
  const inPlace = policies.chain();
  const known = [...inPlace, ...announced.list().filter(({ serial }) => serial > inPlace.length)];
  const serial = Number(entry.serial);
  const stated = known[serial - 1];
  if (stated) return isEntryOf(stated, bytes);
  const before = known.at(-1)!;
  if (serial !== before.serial + 1) return false;
  const file = await textOf(before.log.origin, serial);
  if (!file || !isEntryOf(file.policy, bytes)) return false;
  // Late only if others saw it in time: the proof says so, or today is early enough.
  if (earliestDay(before, unixSeconds(clock)) <= file.policy.effective) requireSuccessor(before, file);
  else requireNext(before, file);
  announced.add(file.policy);
  return true;
}

const isEntryOf = (policy: TrustPolicy, bytes: Uint8Array): boolean =>
  sameBytes(encodeEntry(policyEntryOf(policy)), bytes);
