/** @jsxRuntime automatic */
/** @jsxImportSource preact */
/** This device: how the wallet opens here, locking it, its history, and being forgotten. */
import { useEffect, useState } from 'preact/hooks';
import { linkTo } from '../route.ts';
import { said } from '../text/text.ts';
import { useWallet } from '../wallet.ts';
import { isKept } from './kept-here.tsx';
import { Button, ButtonLink } from './parts.tsx';

export function DeviceCard() {
  const { situation, lock } = useWallet();
  const [kept, setKept] = useState(true);
  useEffect(() => void isKept().then(setKept), []);
  const text = said.home;
  const asks = situation.lock !== null;
  if (situation.visiting) return null;
  return (
    <section class="card" aria-labelledby="device">
      <h2 id="device">{text.device}</h2>
      <p>{asks ? text.deviceAsks : text.deviceOpen}</p>
      {!kept && <p class="soft">{text.deviceKept}</p>}
      <div class="row">
        <ButtonLink kind="plain" href={linkTo('security')} test="security">
          {text.deviceGo}
        </ButtonLink>
        {asks && (
          <Button kind="plain" onPress={lock} test="lock-now">
            {said.security.lockNow}
          </Button>
        )}
      </div>
      <ul class="later">
        <li>
          <a href={linkTo('history')}>{said.history.title}</a>
        </li>
        <li>
          <a href={linkTo('forget')} data-test="forget">
            {text.forget}
          </a>
        </li>
        <li>
          <a href={linkTo('reset')}>{said.reset.stopTitle}</a>
        </li>
      </ul>
    </section>
  );
}
