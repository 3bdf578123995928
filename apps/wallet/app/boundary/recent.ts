/**
 * Places used in this tab since it was opened, so that a refusal or a message can be read without choosing again.
 * The window keeps them for its tab, sealed: no name of a place stands anywhere in the clear (PROTOCOL §8).
 */
import type { RecentPlace } from './actions.ts';
import type { Vault } from './vault.ts';

const name = 'recent';
const placesMax = 5;

export const openRecent = async (vault: Vault, sealed: string | undefined): Promise<RecentPlace[]> =>
  (sealed && (await vault.unseal<RecentPlace[]>(name, sealed))) || [];

/** With `place` in front, sealed. */
export async function addRecent(
  vault: Vault,
  sealed: string | undefined,
  place: RecentPlace,
): Promise<string> {
  const same = (other: RecentPlace) =>
    other.gateway === place.gateway && other.platform === place.platform && other.slot === place.slot;
  const rest = (await openRecent(vault, sealed)).filter((other) => !same(other));
  return vault.seal(name, [place, ...rest].slice(0, placesMax));
}
