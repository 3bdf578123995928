/**
 * Names to be seen under: proposed, and remembered as marks only, so that the wallet can say "you use this name
 * elsewhere" and nobody who opens its state finds a list of names or places (PROTOCOL §8).
 * Must never: keep a name, or a place.
 */
import { toBase64url } from '@answerable/core/bytes';
import { deriveAccount } from '@answerable/core/presentation/account';
import { handleMarks, proposeHandle } from '@answerable/core/presentation/handle';
import { scopeId } from '@answerable/protocol/scope';
import { credentialOf, requireHolding } from './holding.ts';
import { stateOf, type WalletParts } from './parts.ts';
import { readRequest } from './read-request.ts';
import type { HandleMark, WalletState } from './state.ts';

/** Marks kept; the oldest go first. */
const marksMax = 500;

/** The `n`th name for a new account in `slot` at the place that asks. */
export async function proposeName(
  parts: WalletParts,
  text: string,
  slot: number,
  n: number,
): Promise<string> {
  const { request } = readRequest(parts, text);
  const credential = credentialOf(requireHolding(await stateOf(parts)));
  return proposeHandle(deriveAccount(credential, scopeId(request.scope), slot).handleSeed, n);
}

/** Whether this wallet has used `handle`, and not at the place that asks. */
export async function usedElsewhere(parts: WalletParts, text: string, handle: string): Promise<boolean> {
  const { request } = readRequest(parts, text);
  const state = await stateOf(parts);
  const mark = markOf(state, scopeId(request.scope), handle);
  const same = (state.handles ?? []).filter(({ name }) => name === mark.name);
  return same.length > 0 && !same.some(({ place }) => place === mark.place);
}

/** Remembers that `handle` was given to the place of `scope`. */
export async function rememberHandle(parts: WalletParts, scope: Uint8Array, handle: string): Promise<void> {
  const state = await stateOf(parts);
  const mark = markOf(state, scope, handle);
  const others = (state.handles ?? []).filter(({ place }) => place !== mark.place);
  await parts.store.save({ ...state, handles: [...others, mark].slice(-marksMax) });
}

function markOf(state: WalletState, scope: Uint8Array, handle: string): HandleMark {
  const { name, place } = handleMarks(credentialOf(requireHolding(state)), scope, handle);
  return { name: toBase64url(name), place: toBase64url(place) };
}
