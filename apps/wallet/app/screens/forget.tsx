/** @jsxRuntime automatic */
/** @jsxImportSource preact */
/** Erases everything this device keeps, after asking once. */
import { useState } from 'preact/hooks';
import { forgetCode } from '../code/register-code.ts';
import { Screen } from '../parts/frame.tsx';
import { Button, ButtonLink, Notice } from '../parts/parts.tsx';
import { RefusalNotice } from '../parts/refusal.tsx';
import { forgetPlaces } from '../recent-places.ts';
import { linkTo } from '../route.ts';
import { useTask } from '../task.ts';
import { said } from '../text/text.ts';
import { useWallet } from '../wallet.ts';

export function Forget() {
  const { call, situation, refresh } = useWallet();
  const [done, setDone] = useState(false);
  const task = useTask();
  const text = said.forget;
  const forget = () =>
    task.run(async () => {
      await call('forget', undefined);
      forgetPlaces();
      await forgetCode();
      setDone(true);
      await refresh();
    });
  if (done)
    return (
      <Screen title={text.done}>
        <ButtonLink href={linkTo('home')}>{said.shell.home}</ButtonLink>
      </Screen>
    );
  return (
    <Screen title={text.title}>
      <p class="lead">{text.text}</p>
      {situation.holds === 'credential' && (
        <Notice tone={situation.wordsSet ? 'good' : 'bad'}>
          <p>{situation.wordsSet ? text.needWords : text.noWords}</p>
        </Notice>
      )}
      {task.refused && <RefusalNotice refused={task.refused} />}
      <div class="row">
        <Button kind="stop" onPress={forget} busy={task.busy} test="forget-yes">
          {text.yes}
        </Button>
        <ButtonLink kind="plain" href={linkTo('home')}>
          {text.no}
        </ButtonLink>
      </div>
    </Screen>
  );
}
