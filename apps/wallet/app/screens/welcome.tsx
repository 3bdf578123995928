/** @jsxRuntime automatic */
/** @jsxImportSource preact */
/** The first screen of somebody whom this device does not know. */
import { Screen } from '../parts/frame.tsx';
import { Notice } from '../parts/parts.tsx';
import { linkTo } from '../route.ts';
import { said } from '../text/text.ts';
import { useWallet } from '../wallet.ts';

export function Welcome() {
  const { waiting } = useWallet().situation;
  const text = said.welcome;
  return (
    <Screen title={text.title}>
      <p class="lead">{text.lead}</p>
      {waiting && (
        <Notice tone="good" test="waiting">
          <p>{text.waiting(waiting.title)}</p>
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
      </ul>
    </Screen>
  );
}
