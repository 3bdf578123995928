/** @jsxRuntime automatic */
/** @jsxImportSource preact */
/**
 * The frame around every screen: header, the one live region, the screen with its heading, footer.
 * A change of screen moves the focus to its heading, so that it is read and the next Tab starts there.
 */
import type { ComponentChildren } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { exitAddress, leaveQuickly, onEscapeTwice } from '../quick-exit.ts';
import { linkTo } from '../route.ts';
import { said } from '../text/text.ts';
import { LanguageChoice } from './language-choice.tsx';

let saying: (text: string) => void = () => {};
let shownBefore = false;

/** Has a text read aloud when the reader is idle. */
export const announce = (text: string): void => saying(text);

/** `onExit`: what else is done when somebody leaves quickly. `onLanguage`: draws everything anew. */
export function Frame(props: {
  practice: boolean;
  /** On a computer that is not theirs: nothing is kept. */
  visiting?: boolean;
  onExit?: () => void;
  onLanguage?: () => void;
  children: ComponentChildren;
}) {
  const { practice, visiting = false, onExit, onLanguage, children } = props;
  const [spoken, speak] = useState('');
  saying = speak;
  const leave = () => {
    onExit?.();
    leaveQuickly();
  };
  useEffect(() => onEscapeTwice(leave), []);
  const text = said.shell;
  return (
    <>
      {/* biome-ignore lint/a11y/useValidAnchor: fragments are routes here, so the link moves the focus itself */}
      <a class="skip" href="#content" onClick={toContent}>
        {text.skip}
      </a>
      <header>
        <div class="band">
          <div class="wide">
            <a class="brand" href={linkTo('home')}>
              {text.name}
            </a>
            <nav aria-label={text.menu}>
              <a
                href={exitAddress}
                rel="noreferrer"
                onClick={(event) => {
                  event.preventDefault();
                  leave();
                }}
                title={text.exitHint}
                data-test="exit"
              >
                {text.exit}
              </a>
            </nav>
          </div>
        </div>
        {practice && (
          <div class="practice">
            <p class="wide">{text.practice}</p>
          </div>
        )}
        {said.lang !== 'en' && (
          <div class="draft" data-test="draft">
            <p class="wide">{text.draft}</p>
          </div>
        )}
      </header>
      <main id="content" class="wide" tabIndex={-1}>
        {children}
      </main>
      <p class="unseen" role="status" data-test="said">
        {spoken}
      </p>
      <footer>
        <div class="wide">
          <p>
            <a href={linkTo('limits')}>{text.limits}</a>
          </p>
          <p>
            <a href={linkTo('code')}>{text.code}</a>
          </p>
          <p>{text.unaudited}</p>
          {onLanguage && <LanguageChoice visiting={visiting} onChange={onLanguage} />}
        </div>
      </footer>
    </>
  );
}

function toContent(event: Event): void {
  event.preventDefault();
  document.getElementById('content')?.focus();
}

/** A screen: its heading takes the focus, except on the very first. `passing`: another one follows at once. */
export function Screen(props: { title: string; children?: ComponentChildren; passing?: boolean }) {
  const { title, children, passing } = props;
  const heading = useRef<HTMLHeadingElement>(null);
  useLayoutEffect(() => {
    // The same on every screen: titles stand in windows, in lists of tabs and in histories.
    document.title = said.shell.name;
    if (passing) return;
    if (shownBefore) {
      heading.current?.focus({ preventScroll: true });
      scrollTo(0, 0);
    }
    shownBefore = true;
  }, [title]);
  return (
    <>
      <h1 tabIndex={-1} ref={heading}>
        {title}
      </h1>
      {children}
    </>
  );
}
