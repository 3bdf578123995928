/** @jsxRuntime automatic */
/** @jsxImportSource preact */
/** The ways to open this wallet, when it locks, and whether this browser will keep it. */
import { useEffect, useState } from 'preact/hooks';
import type { GateView, WayView } from '../boundary/vault-actions.ts';
import type { Proof } from '../boundary/vault-record.ts';
import { Screen } from '../parts/frame.tsx';
import { KeptHere, News } from '../parts/kept-here.tsx';
import { LockChoices } from '../parts/lock-choices.tsx';
import { Button, ButtonLink, Field, Notice } from '../parts/parts.tsx';
import { useProof } from '../parts/proof.tsx';
import { RefusalNotice } from '../parts/refusal.tsx';
import { makePasskey, passkeysWork } from '../passkey.ts';
import { linkTo } from '../route.ts';
import { useTask } from '../task.ts';
import { dayText } from '../text/day.ts';
import { said } from '../text/text.ts';
import { useWallet } from '../wallet.ts';

const passphraseCharsMin = 6;
type Done = keyof typeof said.security.done;

export function Security() {
  const { call, refresh, lock } = useWallet();
  const [gate, setGate] = useState<GateView>();
  const [ways, setWays] = useState<WayView[]>([]);
  const [done, setDone] = useState<Done>();
  const task = useTask();
  const proof = useProof(gate);
  const text = said.security;
  const read = async () => {
    setGate(await call('gate', undefined));
    setWays(await call('ways', undefined));
  };
  useEffect(() => void task.run(read), []);
  /** One change: prove, do it, say it, look again. */
  const change = (what: Done, act: (proof: Proof | undefined) => Promise<unknown>) =>
    task.run(async () => {
      setDone(undefined);
      await act(await proof.prove());
      proof.clear();
      setDone(what);
      await read();
      await refresh();
    });
  return (
    <Screen title={text.title}>
      {task.refused && <RefusalNotice refused={task.refused} />}
      {done && (
        <Notice tone="good" role="status" test={`done-${done}`}>
          <p>{text.done[done]}</p>
        </Notice>
      )}
      <section class="card" aria-labelledby="own">
        <h2 id="own">{text.own}</h2>
        {gate && ways.length === 0 && (
          <p data-test="by-itself">
            {text.byItself} {text.once}
          </p>
        )}
        <ul class="rows" data-test="ways">
          {ways.map((way) => (
            <li key={way.id}>
              <span>
                {nameOf(way)}
                {way.day && <span class="soft">, {text.since(dayText(way.day))}</span>}
              </span>
              <Button
                kind="link"
                busy={task.busy}
                label={text.removeNamed(nameOf(way))}
                test={`remove-${way.kind}`}
                onPress={() => change('removed', (proof) => call('removeWay', { proof, id: way.id }))}
              >
                {text.remove}
              </Button>
            </li>
          ))}
        </ul>
        {proof.field}
        <AddPasskey
          busy={task.busy}
          add={(name) =>
            change('passkey', async (proof) =>
              call('addPasskey', { proof, made: await makePasskey(name, gate?.passkeys ?? []) }),
            )
          }
        />
        <SetPassphrase
          busy={task.busy}
          has={gate?.passphrase ?? false}
          set={(passphrase) => change('passphrase', (proof) => call('setPassphrase', { proof, passphrase }))}
        />
        {ways.length > 0 && (
          <details>
            <summary>{text.free}</summary>
            <p>{text.freeLead}</p>
            <Button
              kind="stop"
              busy={task.busy}
              test="open-by-itself"
              onPress={() => change('free', (proof) => call('openByItself', { proof }))}
            >
              {text.freeGo}
            </Button>
          </details>
        )}
      </section>
      <section class="card" aria-labelledby="locking">
        <h2 id="locking">{text.lock}</h2>
        {gate && ways.length > 0 ? (
          <LockChoices
            choice={gate.lock}
            lockNow={lock}
            choose={(choice) =>
              task.run(async () => {
                await call('setLock', choice);
                setDone('lock');
                await read();
                await refresh();
              })
            }
          />
        ) : (
          <p>{text.lockFirst}</p>
        )}
      </section>
      <KeptHere />
      <News />
      <section class="card" aria-labelledby="history">
        <h2 id="history">{said.history.title}</h2>
        <p>{said.history.lead}</p>
        <ButtonLink kind="plain" href={linkTo('history')} test="history">
          {said.history.title}
        </ButtonLink>
      </section>
    </Screen>
  );
}

const nameOf = ({ kind, name }: WayView) =>
  kind === 'passkey' ? said.security.passkey(name) : said.security.passphrase;

function AddPasskey({ busy, add }: { busy: boolean; add: (name: string) => Promise<void> }) {
  const text = said.security;
  const [name, setName] = useState(text.nameUsual);
  if (!passkeysWork()) return <p>{text.noPasskeys}</p>;
  return (
    <details data-test="add-passkey">
      <summary>{text.addPasskey}</summary>
      <p>{text.addPasskeyLead}</p>
      <Field
        label={text.name}
        hint={text.nameHint}
        value={name}
        onValue={setName}
        maxLength={40}
        test="passkey-name"
      />
      <Button kind="plain" busy={busy} onPress={() => void add(name.trim())} test="add-passkey-go">
        {text.addPasskeyGo}
      </Button>
    </details>
  );
}

function SetPassphrase(props: { busy: boolean; has: boolean; set: (passphrase: string) => Promise<void> }) {
  const text = said.security;
  const [passphrase, setPassphrase] = useState('');
  const [again, setAgain] = useState('');
  const [wrong, setWrong] = useState<'short' | 'different'>();
  const submit = (event: Event) => {
    event.preventDefault();
    const found =
      passphrase.trim().length < passphraseCharsMin
        ? 'short'
        : passphrase !== again
          ? 'different'
          : undefined;
    setWrong(found);
    if (found) return;
    void props.set(passphrase).then(() => {
      setPassphrase('');
      setAgain('');
    });
  };
  return (
    <details data-test="set-passphrase">
      <summary>{props.has ? text.changePassphrase : text.setPassphrase}</summary>
      <p>{text.passphraseLead}</p>
      <form onSubmit={submit} autocomplete="off" noValidate>
        <Field
          label={text.newPassphrase}
          hint={text.newPassphraseHint}
          value={passphrase}
          onValue={setPassphrase}
          wrong={wrong === 'short' ? text.short : undefined}
          maxLength={200}
          secret
          test="new-passphrase"
        />
        <Field
          label={text.again}
          value={again}
          onValue={setAgain}
          wrong={wrong === 'different' ? text.different : undefined}
          maxLength={200}
          secret
          test="new-passphrase-again"
        />
        <Button kind="plain" busy={props.busy} test="set-passphrase-go">
          {text.setPassphraseGo}
        </Button>
      </form>
    </details>
  );
}
