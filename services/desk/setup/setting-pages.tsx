/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
/**
 * The pages on which an admin says what the forum is, which platform, what kind of service: the same in the
 * set-up and later. What cannot be read is said at the top, and what was typed stays.
 */
import type { ConnectorMemory } from '@answerable/connector/memory';
import type { Reached } from '@answerable/connector/platform';
import type { PlatformKind } from '@answerable/connector/settings';
import { Button, ButtonLink, Form, Notice } from '@answerable/kit/page.tsx';
import { asForm, checkShape } from '@answerable/kit/read-json';
import type { ServiceApp } from '@answerable/kit/service';
import type { Session, SignIn } from '@answerable/kit/sign-in';
import { Refusal } from '@answerable/protocol/refusal';
import type { Context } from 'hono';
import type { Child, FC } from 'hono/jsx';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { createPlatform } from '../platform.ts';
import { storable } from '../storable.ts';
import { ForumFields, forumForm } from './forum-form.tsx';
import {
  KindFields,
  kindOf,
  PlatformFields,
  platformForms,
  platformKinds,
  platformOfForm,
  shownValues,
} from './platform-form.tsx';
import { ProfileQuestions, profileOfForm, profileShape } from './service-form.tsx';
import type { Settings } from './settings.ts';

type Step = 'forum' | 'platform' | 'service';

/** Where these pages stand, and what is around them. */
export interface SettingFrame {
  base: '/set-up' | '/settings';
  settings: Settings;
  signIn: SignIn;
  memory: ConnectorMemory;
  show(
    c: Context,
    title: string,
    content: Child,
    status?: ContentfulStatusCode,
  ): Response | Promise<Response>;
  /** where one goes from a step that is done */
  next: Record<Step, string>;
}

const fieldWords: Record<string, string> = {
  name: 'your working name',
  title: 'the name of the forum',
  address: 'its address',
  origin: 'the address',
  token: 'the token',
  connectorToken: 'the token: at least 32 characters',
  adminPassword: 'the password',
  secret: 'the secret: at least 32 characters',
  webhookSecret: 'the secret of the webhook: at least 8 characters',
  path: 'the path',
  uid: 'the number of the account',
  username: 'the account',
  kind: 'which platform it is',
  size: 'how large it is',
  countries: 'the countries',
  functions: 'what people can do there: choose at least one',
  childrenLikely: 'whether people under 18 use it',
  moderators: 'who moderates',
};

export const statusOf = (refusal: Refusal | undefined): ContentfulStatusCode =>
  (refusal?.status ?? 200) as ContentfulStatusCode;

/** What is wrong with what was sent, in words; for other refusals theirs. */
export const Trouble: FC<{ refusal: Refusal | undefined }> = ({ refusal }) => {
  if (!refusal) return null;
  const field = refusal.pointer?.split('.')[0] ?? '';
  const what = fieldWords[field] ?? 'what you wrote';
  const title = refusal.code === 'malformed' ? `Please look again at ${what}` : refusal.message;
  return <Notice tone="bad" title={title} live />;
};

export function mountSettingPages(app: ServiceApp, frame: SettingFrame): void {
  const { base } = frame;
  app.get(`${base}/forum`, showForum(frame));
  app.post(`${base}/forum`, changeForum(frame));
  app.get(`${base}/platform`, showPlatform(frame));
  app.post(`${base}/platform`, changePlatform(frame));
  app.get(`${base}/service`, showService(frame));
  app.post(`${base}/service`, changeService(frame));
}

/** Reads and changes; a refusal shows the page again. */
function orAgain(
  work: (c: Context, session: Session, form: FormData) => Promise<Response>,
  again: (c: Context, refusal: Refusal, form: FormData) => Response | Promise<Response>,
  { signIn }: SettingFrame,
) {
  return async (c: Context) => {
    const form = await asForm(c.req.formData());
    try {
      return await work(c, signIn.session(c), form);
    } catch (error) {
      if (!(error instanceof Refusal) || error.status >= 500) throw error;
      return again(c, error, form);
    }
  };
}

const forumPage = (
  frame: SettingFrame,
  c: Context,
  given: { title: string; address: string },
  refusal?: Refusal,
) =>
  frame.show(
    c,
    'Your forum',
    <>
      <Trouble refusal={refusal} />
      <Form action={`${frame.base}/forum`} csrf={frame.signIn.session(c).csrf} label="Your forum">
        <ForumFields {...given} />
        <Button>Save</Button>
      </Form>
    </>,
    statusOf(refusal),
  );

const showForum = (frame: SettingFrame) => (c: Context) => {
  const forum = frame.settings.find('forum');
  return forumPage(frame, c, { title: forum?.title ?? '', address: forum?.address ?? '' });
};

const changeForum = (frame: SettingFrame) =>
  orAgain(
    async (c, { staff }, form) => {
      const given = { title: form.get('title'), address: form.get('address') };
      await frame.settings.change(staff.name, 'forum', checkShape(given, forumForm));
      return c.redirect(frame.next.forum, 303);
    },
    (c, refusal, form) =>
      forumPage(
        frame,
        c,
        { title: String(form.get('title') ?? ''), address: String(form.get('address') ?? '') },
        refusal,
      ),
    frame,
  );

