/** @jsxRuntime automatic */
/** @jsxImportSource preact */
/** Before a visit: what it keeps, and what it cannot keep from whom. */
import { Screen } from '../parts/frame.tsx';
import { Button, ButtonLink } from '../parts/parts.tsx';
import { RefusalNotice } from '../parts/refusal.tsx';
import { go, linkTo } from '../route.ts';
import { useTask } from '../task.ts';
import { said } from '../text/text.ts';
import { useWallet } from '../wallet.ts';

export function Visit() {
  const { visit } = useWallet();
  const task = useTask();
  const text = said.visit;
  const begin = () =>
    task.run(async () => {
      await visit();
      go('home');
    });
  return (
    <Screen title={text.title}>
      <p class="lead">{text.lead}</p>
      <ul>
        {text.points.map((point) => (
          <li key={point}>{point}</li>
        ))}
      </ul>
      {task.refused && <RefusalNotice refused={task.refused} />}
      <div class="row">
        <Button onPress={begin} busy={task.busy} test="begin-visit">
          {text.go}
        </Button>
        <ButtonLink kind="plain" href={linkTo('home')}>
          {text.no}
        </ButtonLink>
      </div>
    </Screen>
  );
}

/** After it. */
export function VisitEnded() {
  const text = said.visit;
  return (
    <Screen title={text.ended}>
      <p class="lead">{text.endedLead}</p>
    </Screen>
  );
}
