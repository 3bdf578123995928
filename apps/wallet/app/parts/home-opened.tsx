/** @jsxRuntime automatic */
/** @jsxImportSource preact */
/** On the home screen: an account was opened, as the wallet found by itself. Nothing, if none was. */
import { linkTo } from '../route.ts';
import { said } from '../text/text.ts';
import { useWallet } from '../wallet.ts';
import { ButtonLink, Notice } from './parts.tsx';

export function OpenedCard() {
  const { noticesFound } = useWallet().situation;
  if (noticesFound === 0) return null;
  const text = said.notices;
  return (
    <Notice tone="bad" title={text.found(noticesFound)} test="opened">
      <p>{text.foundText}</p>
      <ButtonLink href={linkTo('notices')} test="opened-go">
        {text.foundGo}
      </ButtonLink>
    </Notice>
  );
}
