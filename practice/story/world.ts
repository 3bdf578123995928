/** What the steps of the story share: the running network, and what they noted for later steps. */
import type { Network } from '@answerable/practice-constellation/network';

export interface World {
  network: Network;
  /** Things one step leaves for another: wallets, accounts, cases. Each step file says what it keeps. */
  notes: Map<string, unknown>;
}

export function createWorld(network: Network): World {
  return { network, notes: new Map() };
}

/** A note that an earlier step must have left. */
export function noted<T>(world: World, name: string): T {
  if (!world.notes.has(name)) throw new Error(`the step that leaves "${name}" has not run`);
  return world.notes.get(name) as T;
}
