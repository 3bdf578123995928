/** A signed body as JSON: read only after its signature held, because that is over the text as it came. */
import { Refusal } from '@answerable/protocol/refusal';

/** Throws Refusal `body_too_large`, `malformed`. */
export function jsonOf(text: string, charsMax: number): unknown {
  if (text.length > charsMax) throw new Refusal('body_too_large');
  try {
    return JSON.parse(text);
  } catch {
    throw new Refusal('malformed', 'body: JSON');
  }
}
