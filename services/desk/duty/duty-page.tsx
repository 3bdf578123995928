/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
/** The duties of this service, each with what it means, what the desk can show for it, and what was recorded. */
import { Button, Notice, Tag } from '@answerable/kit/page.tsx';
import type { FC } from 'hono/jsx';
import type { DutyView } from './duty-view.ts';

type DutyShown = DutyView['duties'][number];

export const useWords: Record<string, string> = {
  'in-use': 'in use',
  alternative: 'something else instead',
  'not-used': 'not used',
};

export const DutyLinks: FC<{ here: string }> = ({ here }) => (
  <ul class="counts" aria-label="Duties">
    {[
      ['/duties', 'Duties'],
      ['/duties/risks', 'Risk assessment'],
      ['/duties/measures', 'Measures'],
      ['/duties/terms', 'Terms'],
      ['/duties/export', 'Export'],
    ].map(([href, text]) => (
      <li>
        <a href={href} {...(href === here ? { 'aria-current': 'page' } : {})}>
          {text}
        </a>
      </li>
    ))}
  </ul>
);

/** From when to when is counted; sent with GET, so that an address can be kept. */
export const Period: FC<{ action: string; from: string; to: string }> = ({ action, from, to }) => (
  <form method="get" action={action} class="row" aria-label="Days that are counted">
    <div>
      <label for="period-from">From</label> <input type="date" id="period-from" name="from" value={from} />
    </div>
    <div>
      <label for="period-to">To</label> <input type="date" id="period-to" name="to" value={to} />
    </div>
    <Button kind="plain">Count</Button>
  </form>
);

export const Plainly: FC<{ view: DutyView }> = ({ view }) =>
  view.packs.length === 0 ? (
    <Notice title="No law pack reaches this service">
      <p>There are packs for the United Kingdom and the European Union. What is below is the desk’s own.</p>
    </Notice>
  ) : (
    <Notice title="Said plainly">
      {view.packs.map(({ law }) => (
        <>
          <p>
            <strong>{law}</strong>
          </p>
          <ul>
            {view.plainly
              .filter((one) => one.law === law)
              .map(({ words }) => (
                <li>{words}</li>
              ))}
          </ul>
        </>
      ))}
    </Notice>
  );

export const DutyPage: FC<{ view: DutyView }> = ({ view }) => (
  <>
    <DutyLinks here="/duties" />
    <Plainly view={view} />
    <Period action="/duties" from={view.from} to={view.to} />
    {view.packs.map(({ law, compared }) => (
      <section aria-labelledby={`law-${law}`}>
        <h2 id={`law-${law}`}>{law}</h2>
        <p class="soft">Compared with the law on {compared}.</p>
        <Duties duties={view.duties.filter((one) => one.law === law)} />
        <Open view={view} law={law} />
      </section>
    ))}
  </>
);

const groups = [
  ['duty', 'What the law asks'],
  ['measure', 'What its codes recommend'],
  ['advice', 'Good to know'],
] as const;

const Duties: FC<{ duties: readonly DutyShown[] }> = ({ duties }) => (
  <>
    {groups.map(([kind, title]) => {
      const some = duties.filter((one) => one.kind === kind);
      return some.length === 0 ? null : (
        <>
          <h3>
            {title} ({some.length})
          </h3>
          {some.map((one) => (
            <DutyShownWhole duty={one} />
          ))}
        </>
      );
    })}
  </>
);

const DutyShownWhole: FC<{ duty: DutyShown }> = ({ duty }) => (
  <details class="more">
    <summary>
      {duty.title} <span class="soft">({duty.at.join(', ')})</span>{' '}
      {duty.use ? <Tag tone="good">{useWords[duty.use]}</Tag> : null}
    </summary>
    <p>{duty.does}</p>
    {duty.kind === 'advice' && duty.evidence.length === 0 ? null : <Evidence duty={duty} />}
    <p class="soft">
      From: {duty.source.at}, {duty.source.seen === 'text' ? 'read' : 'read as quoted'} on {duty.source.day}.
    </p>
  </details>
);

export const Evidence: FC<{ duty: Pick<DutyShown, 'evidence' | 'at'> }> = ({ duty }) =>
  duty.evidence.length === 0 ? (
    <p class="soft">The desk has nothing to show for this; keep your own record.</p>
  ) : (
    <>
      <p>
        <strong>Evidence for {duty.at[0]}</strong>
      </p>
      <ul>
        {duty.evidence.map((words) => (
          <li>{words}</li>
        ))}
      </ul>
    </>
  );

export const Open: FC<{ view: DutyView; law: string }> = ({ view, law }) => {
  const open = view.open.filter((one) => one.law === law);
  return open.length === 0 ? null : (
    <details class="more">
      <summary>What could not be established</summary>
      <ul>
        {open.map(({ words }) => (
          <li>{words}</li>
        ))}
      </ul>
    </details>
  );
};
