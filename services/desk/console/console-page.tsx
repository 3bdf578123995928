/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
/** The frame of every page of the console: who is signed in, where one can go, which keys there are. */
import { Button, Form, page } from '@answerable/kit/page.tsx';
import type { Session } from '@answerable/kit/sign-in';
import type { Context } from 'hono';
import type { Child } from 'hono/jsx';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { AlarmBanner, alarmsOf } from '../care/alarm-banner.tsx';
import type { DeskConfig } from '../config.ts';
import { choiceScript } from './choice-script.ts';
import { consoleStyle } from './console-style.ts';
import { exposureScript } from './exposure-script.ts';
import { keysScript } from './keys-script.ts';
import { Keys, Palette } from './palette.tsx';
import { paletteScript } from './palette-script.ts';

/** The few that everybody needs all day stand open, in this order; every other page is in the menu (`more`). */
const nav = [
  { href: '/', text: 'Queues' },
  { href: '/shift', text: 'Your shift' },
  { href: '/alarm', text: 'Somebody may die' },
  { href: '/reasons', text: 'Reasons kept ready', more: true },
  { href: '/todo', text: 'To do by hand', more: true },
  { href: '/panel', text: 'For other forums', more: true },
  { href: '/platform', text: 'The platform', more: true },
  { href: '/outside', text: 'Notices to other companies', more: true },
  { href: '/vigils', text: 'After a death', more: true },
  { href: '/requests', text: 'Requests to open an account', more: true },
  { href: '/on-call', text: 'Who is on call', more: true },
  { href: '/signposts', text: 'Numbers that we show', more: true },
  { href: '/figures', text: 'Figures', more: true },
  { href: '/practice', text: 'Practice', more: true },
  { href: '/rules', text: 'Rules', more: true },
  { href: '/heads', text: 'Whether the record is whole', more: true },
  { href: '/duties', text: 'Duties', more: true },
];

/** Without a trust policy nobody can ask to open an account. */
const navOf = (config: DeskConfig) =>
  nav.filter(({ href }) => href !== '/requests' || config.policyPath !== undefined);

/** What every page of the desk has around it, also one that says no. */
export const frameOf = (config: DeskConfig) => ({
  service: serviceTitle(config),
  practice: config.mode === 'practice',
  nav: navOf(config),
  script: [keysScript, choiceScript, exposureScript, paletteScript].join('\n'),
});

export const Find = () => (
  <button type="button" class="find" data-palette hidden>
    Find <kbd>Ctrl K</kbd>
  </button>
);

interface ConsolePage {
  title: string;
  heading?: string;
  session: Session;
  status?: ContentfulStatusCode;
  /** what this page adds to the look of all */
  style?: string;
}

export function consolePage(
  c: Context,
  config: DeskConfig,
  { session, ...more }: ConsolePage,
  content: Child,
): Response | Promise<Response> {
  const options = {
    ...frameOf(config),
    ...more,
    style: consoleStyle + (more.style ?? ''),
    aside: (
      <>
        <Find />
        <Who session={session} />
      </>
    ),
  };
  return page(
    c,
    options,
    <>
      <AlarmBanner alarms={alarmsOf(c).filter((one) => c.req.path !== `/alarms/${one.caseId}`)} />
      <p class="notice" role="status" data-rest-live hidden></p>
      {content}
      <Keys />
      <Palette />
      <Form action="/sign-out" csrf={session.csrf} label="Sign out">
        <Button kind="plain">Sign out</Button>
      </Form>
    </>,
  );
}

export const serviceTitle = (config: DeskConfig): string =>
  config.title ?? `Safety desk of ${config.platform.title ?? config.platform.name}`;

const Who = ({ session: { staff } }: { session: Session }) => (
  <span>
    Signed in as <a href="/you">{staff.name}</a>
    {staff.roles.includes('admin') ? (
      <>
        {' · '}
        <a href="/settings">Settings</a>
      </>
    ) : null}
  </span>
);
