/** @jsxRuntime automatic */
/** @jsxImportSource preact */
/**
 * On every screen: an update that was refused, or a network that is not there. Says nothing while all is well.
 * The first look waits until the screen stands, so that nobody waits for it.
 */
import { useEffect, useState } from 'preact/hooks';
import type { Caller } from '../boundary/rpc.ts';
import type { CodeView } from '../code/code-view.ts';
import { guarding } from '../code/register-code.ts';
import { linkTo } from '../route.ts';
import { said } from '../text/text.ts';
import { Notice } from './parts.tsx';

const firstLookMs = 1_000;
/** A release is logged a moment before it is served; the first look of a new network may be earlier still. */
const againMs = 4_000;
const looksMax = 4;
/** A wallet that stays open looks again. */
const lookAgainMs = 6 * 3600 * 1000;

export function CodeNotice({ call }: { call: Caller }) {
  const [view, setView] = useState<CodeView>();
  const text = said.code;
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    const look = async (left: number) => {
      const seen = await call('code', await guarding()).catch(() => undefined);
      const early = seen?.refused?.why === 'unlogged' && !seen.kept && left > 1;
      if (early) timer = setTimeout(() => look(left - 1), againMs);
      else {
        setView(seen);
        timer = setTimeout(() => look(1), lookAgainMs);
      }
    };
    timer = setTimeout(() => look(looksMax), firstLookMs);
    return () => clearTimeout(timer);
  }, []);
  if (view?.refused)
    return (
      <Notice tone="bad" role="alert" title={refusedTitle(view)} test="code-refused">
        <p>
          {text.why[view.refused.why]} {view.kept ? text.refusedKept : text.refusedFirst}
        </p>
        <p>
          <a href={linkTo('code')}>{text.refusedLink}</a>
        </p>
      </Notice>
    );
  if (view && !view.reached)
    return (
      <Notice role="status" test="offline">
        <p>{text.unreached}</p>
      </Notice>
    );
  return null;
}

export const refusedTitle = ({ kept }: CodeView): string =>
  kept ? said.code.refusedTitle : said.code.firstTitle;
