/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
/**
 * The addresses of the tour. It holds tokens of every practice party and acts for the visitor with them, so
 * it answers only under its own name, and acts only for its own pages.
 */
import type { Journal } from '@answerable/kit/journal';
import { createMetrics } from '@answerable/kit/metrics';
import { page } from '@answerable/kit/page.tsx';
import { asForm } from '@answerable/kit/read-json';
import { createServiceApp, type ServiceApp } from '@answerable/kit/service';
import type { Network } from '@answerable/practice-constellation/network';
import type { Person } from '@answerable/practice-identity-provider/people';
import { Refusal } from '@answerable/protocol/refusal';
import type { Context, MiddlewareHandler } from 'hono';
import { streamSSE } from 'hono/streaming';
import { CardBody, LogBody } from './card-view.tsx';
import { chapterTexts } from './chapter-texts.ts';
import { Switches } from './do-it-yourself.tsx';
import { addressBehind, findDoor } from './doors.ts';
import type { LogFlipper } from './flip-byte.ts';
import type { Holdings } from './holdings.ts';
import { createLive, type Live, type Part } from './live.ts';
import { FlipState } from './log-tools.tsx';
import type { Progress } from './progress.ts';
import { readLogFile, readLogTrust } from './published-log.ts';
import { StepTold } from './step-view.tsx';
import { changeSettings, readSettings, type Settings, settingsShape } from './switches.ts';
import { tourPage } from './tour-page.tsx';

export interface TourParts {
  network: Network;
  people: readonly Person[];
  progress: Progress;
  holdings: Holdings;
  flipper: LogFlipper;
  scripts: ReadonlyMap<string, string>;
  journal: Journal;
  /** names under which browsers reach the tour, `localhost:4600` */
  hosts: () => readonly string[];
}

export function createTourApp(parts: TourParts): { app: ServiceApp; live: Live } {
  const { network, journal } = parts;
  const practiceOrigins = [...new Set(Object.values(network.roles).map(({ origin }) => origin))];
  const app = createServiceApp({
    name: 'tour',
    journal,
    metrics: createMetrics('tour'),
    frames: practiceOrigins,
    formTargets: practiceOrigins,
  });
  app.use(ownNameOnly(parts.hosts));
  const live = createLive(() => allParts(parts));
  parts.progress.listen((step, state, line) => {
    live.send([stepPart(parts.progress, step)]);
    if (line) live.say(line);
    else if (state.status === 'done') {
      sendSwitches(network, live);
      live.say(`${step.title}: ${state.outcome?.ok ? 'as promised' : 'not as promised'}`);
    }
  });
  mountPages(app, parts, live);
  mountActs(app, parts, live);
  mountLog(app, parts);
  return { app, live };
}

function mountPages(app: ServiceApp, parts: TourParts, live: Live): void {
  const { network, people, progress, holdings, flipper, scripts } = parts;
  for (const chapter of chapterTexts)
    app.get(chapter.path, async (c) => {
      const [snapshot, settings] = await Promise.all([holdings.read(), readSettings(network)]);
      return tourPage(c, { chapter, progress, snapshot, network, people, settings, flip: flipper.current() });
    });
  // What the frame shows while no real screen is open in it.
  app.get('/blank', (c) =>
    page(c, { service: 'Answerable', title: 'Nothing is open here yet' }, <p>Open a screen above.</p>),
  );
  app.get('/assets/:name', (c) => {
    const text = scripts.get(c.req.param('name'));
    if (text === undefined) throw new Refusal('not_found');
    return c.body(text, 200, {
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': 'no-cache',
    });
  });
  app.get('/live', (c) =>
    streamSSE(c, async (stream) => {
      const gone = new Promise<void>((resolve) => stream.onAbort(resolve));
      const stop = live.watch({
        send: (event, data) => stream.writeSSE({ event, data }),
        end: () => stream.abort(),
      });
      await gone;
      stop();
    }),
  );
}

