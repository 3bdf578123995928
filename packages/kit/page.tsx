/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
/**
 * The frame and the few parts of every server-rendered page. Works without scripts, at 320 px, by keyboard.
 * Assumes: createServiceApp made the response's nonce and the content security policy that asks for it.
 * Must never: put anything into the page that is not escaped (`raw` is for our own style and scripts).
 */
import type { Context } from 'hono';
import { raw } from 'hono/html';
import type { Child, FC, PropsWithChildren } from 'hono/jsx';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { pageStyle } from './page-style.ts';

export interface PageOptions {
  /** of the document and, unless `heading` says otherwise, of the page */
  title: string;
  heading?: string;
  /** name of the service, in the header */
  service: string;
  /** language of the page; default `en` */
  lang?: string;
  /** shows the practice banner */
  practice?: boolean;
  /** where one can go; `more` goes into a menu, so that the header stays short */
  nav?: readonly { href: string; text: string; more?: boolean }[];
  /** who is signed in, and the like; at the end of the header */
  aside?: Child;
  /** own stylesheet text, added after the shared one */
  style?: string;
  /** own script text, run after the page is there */
  script?: string;
  /** seconds after which the page loads itself again */
  refreshSeconds?: number;
  status?: ContentfulStatusCode;
}

/** A whole page as a Response. */
export function page(c: Context, options: PageOptions, content: Child): Response | Promise<Response> {
  const nonce: string | undefined = c.get('secureHeadersNonce');
  c.header('cache-control', 'no-store');
  const document = (
    <Layout {...options} nonce={nonce} here={c.req.path}>
      {content}
    </Layout>
  );
  return c.html(
    <>
      {raw('<!doctype html>')}
      {document}
    </>,
    options.status ?? 200,
  );
}

type LayoutProps = PropsWithChildren<
  Omit<PageOptions, 'status'> & { nonce: string | undefined; here?: string }
>;

/** The document around a page's content. */
export const Layout: FC<LayoutProps> = (props) => (
  <html lang={props.lang ?? 'en'}>
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      {props.refreshSeconds ? <meta http-equiv="refresh" content={String(props.refreshSeconds)} /> : null}
      <title>{`${props.title} – ${props.service}`}</title>
      <link rel="icon" href="data:," />
      <style nonce={props.nonce}>{raw(pageStyle + (props.style ?? ''))}</style>
    </head>
    <body>
      <a class="skip" href="#content">
        Skip to the content
      </a>
      <Header {...props} />
      <main id="content" class="wide" tabindex={-1}>
        <h1>{props.heading ?? props.title}</h1>
        {props.children}
      </main>
      {props.script ? <script nonce={props.nonce}>{raw(props.script)}</script> : null}
    </body>
  </html>
);

const Header: FC<LayoutProps> = ({ service, nav = [], aside, practice, here }) => {
  const links = (more: boolean) =>
    nav
      .filter((one) => (one.more ?? false) === more)
      .map(({ href, text }) => (
        <a href={href} {...(href === here ? { 'aria-current': 'page' } : {})}>
          {text}
        </a>
      ));
  return (
    <header>
      <div class="band">
        <div class="wide">
          <strong>{service}</strong>
          {nav.length > 0 ? (
            <nav aria-label="Main">
              {links(false)}
              {nav.some((one) => one.more) ? (
                <details class="menu">
                  <summary>More</summary>
                  <div>{links(true)}</div>
                </details>
              ) : null}
            </nav>
          ) : null}
          {aside}
        </div>
      </div>
      {practice ? (
        <div class="practice">
          <p class="wide">Practice: nobody here is real, and nothing here counts.</p>
        </div>
      ) : null}
    </header>
  );
};

type Tone = 'good' | 'bad' | 'mark';

