/** @jsxRuntime automatic */
/** @jsxImportSource preact */
/** Everything that the registrar keeps about this person, to read, to print, to take along. */
import { useEffect, useState } from 'preact/hooks';
import type { RecordView } from '../boundary/record-actions.ts';
import { Screen } from '../parts/frame.tsx';
import { NameChoice } from '../parts/name-choice.tsx';
import { Button, ButtonLink, Facts, Notice } from '../parts/parts.tsx';
import { PendingEndNotice } from '../parts/pending-end.tsx';
import { RefusalNotice } from '../parts/refusal.tsx';
import { linkTo } from '../route.ts';
import { saveFile } from '../save-file.ts';
import { useTask } from '../task.ts';
import { dayText } from '../text/day.ts';
import { said } from '../text/text.ts';
import { useWallet } from '../wallet.ts';

export function RecordScreen() {
  const { call } = useWallet();
  const [view, setView] = useState<RecordView>();
  const [saved, setSaved] = useState(false);
  const look = useTask();
  const saving = useTask();
  const text = said.record;
  const load = () => look.run(async () => setView(await call('record', undefined)));
  useEffect(() => void load(), []);
  const save = () =>
    saving.run(async () => {
      const { name, text: file } = await call('exportRecord', undefined);
      saveFile(name, file);
      setSaved(true);
    });
  return (
    <Screen title={text.title}>
      <p class="lead">{text.lead}</p>
      {look.refused && <RefusalNotice refused={look.refused} />}
      {look.busy && !view && <p role="status">{text.loading}</p>}
      {view && (
        <>
          <Standing view={view} onChange={load} />
          <section class="card" aria-labelledby="kept">
            <h2 id="kept">{text.kept}</h2>
            <Kept view={view} />
          </section>
          <section class="card" aria-labelledby="not-kept">
            <h2 id="not-kept">{text.notKept}</h2>
            <p>{text.notKeptText}</p>
          </section>
          {view.record.standing === 'live' && <NameChoice />}
          <section class="card" aria-labelledby="take">
            <h2 id="take">{text.take}</h2>
            <p>{text.takeText}</p>
            {saving.refused && <RefusalNotice refused={saving.refused} />}
            {saved && <p role="status">{text.saved}</p>}
            <div class="row">
              <Button kind="plain" onPress={save} busy={saving.busy} test="save-record">
                {text.save}
              </Button>
              <Button kind="link" onPress={() => print()}>
                {text.print}
              </Button>
            </div>
          </section>
        </>
      )}
      <div class="row">
        <ButtonLink kind="plain" href={linkTo('devices')} test="devices">
          {text.devices}
        </ButtonLink>
        <ButtonLink kind="link" href={linkTo('leave')} test="leave">
          {text.leave}
        </ButtonLink>
        <ButtonLink kind="link" href={linkTo('home')}>
          {said.shell.home}
        </ButtonLink>
      </div>
    </Screen>
  );
}

function Standing({ view, onChange }: { view: RecordView; onChange: () => void }) {
  const { standing, reason, since, end } = view.record;
  const text = said.record;
  if (standing === 'live' && end) return <PendingEndNotice end={end} onStopped={onChange} />;
  const ended = standing === 'ended';
  const title = standing === 'live' ? text.live : ended ? text.ended(dayText(since ?? '')) : text.suspended;
  return (
    <Notice tone={standing === 'live' ? 'good' : 'bad'} role="status" test={`standing-${standing}`}>
      <p>
        <strong>{title}</strong>
      </p>
      {reason && <p>{text.reasons[reason]}</p>}
      {standing !== 'live' && <p>{ended ? text.endedText : text.suspendedText}</p>}
    </Notice>
  );
}

function Kept({ view }: { view: RecordView }) {
  const { network } = useWallet().situation;
  const { record, seal } = view;
  const { words, resets, identifiers } = record;
  const text = said.record;
  const shown = Object.entries(record.attributes).map(
    ([name, value]) => [said.home.attributes[name] ?? name, said.home.values[value] ?? value] as const,
  );
  const found = identifiers.accounts + identifiers.strong + identifiers.weak;
  return (
    <Facts
      facts={[
        [text.joined, dayText(record.enrolled)],
        [
          text.routes,
          <ul class="plain">
            {record.routes.map(({ purpose, route, day }) => (
              <li key={`${purpose} ${route} ${day}`}>
                {text.route(text.purposes[purpose], route, dayText(day))}
              </li>
            ))}
          </ul>,
        ],
        ...shown,
        [text.name, text.seals[seal](network.threshold, network.guardians.length)],
        [text.identifiers, text.identifiersSome(found)],
        [text.words, words.set ? text.wordsSet(words.version) : text.wordsMissing],
        [
          text.resets,
          resets.count === 0 ? text.never : text.resetsSome(resets.count, dayText(resets.last ?? '')),
        ],
      ]}
    />
  );
}
