/** @jsxRuntime automatic */
/** @jsxImportSource preact */
/** What a locked wallet shows: how to open it, and nothing of what is inside. */
import { useEffect, useState } from 'preact/hooks';
import type { Caller } from '../boundary/rpc.ts';
import type { GateView } from '../boundary/vault-actions.ts';
import { Screen } from '../parts/frame.tsx';
import { Button, Field } from '../parts/parts.tsx';
import { RefusalNotice } from '../parts/refusal.tsx';
import { passkeysWork, provePasskey } from '../passkey.ts';
import { go } from '../route.ts';
import { useTask } from '../task.ts';
import { duration } from '../text/duration.ts';
import { said } from '../text/text.ts';

export function LockedScreen({ call, look }: { call: Caller; look: () => void }) {
  const [gate, setGate] = useState<GateView>();
  const [passphrase, setPassphrase] = useState('');
  const task = useTask();
  const text = said.locked;
  // Looked at again when somebody comes back: another tab may have changed the ways.
  useEffect(() => {
    const see = () => void call('gate', undefined).then(setGate, () => {});
    see();
    document.addEventListener('visibilitychange', see);
    return () => document.removeEventListener('visibilitychange', see);
  }, []);
  const withPasskey = () =>
    task.run(async () => {
      await call('unlock', { proof: await provePasskey(gate?.passkeys ?? []) });
      look();
    });
  const withPassphrase = (event: Event) => {
    event.preventDefault();
    void task.run(async () => {
      setPassphrase('');
      await call('unlock', { proof: { kind: 'passphrase', passphrase } });
      look();
    });
  };
  const useWords = () =>
    task.run(async () => {
      await call('setAside', undefined);
      go('back', {}, true);
      look();
    });
  const wait = task.refused?.facts.waitSeconds;
  return (
    <Screen title={text.title}>
      {task.refused && (
        <RefusalNotice refused={task.refused}>
          {wait ? <p>{text.wait(duration(wait))}</p> : null}
        </RefusalNotice>
      )}
      {gate && gate.passkeys.length > 0 && passkeysWork() && (
        <p>
          <Button onPress={withPasskey} busy={task.busy} test="open-passkey">
            {text.passkey}
          </Button>
        </p>
      )}
      {gate?.passphrase && (
        <form onSubmit={withPassphrase} autocomplete="off" noValidate>
          <Field
            label={text.passphrase}
            value={passphrase}
            onValue={setPassphrase}
            secret
            test="passphrase"
          />
          <Button
            busy={task.busy}
            {...(gate.passkeys.length > 0 ? { kind: 'plain' } : {})}
            test="open-passphrase"
          >
            {task.busy ? text.opening : text.open}
          </Button>
        </form>
      )}
      <details data-test="locked-help">
        <summary>{text.help}</summary>
        <p>{text.words}</p>
        <Button kind="plain" onPress={useWords} busy={task.busy} test="locked-words">
          {text.wordsGo}
        </Button>
      </details>
    </Screen>
  );
}
