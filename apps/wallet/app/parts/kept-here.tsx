/** @jsxRuntime automatic */
/** @jsxImportSource preact */
/** Will this browser keep what is stored, and may it say that there is something new. Asked for by a press only. */
import { useEffect, useState } from 'preact/hooks';
import { askForNews, newsAllowed } from '../news.ts';
import { said } from '../text/text.ts';
import { Button } from './parts.tsx';

export function KeptHere() {
  const [kept, setKept] = useState<boolean>();
  const [asked, setAsked] = useState(false);
  const text = said.security;
  useEffect(() => void isKept().then(setKept), []);
  const ask = async () => {
    setKept(await navigator.storage.persist().catch(() => false));
    setAsked(true);
  };
  return (
    <section class="card" aria-labelledby="kept">
      <h2 id="kept">{text.kept}</h2>
      <p data-test={kept ? 'kept' : 'not-kept'}>{kept ? text.keptYes : text.keptNo}</p>
      {kept === false && asked && <p role="status">{text.keptRefused}</p>}
      {kept === false && !asked && (
        <Button kind="plain" onPress={() => void ask()} test="keep">
          {text.keptAsk}
        </Button>
      )}
    </section>
  );
}

/** Whether the browser has promised to keep it. */
export const isKept = async (): Promise<boolean> =>
  (await navigator.storage?.persisted?.().catch(() => false)) ?? false;

export function News() {
  const [allowed, setAllowed] = useState(newsAllowed());
  const text = said.security;
  return (
    <section class="card" aria-labelledby="news">
      <h2 id="news">{text.news}</h2>
      <p>{text.newsLead}</p>
      {allowed === 'yes' && <p data-test="news-on">{text.newsOn}</p>}
      {allowed === 'no' && <p>{text.newsOff}</p>}
      {allowed === 'ask' && (
        <Button kind="plain" onPress={() => void askForNews().then(setAllowed)} test="news">
          {text.newsGo}
        </Button>
      )}
    </section>
  );
}
