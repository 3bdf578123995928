/**
 * The person's history in its drawer (core/vault/drawer): every answer is put in, in every wallet; only a
 * passphrase of its own brings them out again, and only if one was chosen. Wrong, none chosen, and nothing in it
 * yet under another one: the same work, the same answer.
 */
import { fromBase64url, toBase64url, utf8 } from '@answerable/core/bytes';
import { Malformed, ProofFailed } from '@answerable/core/errors';
import { readWords } from '@answerable/core/recall/words';
import { randomBytes } from '@answerable/core/rng';
import {
  emptyDrawer,
  lockedDrawer,
  openDrawer,
  putSlip,
  SLIP_BYTES_MAX,
  saltOfDrawer,
} from '@answerable/core/vault/drawer';
import { STRETCH_SALT_BYTES, stretchPassphrase } from '@answerable/core/vault/wrap';
import { z } from 'zod';
import { Refused } from './rpc.ts';
import { type Tries, waitSeconds } from './tries.ts';
import type { Vault } from './vault.ts';
import type { HistoryLine } from './vault-actions.ts';
import { noTries } from './vault-record.ts';

const drawerName = 'drawer';

interface Kept {
  drawer: string;
  tries: Tries;
}

const name = z.string().max(100);
const line = z.strictObject({
  gateway: name,
  platform: name,
  slot: z.int().min(1).max(255),
  way: z.enum(['new', 'sign-in', 'found']),
  disclosed: z.array(name).max(20),
  day: z.iso.date(),
});

/** Every wallet has a drawer. */
export async function keepDrawer(vault: Vault): Promise<void> {
  if ((await vault.read<Kept>(drawerName)) === undefined) await put(vault, emptyDrawer());
}

/** A name too long for a slip is no reason to keep somebody from signing in. */
export async function noteAnswer(vault: Vault, note: HistoryLine): Promise<void> {
  const { drawer } = await take(vault);
  const slip = utf8(JSON.stringify(note));
  if (line.safeParse(note).success && slip.length <= SLIP_BYTES_MAX) await put(vault, putSlip(drawer, slip));
}

/** What was noted, newest first. Refuses `history_closed` or `lock_wait`. */
export async function openHistory(vault: Vault, passphrase: string): Promise<HistoryLine[]> {
  const { drawer, tries } = await take(vault);
  const wait = waitSeconds(tries, Date.now());
  if (wait > 0) throw new Refused('lock_wait', { waitSeconds: wait });
  await put(vault, drawer, { count: tries.count + 1, lastMs: Date.now() });
  const slips = opened(drawer, passphrase);
  await put(vault, drawer);
  return slips.map((slip) => line.parse(JSON.parse(new TextDecoder().decode(slip))));
}

/** From now on this passphrase opens what is noted. What was noted before can be read by nobody any more. */
export async function startHistory(vault: Vault, passphrase: string): Promise<void> {
  if (readWords(passphrase).ok) throw new Refused('passphrase_words');
  const salt = randomBytes(STRETCH_SALT_BYTES);
  await put(vault, lockedDrawer(stretchPassphrase(passphrase, salt), salt, (await take(vault)).drawer));
}

/** Nobody can read it any more. */
export async function eraseHistory(vault: Vault): Promise<void> {
  await put(vault, emptyDrawer((await take(vault)).drawer));
}

function opened(drawer: Uint8Array, passphrase: string): Uint8Array[] {
  try {
    return openDrawer(drawer, stretchPassphrase(passphrase, saltOfDrawer(drawer)));
  } catch (error) {
    if (error instanceof ProofFailed || error instanceof Malformed) throw new Refused('history_closed');
    throw error;
  }
}

async function take(vault: Vault): Promise<{ drawer: Uint8Array; tries: Tries }> {
  const kept = await vault.read<Kept>(drawerName);
  return kept
    ? { drawer: fromBase64url(kept.drawer), tries: kept.tries }
    : { drawer: emptyDrawer(), tries: noTries };
}

const put = (vault: Vault, drawer: Uint8Array, tries: Tries = noTries) =>
  vault.write(drawerName, { drawer: toBase64url(drawer), tries } satisfies Kept);