function mountActs(app: ServiceApp, { network, progress, flipper }: TourParts, live: Live): void {
  app.post('/steps/:id/run', async (c) => {
    const step = progress.steps.find(({ id }) => id === c.req.param('id'));
    if (!step) throw new Refusal('not_found');
    const running = progress.run(step.id);
    if (wantsJson(c)) return c.json({ accepted: true }, 202);
    await running;
    const { path } = chapterTexts.find(({ id }) => id === step.chapter)!;
    return c.redirect(`${path}#step-${step.id}`, 303);
  });
  app.post('/doors/:id', async (c) =>
    c.redirect(await addressBehind(findDoor(c.req.param('id')), network), 303),
  );
  app.post('/switches', async (c) => {
    const { rule, forUk } = await asForm(c.req.parseBody());
    const change = settingsShape.partial().safeParse({
      ...(rule === undefined ? {} : { rule }),
      ...(forUk === undefined ? {} : { forUk: forUk === 'yes' }),
    });
    if (!change.success) throw new Refusal('malformed', 'rule or forUk');
    await changeSettings(network, change.data as Partial<Settings>);
    await sendSwitches(network, live);
    return wantsJson(c) ? c.json({ accepted: true }, 202) : c.redirect('/#switches', 303);
  });
  app.post('/log/flip', async (c) => {
    const { to } = await asForm(c.req.parseBody());
    if (to === 'altered') flipper.flip();
    else flipper.putBack();
    live.send([flipPart(flipper)]);
    return wantsJson(c)
      ? c.json({ flipped: flipper.current() !== undefined })
      : c.redirect('/open#flip', 303);
  });
}

/** The published log at this origin, for the audit in the visitor's browser. */
function mountLog(app: ServiceApp, { network, flipper }: TourParts): void {
  app.get('/log/trust.json', (c) => {
    c.header('cache-control', 'no-store');
    return c.json(readLogTrust(network.policyPath));
  });
  app.get('/log/*', (c) => {
    flipper.follow();
    const bytes = readLogFile(network.logDir, c.req.path.slice('/log/'.length));
    if (!bytes) throw new Refusal('not_found');
    return c.body(new Uint8Array(bytes), 200, {
      'content-type': 'application/octet-stream',
      'cache-control': 'no-store',
    });
  });
}

// Only when something may have changed them: asking Commons every round would fill its journal.
async function sendSwitches(network: Network, live: Live): Promise<void> {
  const settings = await readSettings(network);
  live.send([{ id: 'switches', html: String(<Switches settings={settings} />) }]);
}

async function allParts({ progress, holdings, flipper }: TourParts): Promise<Part[]> {
  const { parties, log } = await holdings.read();
  return [
    ...progress.steps.map((step) => stepPart(progress, step)),
    ...parties.map((holding) => ({
      id: `holds-${holding.party.id}`,
      html: String(<CardBody holding={holding} />),
    })),
    { id: 'holds-log', html: String(<LogBody log={log} />) },
    flipPart(flipper),
  ];
}

const stepPart = (progress: Progress, step: Progress['steps'][number]): Part => ({
  id: `told-${step.id}`,
  html: String(<StepTold step={step} state={progress.stateOf(step.id)} />),
});
const flipPart = (flipper: LogFlipper): Part => ({
  id: 'flip-state',
  html: String(<FlipState flip={flipper.current()} />),
});

const wantsJson = (c: Context) => c.req.header('accept') === 'application/json';

// Another page in the same browser could post here, or give its own name our address and read the answers.
function ownNameOnly(hosts: () => readonly string[]): MiddlewareHandler {
  return async (c, next) => {
    if (!hosts().includes(c.req.header('host') ?? '')) throw new Refusal('forbidden');
    const acts = c.req.method !== 'GET' && c.req.method !== 'HEAD';
    // Said by every current browser, of forms too (whose `origin` is null under our referrer policy).
    if (acts && c.req.header('sec-fetch-site') !== 'same-origin') throw new Refusal('forbidden');
    await next();
  };
}
