/** @jsxRuntime automatic */
/** @jsxImportSource preact */
/** Which screen is shown, and what is shown while the wallet looks around or cannot. */
import { useEffect, useState } from 'preact/hooks';
import type { Situation } from './boundary/actions.ts';
import { type Caller, Refused } from './boundary/rpc.ts';
import { forgetCode } from './code/register-code.ts';
import type { Holder } from './holder.ts';
import { lockWhenIdle } from './idle.ts';
import { watchForNews } from './news.ts';
import { CodeNotice } from './parts/code-notice.tsx';
import { Frame, Screen } from './parts/frame.tsx';
import { Button, ButtonLink } from './parts/parts.tsx';
import { RefusalNotice, refusalText } from './parts/refusal.tsx';
import { VisitBand } from './parts/visit-band.tsx';
import { forgetPlaces, sealedPlaces } from './recent-places.ts';
import { go, linkTo, type Route, routeOf, type ScreenName, useRoute } from './route.ts';
import { Ask } from './screens/ask.tsx';
import { Code } from './screens/code.tsx';
import { Devices } from './screens/devices.tsx';
import { Enrolled } from './screens/enrolled.tsx';
import { Forget } from './screens/forget.tsx';
import { History } from './screens/history.tsx';
import { Home } from './screens/home.tsx';
import { Inbox } from './screens/inbox.tsx';
import { Join } from './screens/join.tsx';
import { Leave } from './screens/leave.tsx';
import { Limits } from './screens/limits.tsx';
import { LockedScreen } from './screens/locked.tsx';
import { Notices } from './screens/notices.tsx';
import { Reach } from './screens/reach.tsx';
import { Recall } from './screens/recall.tsx';
import { RecordScreen } from './screens/record.tsx';
import { Reset } from './screens/reset.tsx';
import { Review } from './screens/review.tsx';
import { Security } from './screens/security.tsx';
import { Visit, VisitEnded } from './screens/visit.tsx';
import { Vouched } from './screens/vouched.tsx';
import { Welcome } from './screens/welcome.tsx';
import { Words } from './screens/words.tsx';
import { said } from './text/text.ts';
import { beginVisit, clearTraces, endVisit, onVisitEnd } from './visit.ts';
import { type Wallet, WalletContext } from './wallet.ts';

const notReadyRetryMs = 1_500;

/** Screens that somebody without a credential can use. */
const open: Partial<Record<ScreenName, true>> = {
  join: true,
  vouched: true,
  review: true,
  back: true,
  enrolled: true,
  ask: true,
  reset: true,
  forget: true,
  limits: true,
  code: true,
  visit: true,
};

export function App({ holder }: { holder: Holder }) {
  const { call, lock } = holder;
  const route = useRoute();
  const [, drawAnew] = useState(said.lang);
  const [situation, setSituation] = useState<Situation>();
  const [refused, setRefused] = useState<Refused>();
  const [ended, setEnded] = useState(false);
  const refresh = async () => {
    const seen = await call('look', { recent: sealedPlaces() });
    setSituation(seen);
    return seen;
  };
  const look = () => {
    setRefused(undefined);
    refresh().catch((error) => {
      const code = error instanceof Refused ? error : new Refused('internal');
      setRefused(code);
      if (code.code === 'not_ready') setTimeout(look, notReadyRetryMs);
    });
  };
  useEffect(look, []);
  useEffect(readOn, [situation?.holds]);
  useEffect(() => holder.onLock(locked), []);
  useEffect(() => onVisitEnd(() => setEnded(true)), []);
  useEffect(
    () => (situation?.visiting ? whenShown(() => void seeOthers().catch(() => {})) : undefined),
    [situation?.visiting],
  );
  const choice = situation?.lock;
  useEffect(() => (choice ? lockWhenIdle(choice, holder) : undefined), [JSON.stringify(choice)]);
  useEffect(() => {
    if (situation?.holds !== 'credential') return;
    return watchForNews(async () => (await call('findNotices', undefined)).notices.length);
  }, [situation?.holds]);
  return (
    <Frame
      practice={situation?.mode === 'practice'}
      visiting={situation?.visiting !== false}
      onExit={exit}
      onLanguage={() => drawAnew(said.lang)}
    >
      {situation?.visiting && <VisitBand end={over} />}
      {(situation || refused?.code === 'locked') && route.name !== 'code' && <CodeNotice call={call} />}
      {ended ? (
        <VisitEnded />
      ) : route.name === 'code' && (situation || refused) ? (
        <Code call={call} />
      ) : situation ? (
        <WalletContext.Provider value={{ call, situation, refresh, lock, visit } satisfies Wallet}>
          <ScreenOf route={route} holds={situation.holds === 'credential'} />
        </WalletContext.Provider>
      ) : refused?.code === 'locked' ? (
        <LockedScreen call={call} look={look} />
      ) : refused ? (
        <Trouble refused={refused} look={look} call={call} />
      ) : (
        <Screen title={said.shell.loading} passing />
      )}
    </Frame>
  );

  async function visit(): Promise<void> {
    await call('beVisitor', undefined);
    await beginVisit();
    holder.lend(over);
    await refresh();
  }
  function over(): void {
    holder.drop();
    endVisit();
    forgetPlaces();
    setEnded(true);
    setSituation(undefined);
    void clearTraces();
  }
  function exit(): void {
    if (situation?.visiting) over();
    else lock();
  }
  // Another tab of the visit may have joined meanwhile.
  async function seeOthers(): Promise<void> {
    const { holds } = await refresh();
    const { name } = routeOf(location.hash);
    if (holds === 'credential' && (name === 'join' || name === 'back')) go('home');
  }
  // Nothing that was shown stays; what opens by itself opens again.
  function locked(): void {
    forgetPlaces();
    setSituation(undefined);
    look();
  }

  // What the log says of one's own accounts is found without asking; home shows it.
  function readOn(): void {
    if (situation?.holds !== 'credential') return;
    const found = situation.noticesFound;
    call('counts', { fresh: true })
      .then(() => call('look', { recent: sealedPlaces() }))
      .then((seen) => seen.noticesFound !== found && setSituation(seen))
      .catch(() => {}); // the log is away: the next time the wallet is opened
  }
}

