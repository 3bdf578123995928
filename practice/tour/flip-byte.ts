/**
 * Alters one letter of one entry in the published log, in every file that holds it, and puts it back. What was
 * altered is written down first, so that a crash leaves nothing altered: the next start puts it back.
 * Must never: touch the log's own store, or alter anything while a step runs.
 */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { createLogReader, filesOfEntry } from './published-log.ts';

const flippedBit = 1;

const flipShape = z.object({
  entry: z.int().min(0),
  kind: z.string(),
  /** byte within the entry */
  at: z.int().min(0),
  was: z.int().min(0).max(255),
});
export type Flip = z.infer<typeof flipShape>;

export interface LogFlipper {
  current(): Flip | undefined;
  /** Flips a letter in the newest entry that says something. Undefined when the log has none. */
  flip(): Flip | undefined;
  /** A log that grows writes its newest entries again: alters those files too. */
  follow(): void;
  putBack(): void;
}

/** `memoryPath` is the file that remembers what was altered. */
export function createLogFlipper(logDir: string, memoryPath: string): LogFlipper {
  let current = readMemory(memoryPath);

  const setByte = ({ entry, at }: Flip, value: number) => {
    for (const { path, offset } of filesOfEntry(logDir, entry)) {
      const file = join(logDir, path);
      const bytes = readFileSync(file);
      if (bytes[offset + at] === value) continue;
      bytes[offset + at] = value;
      writeFileSync(file, bytes);
    }
  };
  const putBack = () => {
    if (!current) return;
    setByte(current, current.was);
    current = undefined;
    rmSync(memoryPath, { force: true });
  };
  putBack();

  return {
    current: () => current,
    flip() {
      current ??= chooseByte(logDir);
      if (!current) return undefined;
      // From here on the file says what was altered; a crash now is repaired at the next start.
      writeFileSync(memoryPath, JSON.stringify(current), { mode: 0o600 });
      setByte(current, current.was ^ flippedBit);
      return current;
    },
    follow() {
      if (current) setByte(current, current.was ^ flippedBit);
    },
    putBack,
  };
}

/** The newest notice if there is one: that is the entry somebody would like to hide. */
function chooseByte(logDir: string): Flip | undefined {
  const chosen = createLogReader(logDir).read()?.entries[0];
  const place = chosen && filesOfEntry(logDir, chosen.index)[0];
  if (!place) return undefined;
  const bytes = readFileSync(join(logDir, place.path)).subarray(place.offset);
  const at = bytes.indexOf(`"${chosen.kind}"`) + 1 + Math.floor(chosen.kind.length / 2);
  const was = bytes[at];
  return was === undefined ? undefined : { entry: chosen.index, kind: chosen.kind, at, was };
}

function readMemory(path: string): Flip | undefined {
  try {
    return flipShape.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    return undefined;
  }
}