const kindPage = (frame: SettingFrame, c: Context, chosen: PlatformKind, refusal?: Refusal) =>
  frame.show(
    c,
    'The platform',
    <>
      <Trouble refusal={refusal} />
      <form method="get" action={`${frame.base}/platform`} aria-label="The platform">
        <KindFields chosen={chosen} />
        <Button>Continue</Button>
      </form>
    </>,
    statusOf(refusal),
  );

function platformPage(
  frame: SettingFrame,
  c: Context,
  kind: PlatformKind,
  values: Record<string, string>,
  refusal?: Refusal,
) {
  const known = frame.settings.find('platform');
  const kept = known !== undefined && kindOf(known) === kind;
  return frame.show(
    c,
    platformForms[kind].title,
    <>
      <Trouble refusal={refusal} />
      <Form action={`${frame.base}/platform`} csrf={frame.signIn.session(c).csrf} label="How it is reached">
        <p>{platformForms[kind].says}</p>
        <PlatformFields kind={kind} values={values} kept={kept} />
        <p class="row">
          <Button>{kind === 'by-hand' ? 'Yes, by hand' : 'Save and try the connection'}</Button>
          <ButtonLink href={`${frame.base}/platform`} kind="plain">
            Another platform
          </ButtonLink>
        </p>
      </Form>
    </>,
    statusOf(refusal),
  );
}

const showPlatform = (frame: SettingFrame) => (c: Context) => {
  const known = frame.settings.find('platform');
  const asked = platformKinds.find((kind) => kind === c.req.query('kind'));
  if (!asked) return kindPage(frame, c, known ? kindOf(known) : 'by-hand');
  const own = known && kindOf(known) === asked ? shownValues(known) : {};
  return platformPage(frame, c, asked, { origin: frame.settings.find('forum')?.address ?? '', ...own });
};

const changePlatform = (frame: SettingFrame) =>
  orAgain(
    async (c, { staff }, form) => {
      const kind = platformKinds.find((one) => one === form.get('kind'));
      if (!kind) throw new Refusal('malformed', 'kind');
      const { settings } = frame;
      const known = { forum: settings.find('forum'), platform: settings.find('platform') };
      const given = storable(platformOfForm(kind, form, known));
      await settings.change(staff.name, 'platform', given);
      if (kind === 'by-hand') return c.redirect(frame.next.platform, 303);
      const reached = await createPlatform(given, frame.memory).check();
      return frame.show(
        c,
        platformForms[kind].title,
        <ReachedPart reached={reached} next={frame.next.platform} token={given.connectorToken} />,
      );
    },
    (c, refusal, form) => {
      const kind = platformKinds.find((one) => one === form.get('kind'));
      if (!kind) return kindPage(frame, c, 'by-hand', refusal);
      const typed = platformForms[kind].fields.filter((field) => !field.secret);
      const values = typed.map(({ name }) => [name, String(form.get(name) ?? '')]);
      return platformPage(frame, c, kind, Object.fromEntries(values), refusal);
    },
    frame,
  );

const ReachedPart: FC<{ reached: Reached; next: string; token: string | undefined }> = (given) => {
  const { reached, as, missing } = given.reached;
  return (
    <>
      {reached && missing.length === 0 ? (
        <Notice tone="good" title={as ? `Connected, as ${as}` : 'Connected'} live />
      ) : (
        <Notice tone="bad" title={reached ? 'Connected, but something is missing' : 'Not connected'} live>
          {missing.length > 0 ? (
            <ul>
              {missing.map((one) => (
                <li>{one}</li>
              ))}
            </ul>
          ) : (
            <p>Please look at the address and the token. They are saved; the desk goes on trying.</p>
          )}
        </Notice>
      )}
      {given.token ? (
        <p>
          When the platform sends reports it shows this token: <code>{given.token}</code>
        </p>
      ) : null}
      <p class="row">
        <ButtonLink href={given.next}>Continue</ButtonLink>
        <ButtonLink href="?" kind="plain">
          Change it
        </ButtonLink>
      </p>
    </>
  );
};

function servicePage(frame: SettingFrame, c: Context, form: FormData | undefined, refusal?: Refusal) {
  return frame.show(
    c,
    'What kind of service',
    <>
      <Trouble refusal={refusal} />
      <p>From this the desk knows which duties fall on you, and when things are due.</p>
      <Form action={`${frame.base}/service`} csrf={frame.signIn.session(c).csrf} label="What kind of service">
        <ProfileQuestions known={frame.settings.find('profile')} form={form} />
        <Button>Save</Button>
      </Form>
    </>,
    statusOf(refusal),
  );
}

const showService = (frame: SettingFrame) => (c: Context) => servicePage(frame, c, undefined);

const changeService = (frame: SettingFrame) =>
  orAgain(
    async (c, { staff }, form) => {
      const given = checkShape(profileOfForm(form), profileShape);
      await frame.settings.change(staff.name, 'profile', given);
      return c.redirect(frame.next.service, 303);
    },
    (c, refusal, form) => servicePage(frame, c, form, refusal),
    frame,
  );