/** What other tabs of a visit have done is seen when somebody comes back to this one. */
function whenShown(act: () => void): () => void {
  const shown = () => document.visibilityState === 'visible' && act();
  document.addEventListener('visibilitychange', shown);
  return () => document.removeEventListener('visibilitychange', shown);
}

function ScreenOf({ route, holds }: { route: Route; holds: boolean }) {
  const name = holds || open[route.name] ? route.name : 'home';
  // A new screen for every address: no half-typed words are carried over.
  const key = `${name} ${JSON.stringify(route.facts)}`;
  if (name === 'home' || name === 'code') return holds ? <Home key={key} /> : <Welcome key={key} />;
  const screen = screensByName[name];
  return <>{screen({ facts: route.facts, key })}</>;
}

type Shown = (props: { facts: Record<string, string>; key: string }) => preact.JSX.Element;
const screensByName: Record<Exclude<ScreenName, 'home' | 'code'>, Shown> = {
  join: ({ key, facts }) => <Join key={key} facts={facts} />,
  vouched: ({ facts, key }) => <Vouched key={key} facts={facts} />,
  review: ({ key }) => <Review key={key} />,
  back: ({ key }) => <Recall key={key} />,
  enrolled: ({ facts, key }) => <Enrolled key={key} facts={facts} />,
  words: ({ key }) => <Words key={key} />,
  ask: ({ facts }) => <Ask key="ask" facts={facts} />,
  reset: ({ key }) => <Reset key={key} />,
  inbox: ({ facts, key }) => <Inbox key={key} facts={facts} />,
  reach: ({ facts, key }) => <Reach key={key} facts={facts} />,
  notices: ({ key }) => <Notices key={key} />,
  forget: ({ key }) => <Forget key={key} />,
  limits: ({ key }) => <Limits key={key} />,
  record: ({ key }) => <RecordScreen key={key} />,
  devices: ({ key }) => <Devices key={key} />,
  leave: ({ key }) => <Leave key={key} />,
  security: ({ key }) => <Security key={key} />,
  history: ({ key }) => <History key={key} />,
  visit: ({ key }) => <Visit key={key} />,
};

/** The wallet cannot say anything sure about the network. */
function Trouble({ refused, look, call }: { refused: Refused; look: () => void; call: Caller }) {
  const forget = async () => {
    await call('forget', undefined);
    await forgetCode();
    sessionStorage.clear();
    look();
  };
  return (
    <Screen title={refusalText(refused.code).title}>
      <RefusalNotice refused={refused} untitled />
      <div class="row">
        <Button onPress={look}>{said.shell.again}</Button>
        {refused.code === 'policy_refused' && (
          <Button kind="stop" onPress={forget} test="forget">
            {said.forget.yes}
          </Button>
        )}
        <ButtonLink kind="link" href={linkTo('limits')}>
          {said.shell.limits}
        </ButtonLink>
      </div>
    </Screen>
  );
}
