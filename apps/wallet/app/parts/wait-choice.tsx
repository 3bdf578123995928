/** @jsxRuntime automatic */
/** @jsxImportSource preact */
/** A delay between joining and the first account, chosen by the person and undone only on purpose. */
import { useState } from 'preact/hooks';
import { linkTo } from '../route.ts';
import { useTask } from '../task.ts';
import { instantText } from '../text/day.ts';
import { said } from '../text/text.ts';
import { useWallet } from '../wallet.ts';
import { announce } from './frame.tsx';
import { Button, Select } from './parts.tsx';
import { RefusalNotice } from './refusal.tsx';

const daysOffered = ['1', '3', '7'] as const;

/** Offers to wait; folded away. */
export function WaitChoice() {
  const { call, refresh, situation } = useWallet();
  const [days, setDays] = useState<(typeof daysOffered)[number]>('1');
  const task = useTask();
  const text = said.ask;
  const wait = () =>
    task.run(async () => {
      const { until } = await call('wait', { days: Number(days) });
      await refresh();
      goOnAt(text.waiting(instantText(until)));
    });
  if (situation.waitUntil) return <StillWaiting until={situation.waitUntil} />;
  return (
    <details data-wait="" tabIndex={-1}>
      <summary data-test="wait">{text.waitTitle}</summary>
      <p>
        {text.waitText} <a href={linkTo('limits')}>{said.shell.limits}</a>
      </p>
      <Select
        label={text.waitFor}
        value={days}
        onValue={setDays}
        options={daysOffered.map((value) => ({ value, text: text.waitDays(Number(value)) }))}
        test="wait-days"
      />
      {task.refused && <RefusalNotice refused={task.refused} />}
      <Button kind="plain" onPress={wait} busy={task.busy} test="wait-go">
        {text.waitGo}
      </Button>
    </details>
  );
}

/** Says that the wallet waits, and lets a person end it who says so twice. */
export function StillWaiting({ until }: { until: string }) {
  const { call, refresh } = useWallet();
  const [sure, setSure] = useState(false);
  const task = useTask();
  const text = said.ask;
  const stop = () =>
    task.run(async () => {
      await call('stopWaiting', undefined);
      await refresh();
      goOnAt(said.steps.done);
    });
  return (
    <div class="notice" data-wait="" tabIndex={-1} data-test="still-waiting">
      <p>
        <strong>{text.waiting(instantText(until))}</strong>
      </p>
      <p>{text.waitingText}</p>
      <details>
        <summary data-test="stop-waiting">{text.waitingStop}</summary>
        <div class="choice">
          <input
            type="checkbox"
            id="sure-to-stop"
            checked={sure}
            onChange={(event) => setSure(event.currentTarget.checked)}
            data-test="sure-to-stop"
          />
          <label for="sure-to-stop">{text.waitingSure}</label>
        </div>
        {task.refused && <RefusalNotice refused={task.refused} />}
        {sure && (
          <Button kind="stop" onPress={stop} busy={task.busy} test="stop-waiting-go">
            {text.waitingEnd}
          </Button>
        )}
      </details>
    </div>
  );
}

/** What was pressed is gone: the focus goes on where the other state is said. */
function goOnAt(spoken: string): void {
  announce(spoken);
  requestAnimationFrame(() => document.querySelector<HTMLElement>('[data-wait]')?.focus());
}
