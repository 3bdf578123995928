/**
 * Hashes over what was shown and said, as they stand in the events of a case: the chain thereby covers words,
 * pictures and addresses that lie in other tables, and a later change of those shows.
 */
import { hashOf } from '@answerable/protocol/canonical';
import { itemHash } from '@answerable/protocol/disclosure/case-file';
import { messageLabels } from '@answerable/protocol/labels';
import type { IntimateImage } from '@answerable/protocol/report/intimate-image';
import type { MediaReference } from '@answerable/protocol/report/media';
import type { ItemSnapshot } from '@answerable/protocol/report/report';

/** Of an item with its pictures and addresses; without them the hash that a request to open an account uses. */
export function snapshotHash({ locator, text, posted, media = [], links = [] }: ItemSnapshot): string {
  const item = { locator, text, posted };
  if (media.length === 0 && links.length === 0) return itemHash(item);
  return hashOf(messageLabels.snapshotHash, { ...item, media: hashesOf(media), links });
}

export interface Shown {
  statement: string;
  media?: readonly MediaReference[] | undefined;
  links?: readonly string[] | undefined;
  intimateImage?: IntimateImage | undefined;
}

/** Of what whoever reports said and showed. How they can be reached is no evidence and is not covered. */
export function evidenceHash({ statement, media = [], links = [], intimateImage }: Shown): string {
  const declared = intimateImage ? intimateImage.madeBy : null;
  return hashOf(messageLabels.reportEvidence, { statement, media: hashesOf(media), links, declared });
}

const hashesOf = (media: readonly MediaReference[]): string[] => media.map((one) => one.hash);
