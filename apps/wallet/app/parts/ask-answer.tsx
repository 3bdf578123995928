/** @jsxRuntime automatic */
/** @jsxImportSource preact */
/** The answer to a place: a new account under a name, or one that exists; and what to do if it says no. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { AskAnswer, AskView } from '../boundary/actions.ts';
import type { Refused } from '../boundary/rpc.ts';
import { keepPlaces, sealedPlaces } from '../recent-places.ts';
import { go } from '../route.ts';
import type { Task } from '../task.ts';
import { said } from '../text/text.ts';
import { leaveFor } from '../visit.ts';
import { useWallet } from '../wallet.ts';
import { announce } from './frame.tsx';
import { Button, Choices, Field, Steps } from './parts.tsx';
import { RefusalNotice } from './refusal.tsx';
import { SlotSelect } from './slot-select.tsx';
import { StillWaiting, WaitChoice } from './wait-choice.tsx';

const handleShape = /^[a-z0-9_]{3,30}$/;
type Way = AskAnswer['way'];
/** The gateway needs a name of its own where nobody sees one: another each time, should the first be taken. */
const anyNumber = (): number => crypto.getRandomValues(new Uint32Array(1))[0]!;

interface Asked {
  view: AskView;
  request: string;
  task: Task;
  /** The other way out, beside Continue. */
  decline: preact.JSX.Element;
}

export function AskForm({ view, request, task, decline }: Asked) {
  const { call, situation } = useWallet();
  const { gateway, platform, accountsMax } = view;
  const { claims, namedThere } = view;
  const here = situation.recent.filter((place) => place.gateway === gateway && place.platform === platform);
  const [way, setWay] = useState<Way>(here[0] && !claims ? 'sign-in' : 'new');
  const [slot, setSlot] = useState(String(claims ? freeSlot(here, accountsMax) : (here[0]?.slot ?? 1)));
  const name = useName(request, slot, way === 'new' && !claims && !namedThere);
  const text = said.ask;
  const waits = way === 'new' && situation.waitUntil !== null;
  const send = (answer: AskAnswer) =>
    task.run(async () => {
      const given = { request, answer, recent: sealedPlaces() };
      const { address, recent } = await call('answer', given, task.onStep);
      keepPlaces(recent);
      await leaveFor(address);
    });
  const submit = async (event: Event) => {
    event.preventDefault();
    if (way === 'sign-in') return void send({ way, slot: Number(slot) });
    if (claims) return void send({ way, slot: Number(slot), handle: claims });
    if (namedThere) {
      const { handle } = await call('proposeHandle', { request, slot: Number(slot), n: anyNumber() });
      return void send({ way, slot: Number(slot), handle });
    }
    if (await name.accepted()) void send({ way, slot: Number(slot), handle: name.value });
  };
  return (
    <form onSubmit={submit} noValidate>
      <Choices<Way>
        legend={text.wayTitle}
        value={way}
        onValue={setWay}
        options={[
          { value: 'new', text: claims ? text.wayClaims(claims) : text.wayNew },
          { value: 'sign-in', text: text.wayOld },
        ]}
      />
      {waits && <StillWaiting until={situation.waitUntil!} />}
      {claims && !waits && <p>{way === 'new' ? text.claimsName(claims) : text.claimsLeft(claims)}</p>}
      {way === 'new' && !waits && namedThere && <p data-test="named-there">{text.namedThere}</p>}
      {way === 'new' && !waits && !claims && !namedThere && (
        <Field
          label={text.handle}
          hint={text.handleHint}
          wrong={name.wrong}
          value={name.value}
          maxLength={30}
          onValue={name.type}
          test="handle"
          after={
            <Button kind="link" onPress={name.another} test="another-handle">
              {text.handleOther}
            </Button>
          }
        />
      )}
      {accountsMax > 1 && (
        <details open={slot !== '1'}>
          <summary>{text.slotTitle}</summary>
          <SlotSelect value={slot} onValue={setSlot} max={accountsMax} />
        </details>
      )}
      {task.refused && (
        <AnswerRefused
          refused={task.refused}
          view={view}
          slot={slot}
          onWay={setWay}
          onAgreed={() => void send({ way: 'sign-in', slot: Number(slot), agreed: true })}
          task={task}
        />
      )}
      {task.busy && <Steps steps={task.steps} />}
      <div class="row">
        {!waits && (
          <Button busy={task.busy} test="ask-continue">
            {text.go}
          </Button>
        )}
        {decline}
      </div>
      {way === 'new' && !waits && <WaitChoice />}
    </form>
  );
}

/** For an account that is attached: the first that this browser knows of no use of. */
function freeSlot(here: readonly { slot: number }[], max: number): number {
  const slots = Array.from({ length: max }, (_, i) => i + 1);
  return slots.find((slot) => here.every((place) => place.slot !== slot)) ?? 1;
}

/** The name: proposed at first, so that nobody brings one along by habit; checked against those used elsewhere. */
function useName(request: string, slot: string, isAsked: boolean) {
  const { call } = useWallet();
  const [value, setValue] = useState('');
  const [wrong, setWrong] = useState<string>();
  const [proposals, setProposals] = useState(0);
  const proposed = useRef('');
  const [accepted, setAccepted] = useState('');
  const propose = (n: number) =>
    call('proposeHandle', { request, slot: Number(slot), n })
      .then(({ handle }) => {
        setProposals(n);
        // What somebody has typed meanwhile stays, unless they asked for another.
        const before = proposed.current;
        setValue((typed) => (typed === '' || typed === before || n > 0 ? handle : typed));
        proposed.current = handle;
        if (n === 0) return;
        setWrong(undefined);
        announce(handle);
      })
      .catch(() => {});
  useEffect(() => {
    if (isAsked) void propose(0);
  }, [slot, isAsked]);
  return {
    value,
    wrong,
    type: (typed: string) => {
      setValue(typed.toLowerCase());
      setWrong(undefined);
    },
    another: () => void propose(proposals + 1),
    async accepted(): Promise<boolean> {
      if (!handleShape.test(value)) {
        setWrong(said.ask.handleWrong);
        return false;
      }
      if (accepted === value) return true;
      const { elsewhere } = await call('handleUsed', { request, handle: value }).catch(() => ({
        elsewhere: false,
      }));
      setAccepted(value);
      if (elsewhere) setWrong(said.ask.handleElsewhere);
      return !elsewhere;
    },
  };
}

/** What can be done about this refusal, beside it. */
function AnswerRefused(props: {
  refused: Refused;
  view: AskView;
  slot: string;
  onWay: (way: Way) => void;
  onAgreed: () => void;
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
      {code === 'rules_changed' && (
        <Button kind="plain" onPress={props.onAgreed} test="go-on">
          {said.ask.goOn}
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
