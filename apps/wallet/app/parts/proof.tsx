/** @jsxRuntime automatic */
/** @jsxImportSource preact */
/** A way of the person's own, asked for again before something is changed. */
import { useState } from 'preact/hooks';
import { Refused } from '../boundary/rpc.ts';
import type { GateView } from '../boundary/vault-actions.ts';
import type { Proof } from '../boundary/vault-record.ts';
import { provePasskey } from '../passkey.ts';
import { said } from '../text/text.ts';
import { Field } from './parts.tsx';

/** `field` to be shown once; `prove` asks, where there is something to ask. */
export function useProof(gate: GateView | undefined) {
  const [passphrase, setPassphrase] = useState('');
  const text = said.security;
  const passkeys = gate?.passkeys ?? [];
  const prove = async (): Promise<Proof | undefined> => {
    if (gate?.passphrase && passphrase !== '') return { kind: 'passphrase', passphrase };
    if (passkeys.length > 0) return provePasskey(passkeys);
    if (gate?.passphrase) throw new Refused('proof_wanted');
    return undefined;
  };
  const field = gate?.passphrase ? (
    <Field
      label={text.proof}
      value={passphrase}
      onValue={setPassphrase}
      hint={passkeys.length > 0 ? text.proofOr : undefined}
      secret
      test="proof"
    />
  ) : passkeys.length > 0 ? (
    <p class="soft">{text.proofPasskey}</p>
  ) : null;
  return { field, prove, clear: () => setPassphrase('') };
}
