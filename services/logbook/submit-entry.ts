/** POST /entries: a known party puts an entry in line for the next batch, once per key. */
import { isReady } from '@answerable/kit/policy-source';
import { readJson } from '@answerable/kit/read-json';
import { type SourceLimits, sourceLimits, TooOften } from '@answerable/kit/source-limits';
import { sameBytes } from '@answerable/log/verify/encoding';
import { encodeEntry } from '@answerable/log/verify/entry';
import { MalformedLogData } from '@answerable/log/verify/errors';
import { messageLabels } from '@answerable/protocol/labels';
import { type LogEntry, logSubmission } from '@answerable/protocol/log/entries';
import { Refusal } from '@answerable/protocol/refusal';
import { openSigned, signed } from '@answerable/protocol/signed';
import { policyEntryOf } from '@answerable/protocol/trust-chain';
import type { Context } from 'hono';
import type { LogbookParts } from './parts.ts';
import { isOwnKey, type KnownParty, partiesOf, requireMayLog } from './policy.ts';
import type { Submission } from './store.ts';

const bodyBytesMax = 16 * 1024;
const batchesAtOnce = 25;
const partiesMax = 10_000;
const signedSubmission = signed(logSubmission);

export function submitEntry(parts: LogbookParts) {
  const shares = sharesOfParties(parts);
  return async (c: Context) => {
    // decode
    const submission = await readJson(c, signedSubmission, bodyBytesMax);
    const bytes = encoded(submission.message.entry);
    // verify
    const party = partyNamed(parts, submission.message.party);
    const { key, entry } = openSigned(party.signingKey, messageLabels.logSubmission, submission);
    // decide
    requireMayLog(party, entry);
    requireOwnFirst(parts, entry, bytes);
    // Who asks again, because no answer came or the entry has no place yet, adds nothing.
    const seconds = (await parts.store.knows(key)) ? 0 : shares.wait(`party ${party.name}`);
    if (seconds > 0) throw new TooOften(seconds);
    // record: from here on the entry will be in the log, whatever stops
    await parts.store.submit({ key, bytes, isOwnKey: isOwnKey(key, entry), ...serialOf(entry) });
    // act: the sequencer takes it with the next batch
    parts.events.submitted(entry.kind);
    // reply
    return c.json({ key }, 202);
  };
}

/**
 * No party fills more than half of what the log can take, but for so many batches at once: entries wait in one line,
 * and whoever wants somebody else's not to be read yet, a notice for example, would stand before it with thousands.
 * In the memory of one process; who submitted what is not kept.
 */
const sharesOfParties = ({ config, clock }: LogbookParts): SourceLimits =>
  sourceLimits(clock, {
    burst: batchesAtOnce * config.entriesPerBatch,
    seconds: (2 * config.cadenceSeconds) / config.entriesPerBatch,
    sourcesMax: partiesMax,
    houseBits: 64,
  });

/**
 * Once there is a network, no other first policy is logged: guardians and keepers cosign nothing after one that they
 * do not know, and nothing that stands in the log goes away again.
 */
function requireOwnFirst({ policies }: LogbookParts, entry: LogEntry, bytes: Uint8Array): void {
  if (entry.kind !== 'trust-policy' || !isReady(policies)) return;
  if (!sameBytes(bytes, encodeEntry(policyEntryOf(policies.chain()[0]!))))
    throw new Refusal('policy_mismatch');
}

function serialOf(entry: LogEntry): Pick<Submission, 'serial'> {
  // Names have no slash in them: a platform's serials never meet a network's.
  if (entry.kind === 'platform-policy')
    return { serial: { network: `${entry.gateway}/${entry.platform}`, serial: entry.serial } };
  if (entry.kind !== 'trust-policy') return {};
  const { network, serial } = entry;
  return { serial: { network, serial } };
}

function encoded(entry: LogEntry): Uint8Array {
  try {
    return encodeEntry(entry);
  } catch (error) {
    if (error instanceof MalformedLogData) throw new Refusal('malformed', 'message.entry');
    throw error;
  }
}

/** Configured submitters are known before there is a policy; all others come from it. */
function partyNamed({ config, policies }: LogbookParts, name: string): KnownParty {
  const submitter = config.submitters?.find((known) => known.name === name);
  if (submitter !== undefined) return { ...submitter, role: 'submitter' };
  const party = partiesOf(policies.current()).find((known) => known.name === name);
  if (party === undefined) throw new Refusal('party_unknown');
  return party;
}
