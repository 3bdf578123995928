/** @jsxRuntime automatic */
/** @jsxImportSource preact */
/** The record on the home screen: what needs a look at its top, and a card with the way to all of it. */
import { linkTo } from '../route.ts';
import { said } from '../text/text.ts';
import { useWallet } from '../wallet.ts';
import { ButtonLink, Notice } from './parts.tsx';
import { PendingEndNotice } from './pending-end.tsx';

/** Nothing while all is well. */
export function RecordAlert() {
  const { situation, refresh } = useWallet();
  const { standing, reason, end } = situation.record?.seen ?? {};
  const text = said.record;
  return (
    <>
      <PendingEndNotice end={standing === 'live' ? end : null} onStopped={() => void refresh()} />
      {standing && standing !== 'live' && (
        <Notice tone="bad" test={`standing-${standing}`}>
          <p>
            <strong>{standing === 'suspended' ? text.suspended : text.done}</strong>
          </p>
          {reason && <p>{text.reasons[reason]}</p>}
          <p>{standing === 'suspended' ? text.suspendedText : text.endedText}</p>
        </Notice>
      )}
    </>
  );
}

export function HomeRecord() {
  const text = said.record;
  return (
    <section class="card" aria-labelledby="record">
      <h2 id="record">{text.title}</h2>
      <p>{text.homeText}</p>
      <ButtonLink kind="plain" href={linkTo('record')} test="record">
        {text.homeGo}
      </ButtonLink>
    </section>
  );
}

/** To somebody whose device was removed: why there is nothing here. */
export function Farewell() {
  const text = said.record;
  if (!useWallet().situation.record?.removed) return null;
  return (
    <Notice tone="bad" title={text.removedTitle} test="removed">
      <p>{text.removedText}</p>
    </Notice>
  );
}
