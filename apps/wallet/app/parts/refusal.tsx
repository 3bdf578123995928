/** @jsxRuntime automatic */
/** @jsxImportSource preact */
/** A refusal, said kindly, with what can be done about it beside. */
import { refusals } from '@answerable/protocol/refusal';
import type { ComponentChildren } from 'preact';
import type { Refused } from '../boundary/rpc.ts';
import { type RefusalText, said } from '../text/text.ts';
import { Notice } from './parts.tsx';

/** The kind words for a code; the table's own sentence where there are none. */
export function refusalText(code: Refused['code']): RefusalText {
  const own = said.refused[code];
  if (own) return own;
  const title = code in refusals ? refusals[code as keyof typeof refusals].title : undefined;
  return title ? { title, text: '' } : said.refused.otherwise;
}

/** `untitled` where the screen's own heading says the title. */
export function RefusalNotice(props: { refused: Refused; children?: ComponentChildren; untitled?: boolean }) {
  const { refused, children } = props;
  const { title, text } = refusalText(refused.code);
  const { triesLeft, triesLeftToday, party } = refused.facts;
  return (
    <Notice {...(props.untitled ? {} : { title })} tone="bad" role="alert" test={`refused-${refused.code}`}>
      {text && <p>{text}</p>}
      {party && <p>{party}</p>}
      {triesLeft !== undefined && (
        <p data-test="tries">
          {said.recall.triesLeft(triesLeft)}
          {triesLeftToday !== undefined && triesLeftToday < triesLeft
            ? ` ${said.recall.today(triesLeftToday)}`
            : ''}
        </p>
      )}
      {children}
    </Notice>
  );
}
