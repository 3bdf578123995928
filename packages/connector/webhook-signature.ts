/**
 * HMAC-SHA-256 signatures of webhooks. Two forms: `sha256=<hex>` over the body, as Mastodon (X-Hub-Signature) and
 * Discourse (X-Discourse-Event-Signature) send it, and our own `t=<seconds>,v1=<hex>` over `<seconds>.<body>`,
 * which cannot be sent again later.
 * Must never: compare in a time that tells how much was right.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';

/** How far the two clocks may be apart, and how long a signed body can be sent again. */
const windowSeconds = 300;
export const signatureHeader = 'answerable-signature';

const hexOf = (secret: string, text: string): string =>
  createHmac('sha256', secret).update(text, 'utf8').digest('hex');

function same(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given, 'utf8'), Buffer.from(expected, 'utf8')];
  return a.length === b.length && timingSafeEqual(a, b);
}

/** Whether `header` is `sha256=` and the HMAC of `body`. */
export function isHubSignature(header: string | undefined, secret: string, body: string): boolean {
  const given = header?.match(/^sha256=([0-9a-f]{64})$/)?.[1] ?? '';
  return same(given, hexOf(secret, body));
}

/** The header's value for `body`, signed at `seconds` since 1970. */
export const signTimed = (secret: string, body: string, seconds: number): string =>
  `t=${seconds},v1=${hexOf(secret, `${seconds}.${body}`)}`;

/** Whether `header` signs `body`, at most five minutes before or after `nowSeconds`. */
export function isTimedSignature(
  header: string | undefined,
  secret: string,
  body: string,
  nowSeconds: number,
): boolean {
  const [, seconds = '', given = ''] = header?.match(/^t=(\d{1,12}),v1=([0-9a-f]{64})$/) ?? [];
  const inTime = Math.abs(nowSeconds - Number(seconds)) <= windowSeconds;
  return same(given, hexOf(secret, `${seconds}.${body}`)) && inTime && seconds !== '';
}
