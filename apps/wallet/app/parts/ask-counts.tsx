/** @jsxRuntime automatic */
/** @jsxImportSource preact */
/** How many accounts were opened and how many requests refused, as this wallet counted in the log itself. */
import { useEffect, useState } from 'preact/hooks';
import type { AskView, CountsView } from '../boundary/actions.ts';
import { dayText } from '../text/day.ts';
import { said } from '../text/text.ts';
import { useWallet } from '../wallet.ts';
import { Notice } from './parts.tsx';

/** Below this many people somebody is warned that they can be guessed. */
const peopleFew = 1_000;

export function AskCounts({ view: { platform } }: { view: AskView }) {
  const { call } = useWallet();
  const [counts, setCounts] = useState<CountsView | null>();
  const text = said.ask;
  useEffect(() => {
    // First what is known, then what the log says now.
    void call('counts', { platform, fresh: false })
      .then((known) => known && setCounts(known))
      .then(() => call('counts', { platform, fresh: true }))
      .then(setCounts)
      .catch(() => setCounts((known) => known ?? null));
  }, [platform]);
  return (
    <>
      <h2>{text.countsTitle}</h2>
      {!counts && <p class="soft">{counts === null ? text.notCounted : text.counting}</p>}
      {counts && <Counted counts={counts} />}
    </>
  );
}

function Counted({ counts }: { counts: CountsView }) {
  const text = said.ask;
  const { opened, refused, until, silent, people, here, read } = counts;
  return (
    <>
      <p data-test="counts">
        <strong>
          {text.opened(opened)} {text.refusedOnce(refused.least, refused.most)}
        </strong>
      </p>
      <p class="soft">
        {text.countsUntil(dayText(until))} {silent.length > 0 && text.silent(silent.join(', '))}{' '}
        {text.countsSource(read)}
      </p>
      {people < peopleFew && (
        <Notice title={text.fewTitle} test="few">
          <p>{text.few(people, here)}</p>
        </Notice>
      )}
    </>
  );
}
