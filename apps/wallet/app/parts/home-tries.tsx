/** @jsxRuntime automatic */
/** @jsxImportSource preact */
/** On the home screen, only when there is news: somebody tried the words, or came back with them. */
import { useTask } from '../task.ts';
import { dayText } from '../text/day.ts';
import { said } from '../text/text.ts';
import { useWallet } from '../wallet.ts';
import { Button, Notice } from './parts.tsx';

export function TriesCard() {
  const { call, refresh, situation } = useWallet();
  const task = useTask();
  const { news, words } = situation.wayBack ?? {};
  if (!news || (news.tries === 0 && news.returns === 0)) return null;
  const text = said.wayBack;
  const day = (value: string | null | undefined) => (value ? dayText(value) : null);
  // Who came back made a try too.
  const wrong = Math.max(0, news.tries - news.returns);
  const seen = () =>
    task.run(async () => {
      await call('noteWatched', undefined);
      await refresh();
    });
  return (
    <Notice title={news.returns > 0 ? text.returnsTitle : text.triesTitle} tone="bad" test="tries-news">
      {news.returns > 0 && (
        <>
          <p>{text.returns(news.returns, day(words?.lastReturn))}</p>
          <p>{text.returnsMean}</p>
        </>
      )}
      {news.returns > 0 && wrong > 0 && <h3>{text.triesTitle}</h3>}
      {wrong > 0 && (
        <>
          <p>
            {text.tries(wrong, day(words?.lastTry))} {words && text.left(words.triesLeft)}
          </p>
          <p>{text.triesMean}</p>
        </>
      )}
      <div class="row">
        <Button kind="plain" onPress={seen} busy={task.busy} test="tries-seen">
          {text.seen}
        </Button>
      </div>
    </Notice>
  );
}
