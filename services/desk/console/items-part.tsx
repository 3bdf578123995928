/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
/** What a case is about: reports, items, a page's own record, with holds where they are possible. */
import { Form, Tag } from '@answerable/kit/page.tsx';
import type { FC } from 'hono/jsx';
import type { ItemView } from '../deciding/case-view.ts';
import { count, minutes } from '../deciding/event-words.ts';
import type { CasePageProps } from './case-page.tsx';
import { displayText, Veiled, Words } from './display-text.tsx';
import { reasonsLine } from './reason-words.ts';

/** So many items are open at once; the others are one step away. */
const openMax = 6;

export const ItemsPart: FC<CasePageProps> = (props) => {
  const { view } = props;
  return (
    <section aria-labelledby="subject">
      <h2 id="subject">What it is about</h2>
      {view.heavy ? (
        <noscript>
          <img src="/shift/opened.svg" alt="" width="1" height="1" />
        </noscript>
      ) : null}
      {view.items.slice(0, openMax).map((item) => (
        <Item {...props} item={item} />
      ))}
      {view.items.length > openMax ? (
        <details class="more">
          <summary>{count(view.items.length - openMax, 'more item')}</summary>
          {view.items.slice(openMax).map((item) => (
            <Item {...props} item={item} />
          ))}
        </details>
      ) : null}
    </section>
  );
};

/** Where it is on the platform, in words that somebody can read; else its locator. */
const urlOf = ({ beside }: CasePageProps['view'], at: string) =>
  beside.platform.links.find(({ locator }) => locator === at)?.url;

const Item: FC<CasePageProps & { item: ItemView }> = ({ view, csrf, item }) => (
  <article class="item" tabindex={-1} data-stop aria-label={item.locator}>
    <p>
      <strong>{urlOf(view, item.locator) ?? item.locator}</strong> · {item.account ?? 'no accountable author'}{' '}
      · {minutes(item.posted)} {item.distress ? <Tag tone="good">own distress</Tag> : null}{' '}
      {item.seen === 'reporter' ? <Tag tone="bad">as a reporter described it</Tag> : null}
    </p>
    {view.heavy ? (
      <Veiled text={item.text} about={reasonsLine(view.reasons)} lang={item.language} />
    ) : (
      <Words text={item.text} lang={item.language} />
    )}
    {view.may.hold.includes(item.locator) ? (
      <Form action={`/cases/${view.caseId}/holds`} csrf={csrf} label={`Hold ${item.locator}`}>
        <input type="hidden" name="target" value={item.locator} />
        <p>
          <button type="submit" class={item.kind === 'page' ? 'button stop' : 'button plain'}>
            Hide {urlOf(view, item.locator) ? `this ${item.kind}` : item.locator} for now (
            {view.rules.holdHours} h)
          </button>
        </p>
      </Form>
    ) : null}
  </article>
);

export const RecordsPart: FC<CasePageProps> = ({ view }) =>
  view.pageRecords.length === 0 ? null : (
    <section aria-labelledby="record">
      <h2 id="record">The page’s own record</h2>
      {view.pageRecords.map(({ locator, record, at }) => (
        <details class="more">
          <summary>
            {locator}, kept {minutes(at)}: {count(record.posts.length, 'post')},{' '}
            {count(record.warnings.length, 'warning')}
          </summary>
          {record.warnings.map((warning) => (
            <p>
              Warned on {warning.day}: {displayText(warning.text)}
            </p>
          ))}
          {record.posts.map((post) => (
            <div class="item">
              <p>
                {post.locator} · {minutes(post.posted)}
              </p>
              <Words text={post.text} lang={post.language} />
            </div>
          ))}
        </details>
      ))}
    </section>
  );

export const ReportsPart: FC<CasePageProps> = ({ view }) => (
  <section aria-labelledby="reports">
    <h2 id="reports">{count(view.reportCount, 'report')}</h2>
    {view.reports.map((one) => (
      <div class="item">
        <p class="soft">
          {one.day}, by {one.capacity}
        </p>
        {one.statement === '' ? <p>Without words.</p> : <Words text={one.statement} />}
      </div>
    ))}
  </section>
);
