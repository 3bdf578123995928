/** This device still has the secret, so a reset that somebody asked for must not happen (PROTOCOL §3.7). */
import { objectionBinding } from '@answerable/protocol/enrolment/binding';
import { z } from 'zod';
import { callParty } from './call.ts';
import { stateOf, type WalletParts } from './parts.ts';
import { proveToRegistrar } from './prove-to-registrar.ts';

const accepted = z.object({ ok: z.literal(true) });

export async function objectToReset(parts: WalletParts): Promise<void> {
  const body = await proveToRegistrar(parts, objectionBinding);
  await callParty(parts.fetch, parts.policy.registrar, '/reset/objection', body, accepted);
  const state = await stateOf(parts);
  if (state.watch) await parts.store.save({ ...state, watch: { ...state.watch, reset: null } });
}
