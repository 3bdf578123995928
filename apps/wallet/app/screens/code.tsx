/** @jsxRuntime automatic */
/** @jsxImportSource preact */
/** The code that runs here: which release, where it stands in the log, how to compare it, and what that is not. */
import { useEffect, useState } from 'preact/hooks';
import type { Caller } from '../boundary/rpc.ts';
import type { CodeView } from '../code/code-view.ts';
import { guarding } from '../code/register-code.ts';
import { refusedTitle } from '../parts/code-notice.tsx';
import { Screen } from '../parts/frame.tsx';
import { Button, ButtonLink, Facts, Notice } from '../parts/parts.tsx';
import { RefusalNotice } from '../parts/refusal.tsx';
import { linkTo } from '../route.ts';
import { useTask } from '../task.ts';
import { dayText } from '../text/day.ts';
import { said } from '../text/text.ts';

const dayChars = 10;
const minuteChars = 16;

/** Also for who has locked the wallet. */
export function Code({ call }: { call: Caller }) {
  const [view, setView] = useState<CodeView>();
  const task = useTask();
  const text = said.code;
  const look = () => task.run(async () => setView(await call('code', { ...(await guarding()), now: true })));
  useEffect(() => void look(), []);
  return (
    <Screen title={text.title}>
      <p class="lead">{text.lead}</p>
      {task.refused && <RefusalNotice refused={task.refused} />}
      {view ? <State view={view} /> : !task.refused && <p role="status">{text.looking}</p>}
      <p>
        <Button kind="plain" onPress={look} busy={task.busy} test="check-code">
          {text.again}
        </Button>
      </p>
      <section>
        <h2>{text.compareTitle}</h2>
        <p>{text.compare}</p>
        <p>
          <code class="groups">npx answerable wallet verify {location.origin}</code>
        </p>
      </section>
      <section>
        <h2>{text.restTitle}</h2>
        {text.rest.map(([title, body]) => (
          <div key={title}>
            <h3>{title}</h3>
            <p>{body}</p>
          </div>
        ))}
      </section>
      <ButtonLink kind="plain" href={linkTo('home')}>
        {said.shell.home}
      </ButtonLink>
    </Screen>
  );
}

function State({ view }: { view: CodeView }) {
  const { running, next, kept, checked, refused, reached, alarm } = view;
  const text = said.code;
  return (
    <>
      {refused && (
        <Notice tone="bad" title={refusedTitle(view)} test={`code-${refused.why}`}>
          <p>
            {text.why[refused.why]} {kept ? text.refusedKept : text.refusedFirst}
          </p>
          {kept && (
            <>
              <h3>{text.whatToDo}</h3>
              <ul>
                {text.doItems.map((item) => (
                  <li key={item}>{item}</li>
                ))}
              </ul>
            </>
          )}
        </Notice>
      )}
      {alarm && (
        <Notice tone="bad" test="code-alarm-before">
          <p>{text.alarmBefore(dayText(alarm.slice(0, dayChars)))}</p>
        </Notice>
      )}
      {next && (
        <Notice tone="good" test="code-next">
          <p>{text.next(next.version)}</p>
        </Notice>
      )}
      {!reached && (
        <Notice test="code-unreached">
          <p>{text.unreached}</p>
        </Notice>
      )}
      {running && !refused && reached && (
        <Notice tone="good" test="code-good">
          <p>{text.good}</p>
        </Notice>
      )}
      {running && (
        <Facts
          facts={[
            [text.facts.version, running.version],
            [text.facts.release, <Release key="release" groups={running.release} />],
            [text.facts.index, String(running.index)],
            [text.facts.checked, checked ? momentText(checked) : '–'],
            [text.facts.kept, kept ? text.keptYes : text.keptNo],
          ]}
        />
      )}
    </>
  );
}

const momentText = (instant: string): string =>
  `${dayText(instant.slice(0, dayChars))}, ${instant.slice(dayChars + 1, minuteChars)} UTC`;

const Release = ({ groups }: { groups: string }) => (
  <code class="groups" data-test="release">
    {groups}
  </code>
);
