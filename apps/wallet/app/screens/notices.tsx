/** @jsxRuntime automatic */
/** @jsxImportSource preact */
/** Was one of my accounts opened? The worker reads the whole log and compares; nothing says what for. */
import { useEffect, useState } from 'preact/hooks';
import type { NoticesView } from '../boundary/actions.ts';
import { Screen } from '../parts/frame.tsx';
import { ButtonLink, Facts, Notice, Steps } from '../parts/parts.tsx';
import { RefusalNotice } from '../parts/refusal.tsx';
import { linkTo } from '../route.ts';
import { useTask } from '../task.ts';
import { said } from '../text/text.ts';
import { useWallet } from '../wallet.ts';

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
            <article class="card" key={notice.index} data-test="notice">
              <Facts
                facts={[
                  [
                    text.at,
                    notice.slot > 1 ? `${notice.platform} – ${said.ask.nth(notice.slot)}` : notice.platform,
                  ],
                  [text.by, notice.authority],
                  [text.ground, notice.ground],
                  [text.agreed, notice.guardians.join(', ')],
                  [text.entry, String(notice.index)],
                ]}
              />
            </article>
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
