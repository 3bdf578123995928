/** @jsxRuntime automatic */
/** @jsxImportSource preact */
/** Words and devices are lost: what a reset is, what it costs, and its wait. */
import { useEffect, useState } from 'preact/hooks';
import type { ReturnWatchView } from '../boundary/return-actions.ts';
import { Screen } from '../parts/frame.tsx';
import { StopCard } from '../parts/home-reset.tsx';
import { Button, ButtonLink, Notice } from '../parts/parts.tsx';
import { RefusalNotice } from '../parts/refusal.tsx';
import { linkTo } from '../route.ts';
import { useTask } from '../task.ts';
import { dayText } from '../text/day.ts';
import { duration } from '../text/duration.ts';
import { said } from '../text/text.ts';
import { leaveFor } from '../visit.ts';
import { useWallet } from '../wallet.ts';

export function Reset() {
  return useWallet().situation.holds === 'credential' ? <LookAfter /> : <BeginReset />;
}

/** Who still has the secret looks here whether somebody else tries to come back, and stops a reset. */
function LookAfter() {
  const { call, refresh } = useWallet();
  const [watch, setWatch] = useState<ReturnWatchView>();
  const [stopped, setStopped] = useState(false);
  const task = useTask();
  const text = said.wayBack;
  const look = () =>
    task.run(async () => {
      setWatch(await call('watchReturn', undefined));
      await refresh();
    });
  useEffect(() => void look(), []);
  const onStopped = () => {
    setStopped(true);
    setWatch((seen) => seen && { ...seen, reset: null });
  };
  return (
    <Screen title={text.title}>
      <p class="lead">{text.lead}</p>
      {task.refused && <RefusalNotice refused={task.refused} />}
      {stopped && (
        <Notice tone="good" role="status" test="reset-stopped">
          <p>{said.reset.stopped}</p>
        </Notice>
      )}
      {watch?.reset && <StopCard {...watch.reset} onStopped={onStopped} />}
      {watch && (
        <ul data-test="watched">
          {!watch.reset && !stopped && <li>{text.noReset}</li>}
          <WordsLine watch={watch} />
        </ul>
      )}
      <div class="row">
        <Button kind="plain" onPress={look} busy={task.busy} test="look-again">
          {text.look}
        </Button>
        <ButtonLink kind="link" href={linkTo('home')}>
          {said.shell.home}
        </ButtonLink>
      </div>
    </Screen>
  );
}

function WordsLine({ watch }: { watch: ReturnWatchView }) {
  const { wordsSet } = useWallet().situation;
  const text = said.wayBack;
  const { words } = watch;
  if (!words) return <li>{wordsSet ? text.unsure : text.noWords}</li>;
  const since = words.since && dayText(words.since);
  return (
    <li>
      {words.tries === 0 ? text.noTries(since) : text.triesSince(words.tries, since)}{' '}
      {text.left(words.triesLeft)}
    </li>
  );
}

function BeginReset() {
  const { call, situation } = useWallet();
  const task = useTask();
  const text = said.reset;
  const begin = () =>
    task.run(async () => {
      const { authorizationUrl } = await call('begin', { purpose: 'reset' });
      await leaveFor(authorizationUrl);
    });
  return (
    <Screen title={text.title}>
      <p class="lead">{text.lead}</p>
      <ol class="numbered">
        <li>{text.one(duration(situation.network.limits.resetWaitSeconds))}</li>
        <li>{text.two}</li>
        <li>{text.three}</li>
      </ol>
      {task.refused && <RefusalNotice refused={task.refused} />}
      <div class="row">
        <Button onPress={begin} busy={task.busy} test="begin-reset">
          {task.busy ? said.join.going : text.go}
        </Button>
        {situation.network.referees && (
          <ButtonLink kind="plain" href={linkTo('vouched', { purpose: 'reset' })} test="vouched">
            {said.vouched.somebody}
          </ButtonLink>
        )}
        <ButtonLink kind="link" href={linkTo('back')}>
          {text.still}
        </ButtonLink>
      </div>
    </Screen>
  );
}
