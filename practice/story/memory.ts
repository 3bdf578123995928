/**
 * What the story remembers over a restart: its people's wallets, words and browsers, and what one step left for
 * another. Practice only: in life no file holds the secrets of several people.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Network } from '@answerable/practice-constellation/network';
import { type Cookie, createBrowser } from '@answerable/practice-people/browser';
import { memoryStore, type WalletState } from '@answerable/wallet/engine/state';
import { newWallet, type Player, type Seat } from './cast.ts';
import { createWorld, type World } from './world.ts';

interface KeptPlayer {
  person: string;
  words: string[];
  state: WalletState | null;
  seats: (Omit<Seat, 'browser'> & { cookies: Cookie[] })[];
}
interface Kept {
  players: KeptPlayer[];
  throwAway: Cookie[] | null;
  words: Record<string, string>;
}

const pathIn = ({ dataDir }: Network): string => join(dataDir, 'story.json');
const playerNote = 'player ';
const throwAwayNote = 'throw-away';

/** A world that goes on where an earlier one on the same data left off. */
export async function openWorld(network: Network): Promise<World> {
  const world = createWorld(network);
  let kept: Kept;
  try {
    kept = JSON.parse(readFileSync(pathIn(network), 'utf8')) as Kept;
  } catch {
    return world; // nothing happened here yet
  }
  for (const [name, text] of Object.entries(kept.words)) world.notes.set(name, text);
  for (const one of kept.players) world.notes.set(playerNote + one.person, playerOf(world, one));
  if (kept.throwAway)
    world.notes.set(throwAwayNote, { forum: 'commons', browser: createBrowser(kept.throwAway) });
  return world;
}

/** Writes everything down; called after each step. */
export async function remember(world: World): Promise<void> {
  const kept: Kept = { players: [], throwAway: null, words: {} };
  for (const [name, note] of world.notes) {
    if (typeof note === 'string') kept.words[name] = note;
    else if (name === throwAwayNote) kept.throwAway = (note as Seat).browser.cookies();
    else if (name.startsWith(playerNote)) kept.players.push(await keptPlayer(note as Player));
  }
  writeFileSync(pathIn(world.network), JSON.stringify(kept), { mode: 0o600 });
}

function playerOf(world: World, { person, words, state, seats }: KeptPlayer): Player {
  const device = memoryStore(state ?? undefined);
  return {
    person,
    words,
    device,
    wallet: newWallet(world, device),
    seats: seats.map(({ cookies, ...seat }) => ({ ...seat, browser: createBrowser(cookies) })),
  };
}

async function keptPlayer({ person, words, device, seats }: Player): Promise<KeptPlayer> {
  return {
    person,
    words,
    state: (await device.load()) ?? null,
    seats: seats.map(({ browser, ...seat }) => ({ ...seat, cookies: browser.cookies() })),
  };
}
