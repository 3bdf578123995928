/** @jsxRuntime automatic */
/** @jsxImportSource preact */
/**
 * The frame around every screen: header, the one live region, the screen with its heading, footer.
 * A change of screen moves the focus to its heading, so that it is read and the next Tab starts there.
 */
import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { linkTo } from '../route.ts';
import { said } from '../text/text.ts';

const exitAddress = 'https://www.bbc.co.uk/weather';
let saying: (text: string) => void = () => {};
let shownBefore = false;

/** Has a text read aloud when the reader is idle. */
export const announce = (text: string): void => saying(text);

export function Frame({ practice, children }: { practice: boolean; children: ComponentChildren }) {
  const [spoken, speak] = useState('');
  saying = speak;
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
              <a href={exitAddress} rel="noreferrer" onClick={leave} data-test="exit">
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
        </div>
      </footer>
    </>
  );
}

function toContent(event: Event): void {
  event.preventDefault();
  document.getElementById('content')?.focus();
}

function leave(event: Event): void {
  event.preventDefault();
  document.body.hidden = true;
  (window.top ?? window).location.replace(exitAddress);
}

/** A screen: its heading takes the focus, except on the very first. `passing`: another one follows at once. */
export function Screen(props: { title: string; children?: ComponentChildren; passing?: boolean }) {
  const { title, children, passing } = props;
  const heading = useRef<HTMLHeadingElement>(null);
  useLayoutEffect(() => {
    document.title = `${title} – ${said.shell.name}`;
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
