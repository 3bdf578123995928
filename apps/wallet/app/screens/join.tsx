/** @jsxRuntime automatic */
/** @jsxImportSource preact */
/** What joining means, in three lines, and the way to the evidence provider. */
import { useState } from 'preact/hooks';
import { Screen } from '../parts/frame.tsx';
import { Button, ButtonLink, Steps } from '../parts/parts.tsx';
import { RefusalNotice } from '../parts/refusal.tsx';
import { Routes } from '../parts/routes.tsx';
import { linkTo } from '../route.ts';
import { useTask } from '../task.ts';
import { said } from '../text/text.ts';
import { leaveFor } from '../visit.ts';
import { useWallet } from '../wallet.ts';

/** `facts.route`: a way that was chosen elsewhere. */
export function Join({ facts }: { facts: Record<string, string> }) {
  const { call, situation } = useWallet();
  const { network } = situation;
  const known = network.routes.find(({ id }) => id === facts.route) ?? network.routes[0];
  const [route, setRoute] = useState(known?.id ?? '');
  const task = useTask();
  const text = said.join;
  const prove = () =>
    task.run(async () => {
      const { authorizationUrl } = await call('begin', { purpose: 'join', route }, task.onStep);
      await leaveFor(authorizationUrl);
    });
  return (
    <Screen title={text.title}>
      <ol class="numbered">
        <li>
          {network.routes.length > 1
            ? text.oneOfSeveral(network.registrar)
            : text.one(network.evidence, network.registrar)}
        </li>
        <li>{text.two}</li>
        <li>{text.three(network.threshold, network.guardians.length)}</li>
      </ol>
      <details>
        <summary>{text.who}</summary>
        <p>{text.whoLead(network.threshold)}</p>
        <ul>
          {network.guardians.map((name) => (
            <li key={name}>{name}</li>
          ))}
        </ul>
      </details>
      <Routes routes={network.routes} chosen={route} onChoose={setRoute} />
      {task.refused && <RefusalNotice refused={task.refused} />}
      {task.busy && <Steps steps={task.steps} />}
      <div class="row">
        <Button onPress={prove} busy={task.busy} test="prove">
          {task.busy ? text.going : text.go}
        </Button>
        {network.referees && (
          <ButtonLink kind="plain" href={linkTo('vouched', { purpose: 'join' })} test="vouched">
            {said.vouched.other}
          </ButtonLink>
        )}
        <ButtonLink kind="link" href={linkTo('home')}>
          {text.notNow}
        </ButtonLink>
      </div>
    </Screen>
  );
}
