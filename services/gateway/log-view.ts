/**
 * The log as this gateway has seen it: whether a checkpoint that a wallet names was ever the log's, and is not
 * too old (PROTOCOL §4.2). A head is old from when any gateway on this database first saw a larger one (log-times.ts).
 * Must never: believe a size and root that the log's own signed tree does not show.
 */
import { fromBase64url, toBase64url } from '@answerable/core/bytes';
import type { Clock } from '@answerable/kit/clock';
import { followingReader } from '@answerable/kit/log-reader';
import type { PolicySource } from '@answerable/kit/policy-source';
import type { LogReader } from '@answerable/log/verify/log-reader';
import type { NewAccount } from '@answerable/protocol/admission/answer';
import { Refusal } from '@answerable/protocol/refusal';
import type { LogTimes } from './log-times.ts';

const headsMax = 5_000;
const lookMsMin = 1_000;

export interface LogView {
  /** Refuses `checkpoint_old` for one that is unknown or older than the policy allows. */
  requireFresh(seen: NewAccount['checkpoint']): Promise<void>;
  /** Of the newest head seen since the start. */
  newestSize(): number | undefined;
  /** Looks for a newer head, at most once a second. */
  look(): Promise<void>;
}

interface Head {
  size: number;
  root: string;
}

export function logView(policies: PolicySource, clock: Clock, times: LogTimes): LogView {
  const heads: Head[] = [];
  const following = followingReader(policies.current);
  let reader: LogReader | undefined;
  let lookedAtMs = 0;

  const isNewer = (size: number) => size > (heads.at(-1)?.size ?? -1);

  const look = async (sizeWanted = 0) => {
    const nowMs = clock.now().getTime();
    // A wallet may have seen a head that appeared since our last look.
    const enough = heads.some(({ size }) => size >= sizeWanted);
    if (enough && nowMs - lookedAtMs < lookMsMin) return;
    ({ reader } = following());
    const { size, root } = await reader.latest();
    if (isNewer(size)) await times.keep(size, new Date(nowMs));
    // Meanwhile another look may have come back with a later head: the last of the list is the newest.
    if (isNewer(size)) heads.push({ size, root: toBase64url(root) });
    lookedAtMs = nowMs;
    if (heads.length > headsMax) heads.shift();
  };

  const isOurs = async (seen: NewAccount['checkpoint']): Promise<boolean> => {
    const known = heads.find(({ size }) => size === seen.size);
    if (known) return known.root === seen.root;
    const newest = heads.at(-1);
    if (!newest || !reader || seen.size > newest.size) return false;
    const older = { size: seen.size, root: fromBase64url(seen.root, 'checkpoint.root') };
    return reader.isPrefix(older, { size: newest.size, root: fromBase64url(newest.root) });
  };

  return {
    newestSize: () => heads.at(-1)?.size,
    async look() {
      await look();
      await times.sweep(clock.now());
    },
    async requireFresh(seen) {
      // A log that does not answer stops nobody who saw what we saw before: sign-ins go on.
      const answered = await look(seen.size).then(
        () => true,
        () => false,
      );
      if (!answered && heads.length === 0) throw new Refusal('unavailable');
      if (!(await isOurs(seen).catch(() => false))) throw new Refusal('checkpoint_old');
      const overtaken = await times.overtaken(seen.size);
      const ageMs = overtaken ? clock.now().getTime() - overtaken.getTime() : 0;
      const ageMsMax = policies.current().limits.checkpointAgeSeconds * 1000;
      if (ageMs > ageMsMax) throw new Refusal('checkpoint_old');
    },
  };
}
