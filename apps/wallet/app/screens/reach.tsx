/** @jsxRuntime automatic */
/** @jsxImportSource preact */
/** One account: who may reach it, who knocks, whom it blocked; a copy of what is kept, its name, its end. */
import { useEffect, useState } from 'preact/hooks';
import type { AccountAt, ReachSaid, ReachShown } from '../boundary/account-actions.ts';
import { AccountLife } from '../parts/account-life.tsx';
import { Screen } from '../parts/frame.tsx';
import { Button, ButtonLink, Select } from '../parts/parts.tsx';
import { RefusalNotice } from '../parts/refusal.tsx';
import { SlotSelect } from '../parts/slot-select.tsx';
import { hideFacts, linkTo } from '../route.ts';
import { useTask } from '../task.ts';
import { dayText } from '../text/day.ts';
import { said } from '../text/text.ts';
import { useWallet } from '../wallet.ts';

const slotsMax = 3;
const acts = ['reply', 'mention', 'message'] as const;

export function Reach({ facts }: { facts: Record<string, string> }) {
  const { gateway, platform, slot } = facts;
  const [chosen, setChosen] = useState<AccountAt>();
  if (chosen) return <ReachOf account={chosen} />;
  if (gateway && platform && Number(slot))
    return <ReachOf account={{ gateway, platform, slot: Number(slot) }} />;
  return <WhichAccount gateway={gateway} platform={platform} onChoice={setChosen} />;
}

/** A platform leads here, and does not know which account: nothing is asked of anybody until it is chosen. */
function WhichAccount(props: {
  gateway: string | undefined;
  platform: string | undefined;
  onChoice: (account: AccountAt) => void;
}) {
  const { network, recent } = useWallet().situation;
  const ofPlatform = (one: { gateway: string; platform: string }) =>
    one.gateway === props.gateway && one.platform === props.platform;
  const known = network.places.some(ofPlatform);
  const places = known ? network.places.filter(ofPlatform) : network.places;
  const used = recent.filter((one) => !known || ofPlatform(one));
  const [place, setPlace] = useState('0');
  const [slot, setSlot] = useState(String(used[0]?.slot ?? 1));
  useEffect(() => hideFacts('reach'), []);
  const text = said.reach;
  const at = places[Number(place)];
  const title = known ? text.title(places[0]!.title) : text.titleAnywhere;
  return (
    <Screen title={title}>
      <p class="lead">{text.which}</p>
      {used.map(({ gateway, platform, slot, title }) => (
        <p key={`${gateway} ${platform} ${slot}`}>
          <Button onPress={() => props.onChoice({ gateway, platform, slot })} test="used">
            {text.usedLately(title, said.ask.nth(slot))}
          </Button>
        </p>
      ))}
      {!known && (
        <Select
          label={said.home.place}
          value={place}
          onValue={setPlace}
          test="place"
          options={places.map((one, i) => ({ value: String(i), text: one.title }))}
        />
      )}
      <SlotSelect value={slot} onValue={setSlot} max={slotsMax} />
      <Button
        {...(used.length > 0 ? { kind: 'plain' } : {})}
        test="choose"
        onPress={() =>
          at && props.onChoice({ gateway: at.gateway, platform: at.platform, slot: Number(slot) })
        }
      >
        {text.choose}
      </Button>
    </Screen>
  );
}

