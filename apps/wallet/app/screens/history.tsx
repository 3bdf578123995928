/** @jsxRuntime automatic */
/** @jsxImportSource preact */
/** What was shown to whom, and the accounts, under a passphrase of its own. Asks for it whether there is one or not. */
import { useState } from 'preact/hooks';
import type { AccountAt } from '../boundary/actions.ts';
import type { HistoryLine } from '../boundary/vault-actions.ts';
import { Screen } from '../parts/frame.tsx';
import { Accounts, Answers } from '../parts/history-lists.tsx';
import { Button, Field, Notice } from '../parts/parts.tsx';
import { RefusalNotice } from '../parts/refusal.tsx';
import { useTask } from '../task.ts';
import { duration } from '../text/duration.ts';
import { said } from '../text/text.ts';
import { useWallet } from '../wallet.ts';

const passphraseCharsMin = 6;

export function History() {
  const { call } = useWallet();
  const [lines, setLines] = useState<HistoryLine[]>();
  const [passphrase, setPassphrase] = useState('');
  const [done, setDone] = useState<'started' | 'erased'>();
  const task = useTask();
  const text = said.history;
  const open = (event: Event) => {
    event.preventDefault();
    setPassphrase('');
    setDone(undefined);
    void task.run(async () => setLines(await call('openHistory', { passphrase })));
  };
  const start = (fresh: string) =>
    task.run(async () => {
      await call('startHistory', { passphrase: fresh });
      setDone('started');
    });
  const erase = () =>
    task.run(async () => {
      await call('eraseHistory', undefined);
      setLines(undefined);
      setDone('erased');
    });
  const find = () =>
    task.run(async () => {
      const found = await call('findAccounts', undefined);
      const day = new Date().toISOString().slice(0, 10);
      const added = found.map((at): HistoryLine => ({ ...at, way: 'found', disclosed: [], day }));
      setLines((before) => [...added, ...(before ?? [])]);
    });
  const wait = task.refused?.facts.waitSeconds;
  return (
    <Screen title={text.title}>
      {task.refused && (
        <RefusalNotice refused={task.refused}>
          {wait ? <p>{said.locked.wait(duration(wait))}</p> : null}
        </RefusalNotice>
      )}
      {done && (
        <Notice tone="good" role="status" test={`history-${done}`}>
          <p>{text[done]}</p>
        </Notice>
      )}
      {lines ? (
        <>
          <Accounts accounts={accountsIn(lines)} find={find} busy={task.busy} />
          <Answers lines={lines} />
          <div class="row">
            <Button kind="plain" onPress={() => setLines(undefined)} test="history-close">
              {text.close}
            </Button>
            <Button kind="stop" onPress={erase} busy={task.busy} test="history-erase">
              {text.erase}
            </Button>
          </div>
        </>
      ) : (
        <>
          <p class="lead">{text.lead}</p>
          <form onSubmit={open} autocomplete="off" noValidate>
            <Field
              label={text.passphrase}
              value={passphrase}
              onValue={setPassphrase}
              maxLength={200}
              secret
              test="history-passphrase"
            />
            <Button busy={task.busy} test="history-open">
              {text.open}
            </Button>
          </form>
          <Start start={start} busy={task.busy} />
        </>
      )}
    </Screen>
  );
}

function Start({ start, busy }: { start: (passphrase: string) => Promise<void>; busy: boolean }) {
  const text = said.history;
  const [passphrase, setPassphrase] = useState('');
  const [again, setAgain] = useState('');
  const [wrong, setWrong] = useState<'short' | 'different'>();
  const submit = (event: Event) => {
    event.preventDefault();
    const short = passphrase.trim().length < passphraseCharsMin;
    const found = short ? 'short' : passphrase !== again ? 'different' : undefined;
    setWrong(found);
    if (found) return;
    setPassphrase('');
    setAgain('');
    void start(passphrase);
  };
  return (
    <details data-test="history-start">
      <summary>{text.start}</summary>
      <p>{text.startLead}</p>
      <form onSubmit={submit} autocomplete="off" noValidate>
        <Field
          label={text.startPassphrase}
          hint={text.startHint}
          value={passphrase}
          onValue={setPassphrase}
          wrong={wrong === 'short' ? said.security.short : undefined}
          maxLength={200}
          secret
          test="history-new"
        />
        <Field
          label={said.security.again}
          value={again}
          onValue={setAgain}
          wrong={wrong === 'different' ? said.security.different : undefined}
          maxLength={200}
          secret
          test="history-new-again"
        />
        <Button kind="plain" busy={busy} test="history-start-go">
          {text.startGo}
        </Button>
      </form>
    </details>
  );
}

/** Each account once, the one used last first. */
function accountsIn(lines: readonly HistoryLine[]): AccountAt[] {
  const seen = new Map<string, AccountAt>();
  for (const { gateway, platform, slot } of lines) {
    const key = JSON.stringify([gateway, platform, slot]);
    if (!seen.has(key)) seen.set(key, { gateway, platform, slot });
  }
  return [...seen.values()];
}
