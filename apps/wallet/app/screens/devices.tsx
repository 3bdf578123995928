/** @jsxRuntime automatic */
/** @jsxImportSource preact */
/** The devices that hold this person's secret: named, and removed. */
import { useEffect, useState } from 'preact/hooks';
import type { RecordView } from '../boundary/record-actions.ts';
import { Screen } from '../parts/frame.tsx';
import { Button, ButtonLink, Field, Notice } from '../parts/parts.tsx';
import { RefusalNotice } from '../parts/refusal.tsx';
import { linkTo } from '../route.ts';
import { type Task, useTask } from '../task.ts';
import { dayText } from '../text/day.ts';
import { said } from '../text/text.ts';
import { useWallet } from '../wallet.ts';

type Listed = RecordView['devices'][number];
const labelCharsMax = 40;

export function Devices() {
  const { call } = useWallet();
  const [devices, setDevices] = useState<Listed[]>();
  const [news, setNews] = useState('');
  const task = useTask();
  const text = said.devices;
  const load = async () => setDevices((await call('record', undefined)).devices);
  useEffect(() => void task.run(load), []);
  const change = (act: () => Promise<unknown>, done: string) =>
    task.run(async () => {
      await act();
      await load();
      setNews(done);
    });
  return (
    <Screen title={text.title}>
      <p class="lead">{text.lead}</p>
      {task.refused && <RefusalNotice refused={task.refused} />}
      {!devices && task.busy && <p role="status">{said.record.loading}</p>}
      {news && (
        <Notice tone="good" role="status" test="devices-news">
          <p>{news}</p>
        </Notice>
      )}
      {devices?.map((device) => (
        <OneDevice
          key={device.device}
          device={device}
          task={task}
          rename={(label) => change(() => call('nameDevice', { label }), text.renamed)}
          remove={() => change(() => call('removeDevice', { device: device.device }), text.removed)}
        />
      ))}
      {devices && (
        <section class="card" aria-labelledby="strange">
          <h2 id="strange">{text.strange}</h2>
          <p>{text.strangeText}</p>
          <p class="soft">{text.doesNot}</p>
        </section>
      )}
      <div class="row">
        <ButtonLink kind="plain" href={linkTo('record')}>
          {said.record.title}
        </ButtonLink>
        <ButtonLink kind="link" href={linkTo('home')}>
          {said.shell.home}
        </ButtonLink>
      </div>
    </Screen>
  );
}

function OneDevice(props: {
  device: Listed;
  task: Task;
  rename: (label: string) => void;
  remove: () => void;
}) {
  const { device, task, rename, remove } = props;
  const text = said.devices;
  const name = device.label ?? text.unknown;
  const [label, setLabel] = useState(device.label ?? '');
  const [asking, setAsking] = useState(false);
  const id = `device-${device.device.slice(0, 8)}`;
  return (
    <section class="card" aria-labelledby={id} data-test="device">
      <h2 id={id}>{name}</h2>
      <p class="soft">
        {device.here ? `${text.here}, ` : ''}
        {text.since(dayText(device.day))}
      </p>
      {device.here ? (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            rename(label);
          }}
        >
          <Field
            label={text.name}
            hint={text.nameHint}
            value={label}
            onValue={setLabel}
            maxLength={labelCharsMax}
            test="device-name"
          />
          <Button kind="plain" busy={task.busy} test="rename-device">
            {text.rename}
          </Button>
        </form>
      ) : asking ? (
        <>
          <p>
            <strong>{device.label === undefined ? text.sureUnknown : text.sure(name)}</strong>
          </p>
          <p>{text.does}</p>
          <div class="row">
            <Button kind="stop" onPress={remove} busy={task.busy} test="remove-yes">
              {text.yes}
            </Button>
            <Button kind="plain" onPress={() => setAsking(false)}>
              {text.no}
            </Button>
          </div>
        </>
      ) : (
        <Button kind="plain" onPress={() => setAsking(true)} test="remove-device">
          {device.label === undefined ? text.removeUnknown : text.remove(name)}
        </Button>
      )}
    </section>
  );
}
