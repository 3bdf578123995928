/** @jsxRuntime automatic */
/** @jsxImportSource preact */
/** Words and devices are lost: what a reset is, what it costs, and its wait. */
import { useState } from 'preact/hooks';
import { Screen } from '../parts/frame.tsx';
import { Button, ButtonLink, Notice } from '../parts/parts.tsx';
import { RefusalNotice } from '../parts/refusal.tsx';
import { linkTo } from '../route.ts';
import { useTask } from '../task.ts';
import { duration } from '../text/duration.ts';
import { said } from '../text/text.ts';
import { useWallet } from '../wallet.ts';

export function Reset() {
  return useWallet().situation.holds === 'credential' ? <StopReset /> : <BeginReset />;
}

/** Whoever still has the secret can stop a reset that somebody else asked for. */
function StopReset() {
  const { call } = useWallet();
  const [stopped, setStopped] = useState(false);
  const task = useTask();
  const text = said.reset;
  const stop = () =>
    task.run(async () => {
      await call('objectToReset', undefined);
      setStopped(true);
    });
  return (
    <Screen title={text.stopTitle}>
      <p class="lead">{text.stopText}</p>
      {task.refused && <RefusalNotice refused={task.refused} />}
      {stopped && (
        <Notice tone="good" role="status" test="reset-stopped">
          <p>{text.stopped}</p>
        </Notice>
      )}
      <div class="row">
        {!stopped && (
          <Button onPress={stop} busy={task.busy} test="stop-reset">
            {text.stop}
          </Button>
        )}
        <ButtonLink kind="link" href={linkTo('home')}>
          {said.shell.home}
        </ButtonLink>
      </div>
    </Screen>
  );
}

function BeginReset() {
  const { call, situation } = useWallet();
  const task = useTask();
  const text = said.reset;
  const begin = () =>
    task.run(async () => {
      const { authorizationUrl } = await call('begin', { purpose: 'reset' });
      location.assign(authorizationUrl);
      await new Promise(() => {}); // the page is left now
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
        <ButtonLink kind="link" href={linkTo('back')}>
          {text.still}
        </ButtonLink>
      </div>
    </Screen>
  );
}
