/** @jsxRuntime automatic */
/** @jsxImportSource preact */
/** What no mathematics hides, said before somebody relies on it. */
import { Screen } from '../parts/frame.tsx';
import { ButtonLink } from '../parts/parts.tsx';
import { linkTo } from '../route.ts';
import { said } from '../text/text.ts';
import { useWallet } from '../wallet.ts';

export function Limits() {
  const { guardians, threshold } = useWallet().situation.network;
  const text = said.limits;
  return (
    <Screen title={text.title}>
      <p class="lead">{text.lead}</p>
      {text.items.map(([title, body]) => (
        <section key={title}>
          <h2>{title}</h2>
          <p>{body}</p>
        </section>
      ))}
      <h2>{text.state}</h2>
      <p>{text.stateText}</p>
      <p>{text.open(threshold, guardians.length)}</p>
      <ButtonLink kind="plain" href={linkTo('home')}>
        {said.shell.home}
      </ButtonLink>
    </Screen>
  );
}
