/**
 * Keeps the log growing at its cadence: append, sign, cosign, publish, wait. Whatever error comes, the
 * sequencer in memory is thrown away and a new one starts the ordinary way; a halt stays until somebody looks.
 */
import { randomBytes } from 'node:crypto';
import { LogHalt } from '@answerable/log/append/log-store';
import { Sequencer } from '@answerable/log/append/sequencer';
import { openCheckpoint } from '@answerable/log/verify/checkpoint';
import { parseNote } from '@answerable/log/verify/note';
import type { WitnessAsker } from './ask-witnesses.ts';
import type { LogbookParts } from './parts.ts';
import { type CheckpointRounder, checkpointRounder } from './round-checkpoint.ts';

const restartMilliseconds = 1_000;
/** A cadence is looked at this often, so that a batch is late by a tenth at most. */
const looksPerCadence = 10;
const lookMillisecondsMin = 10;

export interface RunningSequencer {
  /** True while the log grows: signed at start, and not halted. */
  ready(): boolean;
  stop(): Promise<void>;
}

export function runSequencer(parts: LogbookParts, witnesses: WitnessAsker): RunningSequencer {
  const { config, events } = parts;
  const lookMilliseconds = Math.max(lookMillisecondsMin, (config.cadenceSeconds * 1000) / looksPerCadence);
  const rounder = checkpointRounder(parts);
  const stopping = new AbortController();
  let ready = false;

  const life = async () => {
    const sequencer = newSequencer(parts);
    await witnesses.compare(sequencer);
    await publish(parts, { witnesses, rounder, sequencer }, await sequencer.recover());
    ready = true;
    while (!stopping.signal.aborted) {
      if (await sequencer.append(parts.clock.now().getTime()))
        await publish(parts, { witnesses, rounder, sequencer }, await sequencer.sign());
      await pause(lookMilliseconds, stopping.signal);
    }
  };

  const lives = async () => {
    while (!stopping.signal.aborted) {
      try {
        await life();
      } catch (error) {
        ready = false;
        if (error instanceof LogHalt) return events.halted(error.reason);
        events.stumbled(error);
        await pause(restartMilliseconds, stopping.signal);
      }
    }
  };

  const running = lives();
  return {
    ready: () => ready,
    async stop() {
      stopping.abort();
      await running;
    },
  };
}

function newSequencer({ config, store, files, key }: LogbookParts): Sequencer {
  return new Sequencer({
    store: store.sequence,
    files,
    key,
    entriesPerBatch: config.entriesPerBatch,
    cadenceMilliseconds: config.cadenceSeconds * 1000,
    random: (length) => new Uint8Array(randomBytes(length)),
  });
}

interface Hands {
  witnesses: WitnessAsker;
  rounder: CheckpointRounder;
  sequencer: Sequencer;
}

/** Cosigned by whoever answers; without a quorum it is published all the same, and readers decide. */
async function publish(
  { store, key, events }: LogbookParts,
  { witnesses, rounder, sequencer }: Hands,
  signed: Uint8Array,
): Promise<void> {
  const head = openCheckpoint(signed, { log: key, witnesses: [] });
  const checkpoint = await witnesses.cosign(signed, head, sequencer);
  await store.keepCheckpoint(head.size, checkpoint);
  await sequencer.publish(checkpoint);
  await rounder.published(checkpoint);
  events.published(head.size, parseNote(checkpoint).signatures.length - 1);
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    signal.addEventListener('abort', done);
  });
}
