/** @jsxRuntime automatic */
/** @jsxImportSource preact */
/** One account's messages: where I stand, why, and what I can say to it. Works when barred, too. */
import type { InboxItem } from '@answerable/protocol/admission/account-call';
import { useEffect, useState } from 'preact/hooks';
import type { AccountAt, AppealTrack, InboxView, Wish } from '../boundary/actions.ts';
import { Screen } from '../parts/frame.tsx';
import { Button, ButtonLink, Choices, Field, Notice, Steps } from '../parts/parts.tsx';
import { RefusalNotice } from '../parts/refusal.tsx';
import { linkTo } from '../route.ts';
import { useTask } from '../task.ts';
import { dayText } from '../text/day.ts';
import { said } from '../text/text.ts';
import { useWallet } from '../wallet.ts';

const wordsMax = 4000;

export function Inbox({ facts }: { facts: Record<string, string> }) {
  // A gateway's page leads here without saying which account: it is the one just used.
  const [last] = useWallet().situation.recent;
  const asked = facts.gateway && facts.platform ? { gateway: facts.gateway, platform: facts.platform } : last;
  if (!asked) return <ChoosePlace />;
  const slot = Number(facts.slot ?? last?.slot ?? 1) || 1;
  return <Messages account={{ gateway: asked.gateway, platform: asked.platform, slot }} />;
}

/** Nothing says which place: the home screen lists them all. */
function ChoosePlace() {
  return (
    <Screen title={said.home.messages}>
      <p class="lead">{said.home.messagesText}</p>
      <ButtonLink href={linkTo('home')}>{said.inbox.choose}</ButtonLink>
    </Screen>
  );
}

function Messages({ account }: { account: AccountAt }) {
  const { call, situation } = useWallet();
  const place = situation.network.places.find(
    ({ gateway, platform }) => gateway === account.gateway && platform === account.platform,
  );
  const [inbox, setInbox] = useState<InboxView>();
  const task = useTask();
  const read = () => task.run(async () => setInbox(await call('inbox', account)));
  useEffect(() => void read(), []);
  return (
    <Screen title={said.inbox.title(place?.title ?? account.platform)}>
      {task.refused && <RefusalNotice refused={task.refused} />}
      {task.busy && <Steps steps={task.steps} />}
      {inbox && (
        <>
          <Standing inbox={inbox} />
          {inbox.items.length === 0 && <p>{said.inbox.none}</p>}
          {inbox.items.map((item) => (
            <Item
              key={`${item.kind} ${item.caseId} ${item.title}`}
              item={item}
              account={{ ...account, slot: inbox.slot }}
            />
          ))}
        </>
      )}
      <div class="row">
        {inbox && (
          <ButtonLink
            kind="plain"
            href={linkTo('reach', {
              gateway: account.gateway,
              platform: account.platform,
              slot: String(inbox.slot),
            })}
            test="reach"
          >
            {said.inbox.reach}
          </ButtonLink>
        )}
        <ButtonLink kind="plain" href={linkTo('home')}>
          {said.inbox.other}
        </ButtonLink>
      </div>
    </Screen>
  );
}

function Standing({ inbox }: { inbox: InboxView }) {
  const { standing, until } = inbox;
  const when =
    until && (standing === 'barred' ? said.inbox.review(dayText(until)) : said.inbox.until(dayText(until)));
  return (
    <Notice tone={standing === 'good' ? 'good' : 'bad'} test={`standing-${standing}`}>
      <p>
        <strong>{said.inbox.standing[standing]}</strong>
        {when ? `, ${when}` : ''}
      </p>
    </Notice>
  );
}

/** What a desk writes is English, whatever the screens speak. */
const inTheirWords = { lang: 'en' } as const;

function Item({ item, account }: { item: InboxItem; account: AccountAt }) {
  return (
    <article class="card" data-test={`item-${item.kind}`}>
      <h2 {...inTheirWords}>{item.title}</h2>
      <p class="soft">
        {said.inbox.kinds[item.kind]}, {dayText(item.day)}
      </p>
      {item.kind === 'help' && said.lang !== 'en' && <p>{said.inbox.crisis}</p>}
      <p class="prose" {...inTheirWords}>
        {item.body}
      </p>
      {item.kind === 'statement' && item.appealUntil && (
        <>
          <Appeal caseId={item.caseId} until={item.appealUntil} account={account} />
          <More caseId={item.caseId} account={account} />
        </>
      )}
      {item.kind === 'hearing' && <Reply caseId={item.caseId} account={account} />}
      {item.kind === 'help' && <Wishes caseId={item.caseId} account={account} />}
    </article>
  );
}

