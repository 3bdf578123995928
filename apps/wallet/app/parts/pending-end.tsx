/** @jsxRuntime automatic */
/** @jsxImportSource preact */
/** Somebody asked to end this record: any device can stop it, here and now. */
import type { PendingEnd } from '@answerable/protocol/enrolment/record-life';
import { useState } from 'preact/hooks';
import { useTask } from '../task.ts';
import { dayText } from '../text/day.ts';
import { said } from '../text/text.ts';
import { useWallet } from '../wallet.ts';
import { Button, Notice } from './parts.tsx';
import { RefusalNotice } from './refusal.tsx';

/** Stays where it is when there is nothing to stop any more, to say that it was stopped. */
export function PendingEndNotice(props: { end: PendingEnd | null | undefined; onStopped: () => void }) {
  const { end, onStopped } = props;
  const { call } = useWallet();
  const [stopped, setStopped] = useState(false);
  const task = useTask();
  const text = said.record;
  const stop = () =>
    task.run(async () => {
      await call('endRecord', { step: 'veto' });
      setStopped(true);
      onStopped();
    });
  if (!end)
    return stopped ? (
      <Notice tone="good" role="status" test="end-stopped">
        <p>{text.stopped}</p>
      </Notice>
    ) : null;
  return (
    <Notice tone="bad" role="status" test="pending-end">
      <p>
        <strong>{text.asked(dayText(end.asked))}</strong>
      </p>
      <p>
        {text.confirmFrom(dayText(end.confirmable))} {text.lapses(dayText(end.lapses))}
      </p>
      <p>{text.notYou}</p>
      {task.refused && <RefusalNotice refused={task.refused} />}
      <div class="row">
        <Button onPress={stop} busy={task.busy} test="stop-end">
          {text.stop}
        </Button>
      </div>
    </Notice>
  );
}
