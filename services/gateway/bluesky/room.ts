/** What the verbs of this room work with: its store, and the servers that are looked after. */
import { type BlueskyServer, blueskyServer } from '@answerable/connector/bluesky-server';
import type { Clock } from '@answerable/kit/clock';
import { rounds } from '@answerable/kit/rounds';
import type { GatewayConfig } from '../config.ts';
import type { Db } from '../store.ts';
import { type BlueskyStore, blueskyStore } from './store.ts';
import { holdAccounts, type Watched } from './watch.ts';

/** A sanction acts there within this, if the server answers. */
const holdSeconds = 2;

export interface BlueskyRoom {
  store: BlueskyStore;
  /** each server with its platform */
  watched(): Watched[];
  /** Sees to it that sanctions act there, until stop(). */
  start(): { stop(): Promise<void> };
}

export function blueskyRoom(parts: { config: GatewayConfig; db: Db; clock: Clock }): BlueskyRoom {
  const { config, db, clock } = parts;
  const store = blueskyStore(db);
  const watched = config.platforms.flatMap((platform): Watched[] => {
    if (platform.kind !== 'bluesky' || platform.connector?.kind !== 'bluesky') return [];
    const server: BlueskyServer = blueskyServer(platform.connector);
    return [{ platform, server, store, clock }];
  });
  return {
    store,
    watched: () => watched,
    start() {
      // What a server that is away refuses, upkeep tells.
      const holding = watched.map((one) => rounds(holdSeconds, () => holdAccounts(one)));
      return {
        stop: async () => {
          await Promise.all(holding.map((one) => one.stop()));
        },
      };
    },
  };
}