function ReachOf({ account }: { account: AccountAt }) {
  const { call, situation } = useWallet();
  const place = situation.network.places.find(
    ({ gateway, platform }) => gateway === account.gateway && platform === account.platform,
  );
  const title = place?.title ?? account.platform;
  const [view, setView] = useState<ReachShown>();
  // What waits stands first; afterwards nothing moves under somebody's hand.
  const [first, setFirst] = useState<{ knocks: boolean; doors: boolean }>();
  const task = useTask();
  const say = (what: ReachSaid, then: () => void = () => {}) =>
    void task.run(async () => {
      const seen = await call('reach', { ...account, call: what });
      setFirst(
        (set) => set ?? { knocks: seen.knocks.length > 0, doors: seen.doors.some(({ sent }) => !sent) },
      );
      setView(seen);
      then();
    });
  useEffect(() => say({ kind: 'reach' }), []);
  const text = said.reach;
  const knocks = (view: ReachShown) => (
    <Others
      id="knocks"
      title={text.knocks}
      lead={text.knocksText}
      none={text.noKnocks}
      listed={view.knocks}
      ways={[
        { words: text.letIn, aloud: text.letInWho, call: (knock) => ({ kind: 'let-in', knock }) },
        { words: text.decline, aloud: text.declineWho, call: (knock) => ({ kind: 'decline', knock }) },
      ]}
      say={say}
      busy={task.busy}
    />
  );
  const doors = (view: ReachShown) =>
    view.doors.length > 0 && (
      <Others
        id="doors"
        title={text.doors}
        lead={text.doorsText}
        none=""
        listed={view.doors}
        ways={[{ words: text.knock, aloud: text.knockWho, call: (knock) => ({ kind: 'knock', knock }) }]}
        say={say}
        busy={task.busy}
      />
    );
  return (
    <Screen title={text.title(title)}>
      <p class="lead">{text.lead}</p>
      {task.refused && <RefusalNotice refused={task.refused} />}
      {task.busy && !view && <p role="status">{text.loading}</p>}
      {view && (
        <>
          {first?.doors && doors(view)}
          {first?.knocks && knocks(view)}
          <Wishes view={view} say={say} busy={task.busy} />
          {!first?.knocks && knocks(view)}
          <Others
            id="blocks"
            title={text.blocks}
            lead={text.blocksText}
            none={text.noBlocks}
            listed={view.blocks}
            ways={[
              { words: text.unblock, aloud: text.unblockWho, call: (block) => ({ kind: 'unblock', block }) },
            ]}
            say={say}
            busy={task.busy}
          />
          {!first?.doors && doors(view)}
          <AccountLife account={account} place={title} />
        </>
      )}
      <div class="row">
        <ButtonLink
          kind="plain"
          href={linkTo('inbox', {
            gateway: account.gateway,
            platform: account.platform,
            slot: String(account.slot),
          })}
        >
          {text.back}
        </ButtonLink>
        <ButtonLink kind="link" href={linkTo('home')}>
          {said.shell.home}
        </ButtonLink>
      </div>
    </Screen>
  );
}

type Say = (what: ReachSaid, then?: () => void) => void;

function Wishes({ view, say, busy }: { view: ReachShown; say: Say; busy: boolean }) {
  const [wishes, setWishes] = useState(view.wishes);
  const [kept, setKept] = useState(false);
  const text = said.reach;
  const submit = (event: Event) => {
    event.preventDefault();
    say({ kind: 'wishes', wishes }, () => setKept(true));
  };
  return (
    <form class="card" onSubmit={submit} data-test="wishes">
      <fieldset class="field" aria-describedby="wishes-hint">
        <legend>
          <h2>{text.wishes}</h2>
        </legend>
        <p class="hint" id="wishes-hint">
          {text.wishesHint}
        </p>
        {acts.map((act) => (
          <div class="choice" key={act}>
            <input
              type="checkbox"
              id={`wish-${act}`}
              checked={wishes[act]}
              data-test={`wish-${act}`}
              onChange={({ currentTarget }) => {
                setKept(false);
                setWishes({ ...wishes, [act]: currentTarget.checked });
              }}
            />
            <label for={`wish-${act}`}>{text.acts[act]}</label>
          </div>
        ))}
      </fieldset>
      {kept && (
        <p role="status" data-test="wishes-kept">
          {text.kept}
        </p>
      )}
      <Button busy={busy} test="wishes-save">
        {text.keep}
      </Button>
    </form>
  );
}

interface Way {
  words: string;
  aloud: (who: string) => string;
  call: (id: string) => ReachSaid;
}

function Others(props: {
  id: string;
  title: string;
  lead: string;
  none: string;
  listed: readonly { id: string; handle: string | null; day: string; sent?: boolean }[];
  ways: readonly Way[];
  say: Say;
  busy: boolean;
}) {
  const text = said.reach;
  return (
    <section class="card" aria-labelledby={props.id} data-test={props.id}>
      <h2 id={props.id}>{props.title}</h2>
      <p>{props.lead}</p>
      {props.listed.length === 0 && <p class="soft">{props.none}</p>}
      <ul class="plain" hidden={props.listed.length === 0}>
        {props.listed.map(({ id, handle, day, sent }) => {
          const who = handle ?? text.gone;
          return (
            <li key={id}>
              <p>
                <strong>{who}</strong>, <span class="soft">{text.since(dayText(day))}</span>
              </p>
              {sent && <p>{text.sent}</p>}
              {!sent && (
                <div class="row">
                  {props.ways.map(({ words, aloud, call }) => (
                    <Button
                      key={words}
                      kind="plain"
                      busy={props.busy}
                      label={aloud(who)}
                      onPress={() => props.say(call(id))}
                      test={`${props.id}-${call(id).kind}`}
                    >
                      {words}
                    </Button>
                  ))}
                </div>
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
