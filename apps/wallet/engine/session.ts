/** Signed calls inside the open session at the registrar. */
import { fromBase64url } from '@answerable/core/bytes';
import { messageLabels } from '@answerable/protocol/labels';
import { Refusal } from '@answerable/protocol/refusal';
import { signMessage } from '@answerable/protocol/signed';
import type { z } from 'zod';
import { callParty } from './call.ts';
import type { WalletParts } from './parts.ts';
import type { OpenSession, WalletState } from './state.ts';

/** Sends the call named `call` of this session. */
export function callInSession<T>(
  { fetch, policy }: WalletParts,
  session: Pick<OpenSession, 'id' | 'key'>,
  call: { path: string; call: string; body: unknown },
  schema: z.ZodType<T>,
): Promise<T> {
  const message = { session: session.id, call: call.call, body: call.body };
  const signed = signMessage(fromBase64url(session.key), messageLabels.walletCall, message);
  return callParty(fetch, policy.registrar, call.path, signed, schema);
}

/** Refuses `session_unknown` when there is none. */
export function requireSession({ session }: WalletState): OpenSession {
  if (!session) throw new Refusal('session_unknown');
  return session;
}
