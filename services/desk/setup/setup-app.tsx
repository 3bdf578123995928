/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
/**
 * The desk before its set-up is done: a few short pages for whoever has the link that it printed when it started,
 * and a sentence for everybody else. Assumes: who could read that link runs this machine.
 * Must never: use the link up before what was sent with it can be read, or twice.
 */
import type { ConnectorMemory } from '@answerable/connector/memory';
import { type Clock, dayOf } from '@answerable/kit/clock';
import type { Journal } from '@answerable/kit/journal';
import type { Metrics } from '@answerable/kit/metrics';
import { Button, ButtonLink, Field, Form, Notice, page } from '@answerable/kit/page.tsx';
import { asForm, checkShape } from '@answerable/kit/read-json';
import { createServiceApp, type ServiceApp } from '@answerable/kit/service';
import type { SignIn } from '@answerable/kit/sign-in';
import { Refusal } from '@answerable/protocol/refusal';
import type { Context, Next } from 'hono';
import type { Child } from 'hono/jsx';
import { z } from 'zod';
import type { DeskFile } from '../config.ts';
import { dutiesFor } from '../law/in-force.ts';
import { loadPacks } from '../law/load-packs.ts';
import { refuseElsewhere } from '../people/join-desk.tsx';
import type { StaffStore } from '../people/staff-store.ts';
import { workingName } from '../people/working-name.ts';
import { DutiesPart } from './duties-part.tsx';
import { ForumFields, forumForm } from './forum-form.tsx';
import { mountSettingPages, type SettingFrame, statusOf, Trouble } from './setting-pages.tsx';
import type { Settings } from './settings.ts';

export interface SetupNeeds {
  file: DeskFile;
  clock: Clock;
  journal: Journal;
  metrics: Metrics;
  settings: Settings;
  signIn: SignIn;
  staff: StaffStore;
  memory: ConnectorMemory;
}

const tokenCharsMax = 100;
const setUpStyle =
  'details.more > summary { cursor:pointer; min-height:2.75rem; padding:.5rem 0; font-weight:600 }';
const begin = z.strictObject({ ...forumForm.shape, name: workingName });
const steps: Readonly<Record<string, number>> = { 'set-up': 1, forum: 1, platform: 2, service: 3, duties: 4 };

export function setupApp(needs: SetupNeeds): ServiceApp {
  const { file, journal, metrics, settings, signIn } = needs;
  const app = createServiceApp({ name: file.name, journal, metrics, ready: () => false });
  const show = showIn(file);
  app.get('/', async (c) => ((await signIn.find(c)) ? c.redirect(nextStep(settings), 303) : notYet(c, show)));
  app.get('/set-up', showBegin(needs));
  app.post('/set-up', beginSetUp(needs));
  signIn.mount(app);
  app.use('/set-up/*', onlyAdmin(needs));
  const next = { forum: '/set-up/platform', platform: '/set-up/service', service: '/set-up/duties' };
  const frame: SettingFrame = { base: '/set-up', settings, signIn, memory: needs.memory, show, next };
  mountSettingPages(app, frame);
  app.get('/set-up/duties', showDuties(needs));
  app.post('/set-up/end', endSetUp(needs));
  return app;
}

type Show = SettingFrame['show'];

const showIn =
  (file: DeskFile): Show =>
  (c, title, content, status) => {
    const step = steps[c.req.path.split('/').at(-1) ?? ''];
    const options = {
      title,
      service: file.title ?? 'Safety desk',
      practice: file.mode === 'practice',
      style: setUpStyle,
      ...(status === undefined ? {} : { status }),
    };
    const whole: Child = (
      <>
        {step === undefined ? null : (
          <p class="soft">
            Setting up, step {step} of 4. {step === 1 ? 'All but your working name' : 'Everything'} can be
            changed later.
          </p>
        )}
        {content}
      </>
    );
    return page(c, options, whole);
  };

const notYet = (c: Context, show: Show, refusal?: Refusal) =>
  show(
    c,
    'This desk is not set up yet',
    <Notice tone={refusal ? 'bad' : 'mark'} {...(refusal ? { title: refusal.message, live: true } : {})}>
      <p>
        Open the address that it printed when it started. It opens once. If it was used, or a day has passed,
        start the desk again: it prints a new one.
      </p>
    </Notice>,
    refusal ? statusOf(refusal) : 503,
  );

