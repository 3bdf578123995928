/** authority → desk, POST /disclosures: asks for one account, by a piece of content, on a ground, with an order. */
import { toBase64url } from '@answerable/core/bytes';
import { randomBytes } from '@answerable/core/rng';
import { type AuthorityAsk, askAccepted } from '@answerable/protocol/disclosure/filing';
import { messageLabels } from '@answerable/protocol/labels';
import { type Signed, signMessage } from '@answerable/protocol/signed';
import { call } from './call.ts';
import type { Setting } from './parts.ts';

const askBytes = 16;

export type Inquiry = Pick<AuthorityAsk, 'platform' | 'ground' | 'order' | 'item'>;

/** The signed ask; keep it before it is sent, so that a lost answer is asked again under the same number. */
export function signAsk({ keys }: Setting, inquiry: Inquiry): Signed<AuthorityAsk> {
  const ask: AuthorityAsk = {
    v: 1,
    ask: toBase64url(randomBytes(askBytes)),
    authority: keys.name,
    ...inquiry,
  };
  return signMessage(keys.signingSecret, messageLabels.authorityAsk, ask);
}

/** The case that the desk made of it. Throws the desk's Refusal. */
export async function askForAccount(
  setting: Setting,
  desk: string,
  ask: Signed<AuthorityAsk>,
): Promise<string> {
  const { caseId } = await call(`${desk}/disclosures`, {
    body: ask,
    schema: askAccepted,
    fetch: setting.fetch,
  });
  return caseId;
}