/** A form that posts, with the session's CSRF token. */
export const Form: FC<PropsWithChildren<{ action: string; csrf: string | undefined; label?: string }>> = (
  props,
) => (
  <form method="post" action={props.action} {...(props.label ? { 'aria-label': props.label } : {})}>
    {props.csrf === undefined ? null : <input type="hidden" name="csrf" value={props.csrf} />}
    {props.children}
  </form>
);

export const Button: FC<
  PropsWithChildren<{
    name?: string;
    value?: string;
    kind?: 'plain' | 'stop';
    disabled?: boolean;
    describedBy?: string;
  }>
> = ({ name, value, kind, disabled, describedBy, children }) => (
  <button
    type="submit"
    class={classes('button', kind)}
    name={name}
    value={value}
    disabled={disabled}
    aria-describedby={describedBy}
  >
    {children}
  </button>
);

export const ButtonLink: FC<PropsWithChildren<{ href: string; kind?: 'plain' | 'stop' }>> = ({
  href,
  kind,
  children,
}) => (
  <a class={classes('button', kind)} href={href}>
    {children}
  </a>
);

/** One labelled input; `rows` makes it a text area. */
export const Field: FC<{
  name: string;
  label: string;
  hint?: string;
  type?: string;
  rows?: number;
  value?: string;
  required?: boolean;
  maxlength?: number;
  autocomplete?: string;
}> = ({ name, label, hint, rows, type, value, ...rest }) => {
  const id = `field-${name}`;
  const hintId = hint ? `${id}-hint` : undefined;
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {hint ? (
        <p class="hint" id={hintId}>
          {hint}
        </p>
      ) : null}
      {rows ? (
        <textarea id={id} name={name} rows={rows} aria-describedby={hintId} {...rest}>
          {value ?? ''}
        </textarea>
      ) : (
        <input id={id} name={name} type={type ?? 'text'} value={value} aria-describedby={hintId} {...rest} />
      )}
    </div>
  );
};

/** A group of radio buttons. */
export const Choices: FC<{
  name: string;
  legend: string;
  options: readonly { value: string; text: string; checked?: boolean }[];
}> = ({ name, legend, options }) => (
  <fieldset class="field">
    <legend>{legend}</legend>
    {options.map(({ value, text, checked }) => (
      <div class="choice">
        <input type="radio" id={`${name}-${value}`} name={name} value={value} checked={checked} required />
        <label for={`${name}-${value}`}>{text}</label>
      </div>
    ))}
  </fieldset>
);

/** A table that scrolls by itself on a narrow screen, and can be reached by keyboard to do so. */
export const Table: FC<{ caption: string; head: readonly string[]; rows: readonly (readonly Child[])[] }> = (
  props,
) => (
  <section class="scroll" aria-label={props.caption} tabindex={0}>
    <table>
      <caption>{props.caption}</caption>
      <thead>
        <tr>
          {props.head.map((text) => (
            <th scope="col">{text}</th>
          ))}
        </tr>
      </thead>
      <tbody>
        {props.rows.map((cells) => (
          <tr>
            {cells.map((cell) => (
              <td>{cell}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  </section>
);

/** A block that stands out. `live` has it read aloud when the page opens. */
export const Notice: FC<PropsWithChildren<{ title?: string; tone?: Tone; live?: boolean }>> = (props) => (
  <div class={classes('notice', props.tone)} {...(props.live ? { role: 'status' } : {})}>
    {props.title ? <h2>{props.title}</h2> : null}
    {props.children}
  </div>
);

export const Tag: FC<PropsWithChildren<{ tone?: Tone }>> = ({ tone, children }) => (
  <span class={classes('tag', tone)}>{children}</span>
);

/** Pairs of name and value. */
export const Facts: FC<{ facts: readonly (readonly [string, Child])[] }> = ({ facts }) => (
  <dl class="facts">
    {facts.map(([name, value]) => (
      <>
        <dt>{name}</dt>
        <dd>{value}</dd>
      </>
    ))}
  </dl>
);

function classes(...words: (string | undefined)[]): string {
  return words.filter(Boolean).join(' ');
}