const onlyAdmin =
  ({ signIn, file }: SetupNeeds) =>
  async (c: Context, next: Next) => {
    if (!(await signIn.find(c))) return notYet(c, showIn(file), new Refusal('unauthorised'));
    return signIn.require('admin')(c, next);
  };

/** Where somebody goes on who left in the middle. */
function nextStep(settings: Settings): string {
  if (!settings.find('platform')) return '/set-up/platform';
  return settings.find('profile') ? '/set-up/duties' : '/set-up/service';
}

interface Typed {
  name: string;
  title: string;
  address: string;
}

function beginPage(c: Context, show: Show, token: string, typed: Typed, refusal?: Refusal) {
  return show(
    c,
    'Your desk',
    <>
      <Trouble refusal={refusal} />
      <p>
        A safety desk takes reports, helps you decide fairly, and keeps a record. A small forum is under no
        duty to verify who anybody is; nothing here asks for that.
      </p>
      <form method="post" action="/set-up" aria-label="Your desk">
        <input type="hidden" name="token" value={token} />
        <ForumFields title={typed.title} address={typed.address} />
        <Field
          name="name"
          label="Your working name"
          hint="It stands beside what you decide. It need not be your real name, and it stays."
          value={typed.name}
          maxlength={40}
          autocomplete="off"
          required
        />
        <Button>Continue</Button>
      </form>
    </>,
    statusOf(refusal),
  );
}

const showBegin = (needs: SetupNeeds) => async (c: Context) => {
  const show = showIn(needs.file);
  if (await needs.signIn.find(c)) return c.redirect(nextStep(needs.settings), 303);
  const token = (c.req.query('token') ?? '').slice(0, tokenCharsMax);
  if (!(await needs.staff.isSetUpLink(token))) return notYet(c, show, new Refusal('link_over'));
  return beginPage(c, show, token, { name: '', title: '', address: '' });
};

const beginSetUp = (needs: SetupNeeds) => async (c: Context) => {
  const { file, settings, signIn, staff } = needs;
  const form = Object.fromEntries(await asForm(c.req.formData()));
  const typed = { name: text(form.name), title: text(form.title), address: text(form.address) };
  const token = text(form.token).slice(0, tokenCharsMax);
  try {
    refuseElsewhere(c);
    const { name, ...forum } = checkShape(typed, begin);
    const admin = await staff.begin(token, name);
    // From here on the link is used, and this browser alone goes on.
    await settings.change(name, 'forum', forum);
    await signIn.enter(c, admin);
    return c.redirect('/set-up/platform', 303);
  } catch (error) {
    if (!(error instanceof Refusal) || error.status >= 500) throw error;
    if (error.code === 'link_over') return notYet(c, showIn(file), error);
    return beginPage(c, showIn(file), token, typed, error);
  }
};

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

const showDuties =
  ({ file, settings, signIn, clock }: SetupNeeds) =>
  (c: Context) => {
    if (!settings.find('profile')) return c.redirect('/set-up/service', 303);
    if (!settings.find('platform')) return c.redirect('/set-up/platform', 303);
    return showIn(file)(
      c,
      'What falls on you',
      <>
        <DutiesPart duties={dutiesFor(loadPacks(), settings.profile(), dayOf(clock.now()))} />
        <Form action="/set-up/end" csrf={signIn.session(c).csrf} label="End of the set-up">
          <p class="row">
            <Button>Open the desk</Button>
            <ButtonLink href="/set-up/service" kind="plain">
              Back
            </ButtonLink>
          </p>
        </Form>
      </>,
    );
  };

const endSetUp =
  ({ settings, signIn, clock }: SetupNeeds) =>
  async (c: Context) => {
    const { staff } = signIn.session(c);
    if (!settings.find('profile') || !settings.find('platform')) return c.redirect(nextStep(settings), 303);
    await settings.change(staff.name, 'setUp', { finished: dayOf(clock.now()) });
    return c.redirect('/you', 303);
  };
