/** @jsxRuntime automatic */
/** @jsxImportSource preact */
/**
 * A place asks. First who, what it learns and never learns, and who could open the account; then the answer.
 * Must never: let anything leave before Continue is pressed.
 */
import { useEffect, useState } from 'preact/hooks';
import type { AskAnswer, AskView } from '../boundary/actions.ts';
import { Refused } from '../boundary/rpc.ts';
import { AskFacts } from '../parts/ask-facts.tsx';
import { Screen } from '../parts/frame.tsx';
import { Button, ButtonLink, Choices, Field, Notice, Steps } from '../parts/parts.tsx';
import { RefusalNotice, refusalText } from '../parts/refusal.tsx';
import { recentPlaces, rememberPlace } from '../recent-places.ts';
import { go, hideFacts, linkTo } from '../route.ts';
import { type Task, useTask } from '../task.ts';
import { said } from '../text/text.ts';
import { leaveFor } from '../visit.ts';
import { useWallet } from '../wallet.ts';
import { SlotSelect } from './home.tsx';

const handleShape = /^[a-z0-9_]{3,30}$/;
type Way = AskAnswer['way'];

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
      {view.ready ? <Answer view={view} request={request} task={task} /> : <JoinFirst request={request} />}
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

function Answer({ view, request, task }: { view: AskView; request: string; task: Task }) {
  const { call } = useWallet();
  const { gateway, platform, title, accountsMax } = view;
  const used = recentPlaces().find((place) => place.gateway === gateway && place.platform === platform);
  const [way, setWay] = useState<Way>(used ? 'sign-in' : 'new');
  const [slot, setSlot] = useState(String(used?.slot ?? 1));
  const [handle, setHandle] = useState('');
  const [handleWrong, setHandleWrong] = useState(false);
  const text = said.ask;
  const send = (answer: AskAnswer) =>
    task.run(async () => {
      rememberPlace({ gateway, platform, title, slot: answer.slot });
      const { address } = await call('answer', { request, answer }, task.onStep);
      await leaveFor(address);
    });
  const submit = (event: Event) => {
    event.preventDefault();
    if (way === 'sign-in') return void send({ way, slot: Number(slot) });
    setHandleWrong(!handleShape.test(handle));
    if (handleShape.test(handle)) void send({ way, slot: Number(slot), handle });
  };
  return (
    <form onSubmit={submit} noValidate>
      <Choices<Way>
        legend={text.wayTitle}
        value={way}
        onValue={setWay}
        options={[
          { value: 'new', text: text.wayNew },
          { value: 'sign-in', text: text.wayOld },
        ]}
      />
      {way === 'new' && (
        <Field
          label={text.handle}
          hint={text.handleHint}
          wrong={handleWrong ? text.handleWrong : undefined}
          value={handle}
          maxLength={30}
          onValue={(value) => setHandle(value.toLowerCase())}
          test="handle"
        />
      )}
      {accountsMax > 1 && (
        <details open={slot !== '1'}>
          <summary>{text.slotTitle}</summary>
          <SlotSelect value={slot} onValue={setSlot} max={accountsMax} />
        </details>
      )}
      {task.refused && (
        <AnswerRefused refused={task.refused} view={view} slot={slot} onWay={setWay} task={task} />
      )}
      {task.busy && <Steps steps={task.steps} />}
      <div class="row">
        <Button busy={task.busy} test="ask-continue">
          {text.go}
        </Button>
        <Decline request={request} />
      </div>
    </form>
  );
}

/** What can be done about this refusal, beside it. */
function AnswerRefused(props: {
  refused: Refused;
  view: AskView;
  slot: string;
  onWay: (way: Way) => void;
  task: Task;
}) {
  const { gateway, platform } = props.view;
  const { code } = props.refused;
  const change = (way: Way) => {
    props.onWay(way);
    props.task.clear();
  };
  return (
    <RefusalNotice refused={props.refused}>
      {(code === 'barred' || code === 'suspended') && (
        <Button
          kind="plain"
          onPress={() => go('inbox', { gateway, platform, slot: props.slot })}
          test="reasons"
        >
          {said.ask.readReasons}
        </Button>
      )}
      {(code === 'slot_taken' || code === 'accounts_exhausted') && (
        <Button kind="plain" onPress={() => change('sign-in')} test="sign-in-instead">
          {said.ask.signInInstead}
        </Button>
      )}
      {code === 'account_unknown' && (
        <Button kind="plain" onPress={() => change('new')} test="new-instead">
          {said.ask.newInstead}
        </Button>
      )}
    </RefusalNotice>
  );
}
