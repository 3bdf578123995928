/** @jsxRuntime automatic */
/** @jsxImportSource preact */
/**
 * The four words: made on this device, shown once, set only when the person says that they have them on
 * paper. Must never: keep them anywhere but in this screen's memory.
 */
import { useState } from 'preact/hooks';
import { Screen } from '../parts/frame.tsx';
import { PaperCard } from '../parts/paper-card.tsx';
import { Button, ButtonLink, Steps } from '../parts/parts.tsx';
import { RefusalNotice } from '../parts/refusal.tsx';
import { emptyWords, WordInputs } from '../parts/word-inputs.tsx';
import { go, linkTo } from '../route.ts';
import { useTask } from '../task.ts';
import { duration } from '../text/duration.ts';
import { said } from '../text/text.ts';
import { leaveFor } from '../visit.ts';
import { useWallet } from '../wallet.ts';

export function Words() {
  const { call, situation, refresh } = useWallet();
  const [words, setWords] = useState<string[]>();
  const [at, setAt] = useState<'begin' | 'shown' | 'confirm' | 'skip'>('begin');
  const task = useTask();
  const onward = () => go(situation.waiting ? 'ask' : 'home', {}, true);
  const show = () =>
    task.run(async () => {
      setWords(words ?? (await call('proposeWords', undefined)).words);
      setAt('shown');
    });
  const keep = (chosen: string[]) =>
    task.run(async () => {
      await call('setWords', { words: chosen }, task.onStep);
      await refresh();
      onward();
    });
  const text = said.words;
  if (!situation.wordsPossible) return <ProveFirst />;
  if (at === 'skip')
    return (
      <Screen title={text.skipTitle}>
        <p class="lead">{text.skipText(duration(situation.network.limits.resetWaitSeconds))}</p>
        <div class="row">
          <Button onPress={() => setAt(words ? 'shown' : 'begin')}>{text.skipNo}</Button>
          <Button kind="plain" onPress={onward} test="skip-anyway">
            {text.skipYes}
          </Button>
        </div>
      </Screen>
    );
  if (at === 'confirm' && words)
    return <Confirm words={words} task={task} keep={keep} again={() => setAt('shown')} />;
  return (
    <Screen title={text.title}>
      <p class="lead">{text.lead}</p>
      <p>{text.paper}</p>
      {task.refused && <RefusalNotice refused={task.refused} />}
      {at === 'shown' && words && (
        <ol class="words" aria-label={text.list} data-test="words">
          {words.map((word, i) => (
            <li key={said.words.nth(i)}>{word}</li>
          ))}
        </ol>
      )}
      {at === 'shown' && words && <PaperCard words={words} />}
      <div class="row">
        {at === 'shown' ? (
          <>
            <Button onPress={() => setAt('confirm')} test="written">
              {text.written}
            </Button>
            <Button kind="plain" onPress={() => print()} test="print-card">
              {text.print}
            </Button>
          </>
        ) : (
          <Button onPress={show} busy={task.busy} test="show-words">
            {text.show}
          </Button>
        )}
        <Button kind="link" onPress={() => setAt('skip')} test="skip-words">
          {text.skip}
        </Button>
      </div>
    </Screen>
  );
}

/** No session is open any more in which words could be set: the same sign-in opens one. */
function ProveFirst() {
  const { call } = useWallet();
  const task = useTask();
  const prove = () =>
    task.run(async () => {
      await leaveFor((await call('begin', { purpose: 'return' })).authorizationUrl);
    });
  return (
    <Screen title={said.words.title}>
      <p class="lead">{said.words.signIn}</p>
      {task.refused && <RefusalNotice refused={task.refused} />}
      <div class="row">
        <Button onPress={prove} busy={task.busy} test="prove">
          {task.busy ? said.join.going : said.join.go}
        </Button>
        <ButtonLink kind="link" href={linkTo('home')}>
          {said.shell.home}
        </ButtonLink>
      </div>
    </Screen>
  );
}

function Confirm(props: {
  words: string[];
  task: ReturnType<typeof useTask>;
  keep: (words: string[]) => void;
  again: () => void;
}) {
  const { words, task } = props;
  const [typed, setTyped] = useState(emptyWords);
  const [ticked, setTicked] = useState(false);
  const [wrong, setWrong] = useState<number[]>([]);
  const text = said.words;
  const check = (event: Event) => {
    event.preventDefault();
    const different = words.flatMap((word, i) => (typed[i] === word ? [] : [i]));
    const allEmpty = typed.every((word) => word === '');
    if (ticked && allEmpty) return props.keep(words);
    setWrong(different);
    if (different.length === 0) props.keep(words);
  };
  return (
    <Screen title={text.confirmTitle}>
      <p class="lead">{text.confirmLead}</p>
      <form onSubmit={check} noValidate>
        <WordInputs
          words={typed}
          onWords={setTyped}
          wrong={Object.fromEntries(wrong.map((i) => [i, typed[i] ? text.different : said.recall.missing]))}
        />
        <div class="choice">
          <input
            type="checkbox"
            id="ticked"
            checked={ticked}
            onChange={(event) => setTicked(event.currentTarget.checked)}
          />
          <label for="ticked">{text.tick}</label>
        </div>
        {task.refused && <RefusalNotice refused={task.refused} />}
        {task.busy && <Steps steps={task.steps} />}
        <div class="row">
          <Button busy={task.busy} test="keep-words">
            {text.confirm}
          </Button>
          <Button kind="link" onPress={props.again}>
            {text.seeAgain}
          </Button>
        </div>
      </form>
    </Screen>
  );
}
