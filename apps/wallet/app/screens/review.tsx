/** @jsxRuntime automatic */
/** @jsxImportSource preact */
/** Two people look, because somebody with the same name and birth date has joined; and what can be done meanwhile. */
import { useState } from 'preact/hooks';
import type { ReviewView } from '../boundary/actions.ts';
import { Screen } from '../parts/frame.tsx';
import { Button, ButtonLink, Notice } from '../parts/parts.tsx';
import { RefusalNotice } from '../parts/refusal.tsx';
import { go, linkTo } from '../route.ts';
import { useTask } from '../task.ts';
import { dayText } from '../text/day.ts';
import { said } from '../text/text.ts';
import { useWallet } from '../wallet.ts';

export function Review() {
  const { call } = useWallet();
  const [seen, setSeen] = useState<ReviewView>();
  const task = useTask();
  const text = said.review;
  const look = () => task.run(async () => setSeen(await call('askReview', undefined, task.onStep)));
  const goOn = () => go('enrolled', { session: seen?.session ?? '', code: seen?.code ?? '' }, true);
  return (
    <Screen title={text.title}>
      <p class="lead">{text.lead}</p>
      {seen && (
        <Notice role="status" test="review-state" {...(seen.state === 'different' ? { tone: 'good' } : {})}>
          <p>{seen.state === 'waiting' ? text.waiting(dayText(seen.until)) : text[seen.state]}</p>
        </Notice>
      )}
      {task.refused && <RefusalNotice refused={task.refused} />}
      <div class="row">
        {seen?.state === 'different' ? (
          <Button onPress={goOn} test="go-on">
            {text.goOn}
          </Button>
        ) : (
          <Button onPress={look} busy={task.busy} test="ask-review">
            {seen ? text.look : text.ask}
          </Button>
        )}
      </div>
      {!seen && <p>{text.kept}</p>}
      {seen?.state !== 'different' && (
        <>
          <h2>{text.now}</h2>
          <p>{text.words}</p>
          <p class="row">
            <ButtonLink kind="plain" href={linkTo('back')}>
              {text.useWords}
            </ButtonLink>
          </p>
          <p>{text.route}</p>
          <p class="row">
            <ButtonLink kind="plain" href={linkTo('join')}>
              {text.useRoute}
            </ButtonLink>
          </p>
        </>
      )}
    </Screen>
  );
}
