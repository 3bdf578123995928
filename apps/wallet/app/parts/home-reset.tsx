/** @jsxRuntime automatic */
/** @jsxImportSource preact */
/** On the home screen, only while a reset is under way: what it is, and stopping it. */
import { useState } from 'preact/hooks';
import { useTask } from '../task.ts';
import { dayText } from '../text/day.ts';
import { said } from '../text/text.ts';
import { useWallet } from '../wallet.ts';
import { Button, Notice } from './parts.tsx';
import { RefusalNotice } from './refusal.tsx';

export function ResetCard() {
  const { reset } = useWallet().situation.wayBack ?? {};
  const [mine, setMine] = useState(false);
  if (!reset || mine) return null;
  return <StopCard {...reset} onMine={() => setMine(true)} />;
}

/** `onStopped` when the person has stopped it, `onMine` where they can say that it was them. */
export function StopCard(props: {
  asked: string;
  ends: string;
  onMine?: () => void;
  onStopped?: () => void;
}) {
  const { call, refresh } = useWallet();
  const task = useTask();
  const text = said.wayBack;
  const stop = () =>
    task.run(async () => {
      await call('objectToReset', undefined);
      await refresh();
      props.onStopped?.();
    });
  return (
    <Notice title={text.resetTitle} tone="bad" test="reset-asked">
      <p>{text.reset(dayText(props.asked), dayText(props.ends))}</p>
      <p>{text.resetMean}</p>
      {task.refused && <RefusalNotice refused={task.refused} />}
      <div class="row">
        <Button onPress={stop} busy={task.busy} test="stop-reset">
          {said.reset.stop}
        </Button>
        {props.onMine && (
          <Button kind="link" onPress={props.onMine} test="reset-mine">
            {text.resetMine}
          </Button>
        )}
      </div>
    </Notice>
  );
}
