/** @jsxRuntime automatic */
/** @jsxImportSource preact */
/** Was one of my accounts opened? The worker reads the whole log and compares; nothing says what for. */
import { useEffect, useState } from 'preact/hooks';
import type { NoticesView, NoticeView } from '../boundary/actions.ts';
import { Screen } from '../parts/frame.tsx';
import { Button, ButtonLink, Facts, Notice, Steps } from '../parts/parts.tsx';
import { RefusalNotice } from '../parts/refusal.tsx';
import { linkTo } from '../route.ts';
import { useTask } from '../task.ts';
import { said } from '../text/text.ts';
import { useWallet } from '../wallet.ts';

const fileKeptMs = 10_000;

export function Notices() {
  const { call } = useWallet();
  const [found, setFound] = useState<NoticesView>();
  const task = useTask();
  const text = said.notices;
  useEffect(() => {
    void task.run(async () => setFound(await call('findNotices', undefined, task.onStep)));
  }, []);
  return (
    <Screen title={text.title}>
      {task.refused && <RefusalNotice refused={task.refused} />}
      {task.busy && <Steps steps={task.steps} />}
      {found && (
        <>
          <Notice
            tone={found.notices.length === 0 ? 'good' : 'bad'}
            role="status"
            test={`notices-${found.notices.length}`}
          >
            <p>
              <strong>{found.notices.length === 0 ? text.none : text.some(found.notices.length)}</strong>
            </p>
          </Notice>
          {found.notices.map((notice) => (
            <NoticeCard key={notice.index} notice={notice} />
          ))}
          <p>{text.read(found.entriesRead)}</p>
          <p class="soft">{text.late}</p>
        </>
      )}
      <div class="row">
        <ButtonLink kind="plain" href={linkTo('home')}>
          {said.shell.home}
        </ButtonLink>
      </div>
    </Screen>
  );
}

function NoticeCard({ notice }: { notice: NoticeView }) {
  const text = said.notices;
  const { platform, slot, authority, ground, guardians, index, witnesses } = notice;
  return (
    <article class="card" data-test="notice">
      <h2>{slot > 1 ? `${platform} – ${said.ask.nth(slot)}` : platform}</h2>
      <Facts
        facts={[
          [text.by, authority],
          [text.ground, ground],
          [text.agreed, guardians.join(', ')],
        ]}
      />
      <h3>{text.proofTitle}</h3>
      <p>{text.proofText(index)}</p>
      <Facts
        facts={[
          [text.entry, String(index)],
          [text.seenBy, witnesses.join(', ')],
        ]}
      />
      <div class="row">
        <Button kind="plain" onPress={() => saveFile(`notice-${index}.json`, notice.proof)} test="save-proof">
          {text.save}
        </Button>
      </div>
      <p class="soft">{text.saveText}</p>
    </article>
  );
}

/** Hands a text to the person as a file; it goes nowhere else. */
function saveFile(name: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), fileKeptMs);
}
