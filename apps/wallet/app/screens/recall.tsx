/** @jsxRuntime automatic */
/** @jsxImportSource preact */
/** Coming back: prove who I am, then type the four words. The words never leave this device. */
import { useEffect, useState } from 'preact/hooks';
import type { BackView, KeeperFaultView } from '../boundary/return-actions.ts';
import { Screen } from '../parts/frame.tsx';
import { Button, ButtonLink, Notice, Steps } from '../parts/parts.tsx';
import { RefusalNotice } from '../parts/refusal.tsx';
import { emptyWords, WordInputs } from '../parts/word-inputs.tsx';
import { go, linkTo } from '../route.ts';
import { useTask } from '../task.ts';
import { said } from '../text/text.ts';
import { leaveFor } from '../visit.ts';
import { useWallet } from '../wallet.ts';

/** A sign-in serves one try (PROTOCOL §10): after these it is spent, or there is nothing left to try with it. */
const signInAgain = new Set(['words_wrong', 'token_spent', 'session_unknown', 'session_state']);

export function Recall() {
  const { recallOpen } = useWallet().situation;
  const [back, setBack] = useState<BackView>();
  if (back) return <BackAgain back={back} />;
  return recallOpen ? <TypeWords onBack={setBack} /> : <SignIn />;
}

function SignIn() {
  const { call, situation } = useWallet();
  const task = useTask();
  const text = said.recall;
  const signIn = () =>
    task.run(async () => {
      const { authorizationUrl } = await call('begin', { purpose: 'return' }, task.onStep);
      await leaveFor(authorizationUrl);
    });
  return (
    <Screen title={text.title}>
      <p class="lead">{text.lead}</p>
      <ol class="numbered">
        <li>{text.one(situation.network.evidence)}</li>
        <li>{text.two}</li>
      </ol>
      {task.refused && <RefusalNotice refused={task.refused} />}
      <div class="row">
        <Button onPress={signIn} busy={task.busy} test="sign-in">
          {task.busy ? said.join.going : text.go}
        </Button>
        {situation.network.referees && (
          <ButtonLink kind="plain" href={linkTo('vouched', { purpose: 'return' })} test="vouched">
            {said.vouched.somebody}
          </ButtonLink>
        )}
        <ButtonLink kind="link" href={linkTo('reset')} test="lost-words">
          {text.lost}
        </ButtonLink>
      </div>
    </Screen>
  );
}

function TypeWords({ onBack }: { onBack: (back: BackView) => void }) {
  const { call, situation, refresh } = useWallet();
  const [words, setWords] = useState(emptyWords);
  const [missing, setMissing] = useState<Record<number, string>>({});
  const task = useTask();
  const text = said.recall;
  const { recallBudget, recallPerDay } = situation.network.limits;
  const submit = (event: Event) => {
    event.preventDefault();
    const empty = words.flatMap((word, i) => (word === '' ? [i] : []));
    setMissing(Object.fromEntries(empty.map((i) => [i, text.missing])));
    if (empty.length > 0) return;
    void task.run(async () => {
      onBack(await call('recall', { words }, task.onStep));
      await refresh();
    });
  };
  return (
    <Screen title={text.wordsTitle}>
      <p class="lead">{text.wordsLead}</p>
      <form onSubmit={submit} noValidate>
        <WordInputs words={words} onWords={setWords} wrong={missing} />
        <p class="soft">{text.budget(recallBudget, recallPerDay)}</p>
        {task.refused && <RefusalNotice refused={task.refused} />}
        {task.busy && <Steps steps={task.steps} />}
        <div class="row">
          {task.refused && signInAgain.has(task.refused.code) ? (
            <SignInAgain />
          ) : (
            <Button busy={task.busy} test="try-words">
              {text.try}
            </Button>
          )}
          <ButtonLink kind="link" href={linkTo('reset')} test="lost-words">
            {text.lost}
          </ButtonLink>
        </div>
      </form>
    </Screen>
  );
}

function SignInAgain() {
  const { call } = useWallet();
  const task = useTask();
  const signIn = () =>
    task.run(async () => {
      await leaveFor((await call('begin', { purpose: 'return' })).authorizationUrl);
    });
  return (
    <Button onPress={signIn} busy={task.busy} test="sign-in">
      {said.recall.again}
    </Button>
  );
}

function BackAgain({ back }: { back: BackView }) {
  const { call, situation } = useWallet();
  const [faults, setFaults] = useState<KeeperFaultView[]>([]);
  const text = said.recall;
  useEffect(() => void call('keeperFaults', undefined).then(setFaults, () => {}), []);
  const faultText = { silent: text.silent, wrong: text.wrong, refused: text.declined };
  return (
    <Screen title={text.doneTitle}>
      <p class="lead">{text.done}</p>
      {back.othersTries > 0 && (
        <Notice tone="bad" test="others-tries">
          <p>{text.others(back.othersTries)}</p>
          <p>{text.othersMean}</p>
        </Notice>
      )}
      <div class="row">
        <Button onPress={() => go(situation.waiting ? 'ask' : 'home', {}, true)} test="go-on">
          {text.on}
        </Button>
      </div>
      {faults.length > 0 && (
        <section class="card" aria-labelledby="keepers" data-test="keeper-faults">
          <h2 id="keepers">{text.keepersTitle}</h2>
          <ul>
            {faults.map(({ keeper, fault }) => (
              <li key={keeper}>{faultText[fault](keeper)}</li>
            ))}
          </ul>
        </section>
      )}
    </Screen>
  );
}