function Appeal({ caseId, until, account }: { caseId: string; until: string; account: AccountAt }) {
  const { call } = useWallet();
  const [track, setTrack] = useState<AppealTrack>('normal');
  const text = said.inbox;
  return (
    <SayForm
      summary={text.appeal}
      lead={`${text.appealLead} ${text.appealUntil(dayText(until))}`}
      label={text.grounds}
      done={text.appealed}
      test="appeal"
      send={(grounds) => call('appeal', { ...account, caseId, track, grounds })}
    >
      <Choices<AppealTrack>
        legend={text.track}
        value={track}
        onValue={setTrack}
        options={(['normal', 'journalism', 'intimate-image'] as const).map((value) => ({
          value,
          text: text.tracks[value],
        }))}
      />
    </SayForm>
  );
}

/** For an appeal that is waiting. */
function More({ caseId, account }: { caseId: string; account: AccountAt }) {
  const { call } = useWallet();
  const text = said.inbox;
  return (
    <SayForm
      summary={text.evidence}
      lead={text.evidenceLead}
      label={text.evidenceWords}
      done={text.evidenceSent}
      test="evidence"
      send={(words) => call('addEvidence', { ...account, caseId, words })}
    />
  );
}

function Reply({ caseId, account }: { caseId: string; account: AccountAt }) {
  const { call } = useWallet();
  return (
    <SayForm
      summary={said.inbox.reply}
      lead={said.inbox.replyLead}
      label={said.inbox.reply}
      done={said.inbox.replied}
      test="reply"
      send={(reply) => call('reply', { ...account, caseId, reply })}
    />
  );
}

/** What somebody wants whom help was shown: one press, and it can be the other one later. */
function Wishes({ caseId, account }: { caseId: string; account: AccountAt }) {
  const { call } = useWallet();
  const [wished, setWished] = useState<Wish>();
  const task = useTask();
  const say = (wish: Wish) =>
    void task.run(async () => {
      await call('wish', { ...account, caseId, wish });
      setWished(wish);
    });
  return (
    <div data-test="wishes">
      {wished && (
        <Notice tone="good" role="status" test="wish-sent">
          <p>{said.inbox.wished[wished]}</p>
        </Notice>
      )}
      {task.refused && <RefusalNotice refused={task.refused} />}
      <div class="row">
        <Button kind="plain" busy={task.busy} onPress={() => say('get-in-touch')} test="wish-get-in-touch">
          {said.inbox.getInTouch}
        </Button>
        <Button kind="plain" busy={task.busy} onPress={() => say('leave-alone')} test="wish-leave-alone">
          {said.inbox.leaveAlone}
        </Button>
      </div>
    </div>
  );
}

/** Something the holder can say, folded away until wanted. */
function SayForm(props: {
  summary: string;
  lead: string;
  label: string;
  done: string;
  test: string;
  send: (text: string) => Promise<unknown>;
  children?: preact.ComponentChildren;
}) {
  const [words, setWords] = useState('');
  const [empty, setEmpty] = useState(false);
  const [sent, setSent] = useState(false);
  const task = useTask();
  const submit = (event: Event) => {
    event.preventDefault();
    setEmpty(words.trim() === '');
    if (words.trim() === '') return;
    void task.run(async () => {
      await props.send(words.trim());
      setSent(true);
    });
  };
  if (sent)
    return (
      <Notice tone="good" role="status" test={`${props.test}-sent`}>
        <p>{props.done}</p>
      </Notice>
    );
  return (
    <details data-test={props.test}>
      <summary>{props.summary}</summary>
      <p>{props.lead}</p>
      <form onSubmit={submit} noValidate>
        {props.children}
        <Field
          label={props.label}
          value={words}
          onValue={setWords}
          rows={5}
          maxLength={wordsMax}
          wrong={empty ? said.inbox.empty : undefined}
          test={`${props.test}-text`}
        />
        {task.refused && <RefusalNotice refused={task.refused} />}
        <Button busy={task.busy} test={`${props.test}-send`}>
          {said.inbox.send}
        </Button>
      </form>
    </details>
  );
}
