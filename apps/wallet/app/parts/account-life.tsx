/** @jsxRuntime automatic */
/** @jsxImportSource preact */
/** Of one account: the name told or not, a copy of all that is kept, and its end. */
import { useState } from 'preact/hooks';
import type { AccountAt } from '../boundary/account-actions.ts';
import { saveFile } from '../save-file.ts';
import { useTask } from '../task.ts';
import { said } from '../text/text.ts';
import { useWallet } from '../wallet.ts';
import { Button, Notice } from './parts.tsx';
import { RefusalNotice } from './refusal.tsx';

interface Props {
  account: AccountAt;
  place: string;
}

export function AccountLife({ account, place }: Props) {
  const { name } = useWallet().situation.attributes;
  return (
    <>
      {name && <Name account={account} place={place} name={name} />}
      <Copy account={account} place={place} />
      <Close account={account} place={place} />
    </>
  );
}

/** Only where there is a name to tell: exactly which, and to whom. */
function Name({ account, place, name }: Props & { name: string }) {
  const { call } = useWallet();
  const [told, setTold] = useState<boolean>();
  const task = useTask();
  const text = said.reach;
  const tell = (wanted: boolean) =>
    void task.run(async () => {
      await call('tellName', { ...account, tell: wanted });
      setTold(wanted);
    });
  return (
    <section class="card" aria-labelledby="name" data-test="name">
      <h2 id="name">{text.name}</h2>
      <p>{text.nameText(name, place)}</p>
      {task.refused && <RefusalNotice refused={task.refused} />}
      {told !== undefined && <p role="status">{told ? text.nameTold : text.nameStopped}</p>}
      <div class="row">
        <Button kind="plain" busy={task.busy} onPress={() => tell(true)} test="name-tell">
          {text.tellName(place)}
        </Button>
        <Button kind="link" busy={task.busy} onPress={() => tell(false)} test="name-stop">
          {text.stopName}
        </Button>
      </div>
    </section>
  );
}

function Copy({ account }: Props) {
  const { call } = useWallet();
  const [saved, setSaved] = useState(false);
  const task = useTask();
  const text = said.reach;
  const save = () =>
    void task.run(async () => {
      const file = await call('exportAccount', account);
      saveFile(file.name, file.text);
      setSaved(true);
    });
  return (
    <section class="card" aria-labelledby="copy">
      <h2 id="copy">{text.copy}</h2>
      <p>{text.copyText}</p>
      {task.refused && <RefusalNotice refused={task.refused} />}
      {saved && <p role="status">{text.saved}</p>}
      <Button kind="plain" busy={task.busy} onPress={save} test="copy-save">
        {text.save}
      </Button>
    </section>
  );
}

function Close({ account, place }: Props) {
  const { call } = useWallet();
  const [asked, setAsked] = useState(false);
  const [closed, setClosed] = useState(false);
  const task = useTask();
  const text = said.reach;
  const close = () =>
    void task.run(async () => {
      await call('closeAccount', account);
      setClosed(true);
    });
  return (
    <section class="card" aria-labelledby="close">
      <h2 id="close">{text.close}</h2>
      <p>{text.closeText(place)}</p>
      {task.refused && <RefusalNotice refused={task.refused} />}
      {closed ? (
        <Notice role="status" test="closed">
          <p>{text.closed}</p>
        </Notice>
      ) : asked ? (
        <div class="row">
          <Button kind="stop" busy={task.busy} onPress={close} test="close-sure">
            {text.closeSure}
          </Button>
          <Button kind="plain" onPress={() => setAsked(false)}>
            {text.keepOpen}
          </Button>
        </div>
      ) : (
        <Button kind="plain" onPress={() => setAsked(true)} test="close-first">
          {text.closeFirst}
        </Button>
      )}
    </section>
  );
}
