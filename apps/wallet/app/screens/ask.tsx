/** @jsxRuntime automatic */
/** @jsxImportSource preact */
/**
 * A place asks. First who, what it learns and never learns, and who could open the account; then the answer.
 * Must never: let anything leave before Continue is pressed.
 */
import { useEffect, useState } from 'preact/hooks';
import type { AskView } from '../boundary/actions.ts';
import { Refused } from '../boundary/rpc.ts';
import { AskForm } from '../parts/ask-answer.tsx';
import { AskFacts } from '../parts/ask-facts.tsx';
import { Screen } from '../parts/frame.tsx';
import { Button, ButtonLink, Notice } from '../parts/parts.tsx';
import { RefusalNotice, refusalText } from '../parts/refusal.tsx';
import { hideFacts, linkTo } from '../route.ts';
import { useTask } from '../task.ts';
import { said } from '../text/text.ts';
import { leaveFor } from '../visit.ts';
import { useWallet } from '../wallet.ts';

export function Ask({ facts }: { facts: Record<string, string> }) {
  const { call, situation, refresh } = useWallet();
  const [view, setView] = useState<AskView>();
  const task = useTask();
  const request = facts.request ?? situation.waiting?.request;
  const read = () =>
    task.run(async () => {
      if (request === undefined) return;
      setView(await call('ask', { request }));
      // From here on the worker keeps it: the address bar need not.
      await refresh();
      hideFacts('ask');
      if (facts.refusal) throw new Refused(facts.refusal as Refused['code']);
    });
  useEffect(() => void read(), [facts.request]);
  if (request === undefined)
    return (
      <Screen title={said.ask.noneTitle}>
        <p class="lead">{said.ask.none}</p>
        <ButtonLink href={linkTo('home')}>{said.shell.home}</ButtonLink>
      </Screen>
    );
  if (!view && task.refused)
    return (
      <Screen title={refusalText(task.refused.code).title}>
        <RefusalNotice refused={task.refused} untitled />
        <ButtonLink href={linkTo('home')}>{said.shell.home}</ButtonLink>
      </Screen>
    );
  if (!view) return <Screen title={said.shell.loading} passing />;
  return (
    <Screen title={said.ask.title(view.title)}>
      <AskFacts view={view} />
      {view.ready ? (
        <AskForm view={view} request={request} task={task} decline={<Decline request={request} />} />
      ) : (
        <JoinFirst request={request} />
      )}
    </Screen>
  );
}

function JoinFirst({ request }: { request: string }) {
  return (
    <Notice tone="good">
      <p>{said.ask.join}</p>
      <div class="row">
        <ButtonLink href={linkTo('join')} test="join">
          {said.welcome.join}
        </ButtonLink>
        <ButtonLink kind="plain" href={linkTo('back')} test="been-here">
          {said.welcome.back}
        </ButtonLink>
        <Decline request={request} />
      </div>
    </Notice>
  );
}

function Decline({ request }: { request: string }) {
  const { call } = useWallet();
  const task = useTask();
  const no = () =>
    task.run(async () => {
      await leaveFor((await call('decline', { request })).address);
    });
  return (
    <Button kind="plain" onPress={no} busy={task.busy} test="ask-no">
      {said.ask.no}
    </Button>
  );
}
