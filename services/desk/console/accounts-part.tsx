/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
/**
 * Standing here of each account in the case, by numbers that mean nothing outside it: which are one person, what
 * came of earlier cases, what is in force. Never who, and never an account that is not in this case.
 */
import { Tag } from '@answerable/kit/page.tsx';
import type { FC } from 'hono/jsx';
import type { CaseView } from '../deciding/case-view.ts';
import { count } from '../deciding/event-words.ts';
import type { CasePageProps } from './case-page.tsx';
import { kindWords, measureWords } from './reason-words.ts';

/** So many accounts are shown at once; the others are one step away. */
const openMax = 5;

export const AccountsPart: FC<CasePageProps> = ({ view }) => (
  <section aria-labelledby="accounts">
    <h2 id="accounts">Standing here</h2>
    {view.accounts.length === 0 ? <p>No account is answerable for this.</p> : null}
    <ul class="plain-list">
      {view.accounts.slice(0, openMax).map((account) => (
        <Account view={view} account={account} />
      ))}
    </ul>
    {view.accounts.length > openMax ? (
      <details class="more">
        <summary>{count(view.accounts.length - openMax, 'more account')}</summary>
        <ul class="plain-list">
          {view.accounts.slice(openMax).map((account) => (
            <Account view={view} account={account} />
          ))}
        </ul>
      </details>
    ) : null}
  </section>
);

const Account: FC<{ view: CaseView; account: CaseView['accounts'][number] }> = ({ view, account }) => {
  const earlier = view.earlier.filter((other) => other.accounts.includes(account.label));
  const inForce = earlier.flatMap((other) =>
    other.measures.filter((one) => one.inForce && one.account === account.label),
  );
  return (
    <li class="item">
      <p>
        <strong>{account.label}</strong>
        {account.person === null ? '' : `, person ${account.person}`}: {count(account.items, 'item')} in this
        case
      </p>
      {account.since === null ? null : <p class="soft">Known to this desk since {account.since}</p>}
      {inForce.map((one) => (
        <p>
          <Tag tone="mark">in force</Tag> {one.words}
        </p>
      ))}
      {earlier.length === 0 ? (
        <p class="soft">No earlier case.</p>
      ) : (
        <ul>
          {earlier.map((other) => (
            <li>
              <a href={`/cases/${other.caseId}`}>
                {other.day}, {kindWords(other.kind)}
              </a>
              : {outcomeWords(other)}
            </li>
          ))}
        </ul>
      )}
    </li>
  );
};

function outcomeWords({ outcome, phase, measures }: CaseView['earlier'][number]): string {
  if (outcome === null) return phase === 'closed' ? 'closed' : 'not decided yet';
  if (outcome === 'none') return 'nothing against the rules';
  if (outcome === 'care') return 'help was shown';
  const ended = measures.filter((one) => !one.inForce).length;
  const kinds = [...new Set(measures.map((one) => measureWords(one.kind)))].join(', ');
  return `${kinds}${ended > 0 && ended === measures.length ? ' (ended)' : ''}`;
}
