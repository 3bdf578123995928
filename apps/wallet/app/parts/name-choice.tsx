/** @jsxRuntime automatic */
/** @jsxImportSource preact */
/** Who wants to write under their own name somewhere shows once more who they are: it is then in the credential. */
import { useTask } from '../task.ts';
import { said } from '../text/text.ts';
import { leaveFor } from '../visit.ts';
import { useWallet } from '../wallet.ts';
import { Button } from './parts.tsx';
import { RefusalNotice } from './refusal.tsx';

export function NameChoice() {
  const { call } = useWallet();
  const task = useTask();
  const begin = () =>
    task.run(async () => {
      await leaveFor((await call('begin', { purpose: 'return', named: true })).authorizationUrl);
    });
  return (
    <section class="card" aria-labelledby="show-name">
      <h2 id="show-name">{said.record.showName}</h2>
      <p>{said.record.showNameText}</p>
      {task.refused && <RefusalNotice refused={task.refused} />}
      <Button kind="plain" onPress={begin} busy={task.busy} test="show-name">
        {said.record.showNameGo}
      </Button>
    </section>
  );
}
