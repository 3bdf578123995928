/**
 * Collects cosignatures for a signed checkpoint from the witnesses (C2SP tlog-witness add-checkpoint): all at
 * once, each with its own consistency proof, none waited for beyond its time. A witness that fails is left
 * alone for a while, longer each time: a moment in which we ourselves stood still fails all of them at once, and
 * must not cost the log its quorum for more than a moment. One that has a longer log of ours is asked for it: that is how a rollback comes to light.
 * Must never believe a witness: what counts is verified under its key, or under our own.
 */
import { addCosignatures } from '@answerable/log/append/cosignatures';
import type { Sequencer } from '@answerable/log/append/sequencer';
import { originHashOf } from '@answerable/log/monitor/witness';
import { encodeAddCheckpoint } from '@answerable/log/verify/add-checkpoint';
import { fromDecimal } from '@answerable/log/verify/encoding';
import type { TreeHead } from '@answerable/log/verify/merkle';
import type { VerifierKey } from '@answerable/log/verify/note-key';

const answerBytesMax = 64 * 1024;
/** How long a witness that failed is left alone: after the first failure in a row, and at most. */
const restMillisecondsFirst = 500;
const restMillisecondsMax = 15_000;
const triesMax = 2;

export interface WitnessAddress {
  key: VerifierKey;
  origin: string;
}

export interface WitnessAsker {
  /** The checkpoint with every cosignature that came in time. */
  cosign(checkpoint: Uint8Array, head: TreeHead, sequencer: Sequencer): Promise<Uint8Array>;
  /** Shows the sequencer every checkpoint of ours that a witness holds. */
  compare(sequencer: Sequencer): Promise<void>;
}

export interface WitnessAskerOptions {
  logName: string;
  /** asked anew each time: the trust policy may have come since */
  witnesses: () => readonly WitnessAddress[];
  timeoutMs: number;
  failed: () => void;
  fetch?: typeof globalThis.fetch;
}

export function witnessAsker(options: WitnessAskerOptions): WitnessAsker {
  const { logName, witnesses, timeoutMs, failed, fetch = globalThis.fetch } = options;
  const sizes = new Map<string, number>();
  const resting = new Map<string, { until: number; failures: number }>();

  const send = async (url: string, init: RequestInit): Promise<{ status: number; body: Uint8Array }> => {
    const response = await fetch(url, { ...init, redirect: 'error', signal: AbortSignal.timeout(timeoutMs) });
    const body = new Uint8Array(await response.arrayBuffer());
    if (body.length > answerBytesMax) throw new Error('a witness said too much');
    return { status: response.status, body };
  };

  const showSequencer = async (origin: string, sequencer: Sequencer): Promise<void> => {
    const { status, body } = await send(`${origin}/${originHashOf(logName)}/checkpoint`, {});
    if (status === 200) sequencer.noticeSignedElsewhere(body);
  };

  const ask = async (
    witness: WitnessAddress,
    checkpoint: Uint8Array,
    head: TreeHead,
    sequencer: Sequencer,
  ) => {
    const { origin, key } = witness;
    for (let tries = 1; tries <= triesMax; tries += 1) {
      const oldSize = sizes.get(origin) ?? 0;
      const proof = await sequencer.tiles(head).consistencyProof(oldSize);
      const { status, body } = await send(`${origin}/add-checkpoint`, {
        method: 'POST',
        body: encodeAddCheckpoint(oldSize, proof, checkpoint).slice().buffer,
      });
      if (status === 200) {
        addCosignatures(checkpoint, body, key); // throws unless the witness's own key holds
        sizes.set(origin, head.size);
        return body;
      }
      if (status !== 409) break;
      const theirs = fromDecimal('witness size', new TextDecoder().decode(body).trimEnd());
      if (theirs > head.size) {
        await showSequencer(origin, sequencer);
        break;
      }
      sizes.set(origin, theirs);
    }
    throw new Error('a witness did not cosign');
  };

  const leaveAlone = (origin: string): void => {
    const failures = (resting.get(origin)?.failures ?? 0) + 1;
    const rest = Math.min(restMillisecondsMax, restMillisecondsFirst * 2 ** (failures - 1));
    resting.set(origin, { until: performance.now() + rest, failures });
  };

  return {
    async cosign(checkpoint, head, sequencer) {
      const asked = witnesses().filter(
        ({ origin }) => (resting.get(origin)?.until ?? 0) <= performance.now(),
      );
      const answers = await Promise.all(
        asked.map(async (witness) => {
          try {
            const body = await ask(witness, checkpoint, head, sequencer);
            resting.delete(witness.origin);
            return body;
          } catch {
            failed();
            sizes.delete(witness.origin);
            leaveAlone(witness.origin);
            return undefined;
          }
        }),
      );
      return answers.reduce<Uint8Array>(
        (note, answer, i) => (answer ? addCosignatures(note, answer, asked[i]!.key) : note),
        checkpoint,
      );
    },
    async compare(sequencer) {
      await Promise.allSettled(witnesses().map(({ origin }) => showSequencer(origin, sequencer)));
    },
  };
}
