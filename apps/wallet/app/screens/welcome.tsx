/** @jsxRuntime automatic */
/** @jsxImportSource preact */
/** The first screen of somebody whom this device does not know. */
import { Screen } from '../parts/frame.tsx';
import { Farewell } from '../parts/home-record.tsx';
import { Button, Notice } from '../parts/parts.tsx';
import { linkTo } from '../route.ts';
import { said } from '../text/text.ts';
import { useWallet } from '../wallet.ts';

export function Welcome() {
  const { call, situation, refresh } = useWallet();
  const { waiting, visiting, aside } = situation;
  const takeBack = async () => {
    await call('takeBack', undefined);
    await refresh().catch(() => location.reload());
  };
  const text = said.welcome;
  return (
    <Screen title={text.title}>
      <p class="lead">{text.lead}</p>
      <Farewell />
      {waiting && (
        <Notice tone="good" test="waiting">
          <p>{text.waiting(waiting.title)}</p>
        </Notice>
      )}
      {aside && (
        <Notice test="aside">
          <p>{said.locked.aside}</p>
          <Button kind="plain" onPress={() => void takeBack()} test="take-back">
            {said.locked.asideGo}
          </Button>
        </Notice>
      )}
      <ul class="doors">
        <li>
          <a href={linkTo('join')} data-test="join">
            <strong>{text.join}</strong>
            {text.joinHint}
          </a>
        </li>
        <li>
          <a href={linkTo('back')} data-test="been-here">
            <strong>{text.back}</strong>
            {text.backHint}
          </a>
        </li>
        {!visiting && !aside && (
          <li>
            <a href={linkTo('visit')} data-test="visit">
              <strong>{said.visit.choose}</strong>
              {said.visit.chooseHint}
            </a>
          </li>
        )}
      </ul>
    </Screen>
  );
}
