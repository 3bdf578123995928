/** @jsxRuntime automatic */
/** @jsxImportSource preact */
/** To end one's record: what ends, what stays and until when; asked, waited for, said once more. */
import { useEffect, useState } from 'preact/hooks';
import type { RecordView } from '../boundary/record-actions.ts';
import { Screen } from '../parts/frame.tsx';
import { Button, ButtonLink, Notice } from '../parts/parts.tsx';
import { PendingEndNotice } from '../parts/pending-end.tsx';
import { RefusalNotice } from '../parts/refusal.tsx';
import { linkTo } from '../route.ts';
import { useTask } from '../task.ts';
import { durationOfDays } from '../text/duration.ts';
import { said } from '../text/text.ts';
import { useWallet } from '../wallet.ts';

export function Leave() {
  const { call } = useWallet();
  const [view, setView] = useState<RecordView>();
  const [done, setDone] = useState(false);
  const look = useTask();
  const task = useTask();
  const text = said.record;
  const load = () => look.run(async () => setView(await call('record', undefined)));
  useEffect(() => void load(), []);
  const say = (step: 'ask' | 'confirm') =>
    task.run(async () => {
      await call('endRecord', { step });
      if (step === 'confirm') setDone(true);
      else await load();
    });
  if (done)
    return (
      <Screen title={text.done}>
        <p class="lead">{text.doneText}</p>
        <div class="row">
          <ButtonLink href={linkTo('forget')}>{said.home.forget}</ButtonLink>
          <ButtonLink kind="link" href={linkTo('home')}>
            {said.shell.home}
          </ButtonLink>
        </div>
      </Screen>
    );
  const end = view?.record.end;
  const confirmable = end && end.confirmable <= new Date().toISOString().slice(0, 10);
  return (
    <Screen title={text.leaveTitle}>
      <p class="lead">{text.leaveLead}</p>
      {look.refused && <RefusalNotice refused={look.refused} />}
      {look.busy && !view && <p role="status">{text.loading}</p>}
      <PendingEndNotice end={end} onStopped={load} />
      {view && (
        <>
          <What view={view} />
          <CloseAccounts />
          {task.refused && <RefusalNotice refused={task.refused} />}
          {!end && <p>{text.wait(view.record.keeps.endWaitDays)}</p>}
        </>
      )}
      <div class="row">
        {view && !end && view.record.standing === 'live' && (
          <Button kind="stop" onPress={() => say('ask')} busy={task.busy} test="ask-end">
            {text.ask}
          </Button>
        )}
        {confirmable && (
          <Button kind="stop" onPress={() => say('confirm')} busy={task.busy} test="confirm-end">
            {text.confirm}
          </Button>
        )}
        <ButtonLink kind="plain" href={linkTo('record')}>
          {text.title}
        </ButtonLink>
      </div>
    </Screen>
  );
}

function What({ view }: { view: RecordView }) {
  const { retentionDays, tagsKeptDays } = view.record.keeps;
  const text = said.record;
  return (
    <>
      <section class="card" aria-labelledby="leaves">
        <h2 id="leaves">{text.leaves}</h2>
        <ul>
          {text.leavesList.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      </section>
      <section class="card" aria-labelledby="stays">
        <h2 id="stays">{text.stays}</h2>
        <ul>
          <li>{text.staysIdentity(durationOfDays(retentionDays))}</li>
          <li>{text.staysTags(durationOfDays(Math.max(retentionDays, tagsKeptDays)))}</li>
          <li>{text.staysPlaces}</li>
          <li>{text.staysBack}</li>
        </ul>
      </section>
    </>
  );
}

function CloseAccounts() {
  const { call } = useWallet();
  const [lines, setLines] = useState<string[]>();
  const task = useTask();
  const text = said.record;
  const close = () =>
    task.run(async () => {
      const { closed, silent } = await call('closeAccounts', undefined);
      const places = closed.map(({ platform }) => platform).join(', ');
      setLines([
        ...(places ? [text.closedSome(places)] : silent.length > 0 ? [] : [text.closedNone]),
        ...(silent.length > 0 ? [text.closedSilent(silent.join(', '))] : []),
      ]);
    });
  return (
    <section class="card" aria-labelledby="close">
      <h2 id="close">{text.closeFirst}</h2>
      <p>{text.closeText}</p>
      {task.refused && <RefusalNotice refused={task.refused} />}
      {lines && (
        <Notice role="status" test="closed">
          {lines.map((line) => (
            <p key={line}>{line}</p>
          ))}
        </Notice>
      )}
      <div class="row">
        <Button kind="plain" onPress={close} busy={task.busy} test="close-accounts">
          {task.busy ? text.closing : text.closeFirst}
        </Button>
      </div>
    </section>
  );
}
