/**
 * Names for accounts and things of platforms that have names of their own. A foreign account becomes a word of
 * the shape of `sub`, so that cases never hold a handle; what it stands for is kept beside (memory.ts), because
 * the connector must find it again. A hash of a public name hides nothing from who knows the name: it keeps
 * cases free of names, and different kinds and platforms apart.
 */
import { fromBase64url, toBase32 } from '@answerable/core/bytes';
import { hashOf } from '@answerable/protocol/canonical';
import { messageLabels } from '@answerable/protocol/labels';

/** 160 bits: two addresses with one locator cannot be found by whoever may choose addresses. */
const locatorBytes = 20;

/** Forums name one post of a thread behind the hash (#p812, #post-3, #msg5): a number, and letters before it. */
const postFragment = /^#[a-z_-]{0,32}\d{1,20}$/i;

/** What of an address is behind its hash and says which post is meant; anything else there is dropped. */
export const fragmentOfPost = (hash: string): string => (postFragment.test(hash) ? hash : '');

/** The account `accountId` of `platform`, in the shape of a `sub`: 52 characters of base32. */
export const foreignSub = (platform: string, accountId: string): string =>
  toBase32(fromBase64url(hashOf(messageLabels.foreignAccount, { platform, accountId })));

/** `post/…` or `page/…` for the thing at `address`. */
export function foreignLocator(kind: 'post' | 'page', platform: string, address: string): string {
  const hash = fromBase64url(hashOf(messageLabels.foreignItem, { kind, platform, address }));
  return `${kind}/${toBase32(hash.slice(0, locatorBytes))}`;
}
