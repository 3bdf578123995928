/**
 * `sub` = base32(H(label, admission record)) (PROTOCOL §4.3): what the platform calls the account is at the same
 * time its commitment to the admission. Computed by the gateway, and again by whoever checks a case.
 */
import { fromBase64url } from '@answerable/core/bytes';
import { hashOf } from '../canonical.ts';
import type { AdmissionRecord } from '../disclosure/filing.ts';
import { messageLabels } from '../labels.ts';

const letters = 'abcdefghijklmnopqrstuvwxyz234567';

/** 52 characters. */
export const accountSub = (record: AdmissionRecord): string =>
  base32(fromBase64url(hashOf(messageLabels.accountSub, record)));

/** RFC 4648 section 6, lower case, no padding. */
function base32(bytes: Uint8Array): string {
  let text = '';
  let held = 0;
  let bits = 0;
  for (const byte of bytes) {
    held = ((held << 8) | byte) & 0xfff;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      text += letters[(held >> bits) & 31];
    }
  }
  return bits > 0 ? text + letters[(held << (5 - bits)) & 31] : text;
}
